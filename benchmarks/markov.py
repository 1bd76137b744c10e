"""How long the Markov model takes: `python benchmarks/markov.py --paths 10000000`.

Runs the compiled SQL of the chain (transitions, elimination, removal effects) on made-up journeys over 20 channels, in
DuckDB in memory, and prints seconds. What made the journeys is not counted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.reference.compiled import Bench, compile_models

_MODELS = ("roi_transitions", "roi_chain", "roi_chain_8", "roi_chain_16", "roi_removal_effects")
_CHANNELS = 20


def main() -> None:
    """Make the journeys, run the models, say how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paths", type=int, default=10_000_000)
    paths = parser.parse_args().paths
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(compile_models(Path(folder), _MODELS))
    bench.connection.execute("set threads = 2")
    bench.connection.execute(
        f"""
        create table roi_paths as
        select
            true as is_lead,
            owner_no::varchar as owner_id,
            touch_no,
            (1 + hash(owner_no * 31 + touch_no) % {_CHANNELS})::int as state_no,
            hash(owner_no) % 50 = 0 as is_won
        from range({paths}) as owners(owner_no), range(1, 6) as touches(touch_no)
        where touch_no <= 1 + hash(owner_no * 7) % 5
        """
    )
    bench.connection.execute(
        "create table roi_channel_states as select distinct state_no from roi_paths"
    )
    touches = bench.rows("select count(*) from roi_paths")[0][0]
    whole = time.perf_counter()
    for model in _MODELS:
        started = time.perf_counter()
        bench.run(model)
        print(f"{model}: {time.perf_counter() - started:.2f} s")
    print(f"{paths:,} paths, {touches:,} touches: {time.perf_counter() - whole:.1f} s")


if __name__ == "__main__":
    main()
