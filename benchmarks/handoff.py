"""The hand-over room at size: what its models cost with 200,000 hand-overs.

    python benchmarks/handoff.py [--handoffs 200000] [--raw sample/raw] [--keep DIR]

Builds the company of `--raw` once, copies its leads, hand-overs, calls and deals until there are so many hand-overs, and builds
models/marts/handoff again on them. Prints the seconds of the slowest models and of all, and of the page's queries.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from dashboard.data.queries import QUERIES
from leadloop.settings import PROJECT_ROOT

# what the room reads, with the columns that name a lead or a deal
_COPIED = {
    "scratch.steps.funnel_instants": ("lead_id", "deal_id"),
    "scratch.intermediate.int_leads": ("lead_id",),
    "scratch.intermediate.int_activities": ("lead_id", "activity_id"),
    "scratch.intermediate.int_deals": ("deal_id", "lead_id"),
    "scratch.intermediate.int_stage_changes": ("entity_id", "lead_id"),
    "marts.fct_handoff_scores": ("lead_id",),
    "marts.lead_scores": ("lead_id",),
    "marts.dim_lead_contacts": ("lead_id",),
}
_VIEWS = ("int_activities", "int_stage_changes")
_ROOM = "path:models/marts/handoff"
_QUERIES = (
    "sla_results",
    "contact_curve",
    "calls_today",
    "handoff_delays",
    "handoff_hours",
    "sla_owners",
    "handoff_leads",
    "lead_handoffs",
    "lead_checks",
)


def _dbt(work: Path, raw: Path, *arguments: str) -> float:
    """Runs dbt on the files in `work`; its seconds."""
    environment = {
        **os.environ,
        "LEADLOOP_WAREHOUSE": str(work / "warehouse.duckdb"),
        "LEADLOOP_SCRATCH": str(work / "scratch.duckdb"),
        "DBT_TARGET_PATH": str(work / "target"),
        "DBT_LOG_PATH": str(work / "logs"),
    }
    command = [Path(sys.executable).parent / "dbt", "--quiet", *arguments]
    variables = ["--vars", json.dumps({"raw_path": str(raw.resolve())})]
    start = time.monotonic()
    subprocess.run([*command, *variables], cwd=PROJECT_ROOT, env=environment, check=True)
    return time.monotonic() - start


def _multiply(work: Path, wanted: int) -> int:
    """Copies the rows that the room reads; how many hand-overs there are then."""
    connection = duckdb.connect(str(work / "warehouse.duckdb"))
    connection.execute(f"attach '{work / 'scratch.duckdb'}' as scratch")
    count = "select count(*) from scratch.steps.funnel_instants where handed_over_at is not null"
    (there,) = connection.execute(count).fetchone() or (0,)
    times = -(-wanted // max(there, 1)) - 1
    for table, names in _COPIED.items():
        own = ", ".join(f"{name} || '-' || copy as {name}" for name in names)
        # events that no hand-over has would only fill the disk
        kept = "where event_group in ('handoff', 'sales')" if "activities" in table else ""
        connection.execute(
            f"create temp table made as select * from {table} {kept} union all by name "
            f"select rows.* replace ({own}) from {table} as rows "
            f"cross join (select range as copy from range({times})) as copies {kept}"
        )
        kind = "view" if table.endswith(_VIEWS) else "table"
        connection.execute(f"drop {kind} {table}")
        connection.execute(f"create table {table} as select * from made")
        connection.execute("drop table made")
    (there,) = connection.execute(count).fetchone() or (0,)
    connection.close()
    return there


def _queries(work: Path) -> dict[str, float]:
    """Milliseconds of each query of the page with its example, the second time it is asked."""
    took = {}
    with duckdb.connect(str(work / "warehouse.duckdb"), read_only=True) as connection:
        for name in _QUERIES:
            query = QUERIES[name]
            for _ in range(2):
                start = time.monotonic()
                connection.execute(query.sql, dict(query.example)).fetchall()
                took[name] = (time.monotonic() - start) * 1000
    return took


def main() -> None:
    """One measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--handoffs", type=int, default=200_000)
    parser.add_argument("--raw", type=Path, default=PROJECT_ROOT / "sample" / "raw")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        work = options.keep or Path(made)
        work.mkdir(parents=True, exist_ok=True)
        _dbt(work, options.raw, "seed")
        _dbt(work, options.raw, "run")
        print(f"{_multiply(work, options.handoffs):,} hand-overs")
        whole = _dbt(work, options.raw, "run", "--select", _ROOM)
        results = json.loads((work / "target" / "run_results.json").read_text("utf-8"))["results"]
        took = {r["unique_id"].split(".")[-1]: r["execution_time"] for r in results}
        for name, seconds in sorted(took.items(), key=lambda item: -item[1])[:8]:
            print(f"{seconds:6.1f} s  {name}")
        print(f"{sum(took.values()):6.1f} s  in models, {whole:.1f} s with dbt's start")
        for name, milliseconds in _queries(work).items():
            print(f"{milliseconds:6.0f} ms {name}")


if __name__ == "__main__":
    main()
