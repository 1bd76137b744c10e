"""Reads the published version as the dashboard does, again and again: HOME STOP."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from leadloop.publish.versions import connect, resolve
from leadloop.settings import Home

MARTS = ("dim_leads", "mart_row_balance", "mart_roi_reconciliation")


def read_once(home: Home) -> tuple[str, str | None]:
    """One page run: every mart must come from the one version that the pointer named."""
    version = resolve(home)
    with connect(version) as connection:
        runs = {
            run_id
            for mart in MARTS
            for (run_id,) in connection.table(f"marts.{mart}").project("run_id").fetchall()
        }
    if runs != {version.run_id}:
        raise AssertionError(f"{version.run_id} showed rows of {sorted(runs)}")
    return version.run_id, version.problem


def main() -> None:
    """Read until the file STOP appears; print what was seen."""
    home, stop = Home(Path(sys.argv[1])), Path(sys.argv[2])
    seen: set[str] = set()
    reads, errors = 0, []
    print("READING", file=sys.stderr, flush=True)
    while not stop.exists():
        try:
            run_id, problem = read_once(home)
            seen.add(run_id)
            if problem:
                errors.append(problem)
        except Exception as error:
            errors.append(repr(error))
        reads += 1
        time.sleep(0.005)
    print(json.dumps({"reads": reads, "seen": sorted(seen), "errors": errors[:5]}))


if __name__ == "__main__":
    main()
