"""One person at size: a million lead rows of three tools, and what the same million of one tool costs.

    python benchmarks/identity.py [--rows 1000000] [--keep DIR]

Of the people half are in the CRM and the MA, an eighth is in a form tool as well; half of the MA's contacts hold the CRM's id,
the others meet by their address alone. One address in a hundred is shared, one lead in a hundred was merged. Prints the seconds
of every step and checks that it came to what the generator knows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from leadloop.raw.contract import LOAD_FILES_COLUMNS, LOAD_REJECTS_COLUMNS, TABLES
from leadloop.settings import PROJECT_ROOT

_PARTS = ("models", "macros", "seeds", "tests/generic", "tests/data")
_FILES = ("dbt_project.yml", "profiles.yml")
_OWN = (
    "int_lead_records",
    "int_merge_steps",
    "int_lead_merges",
    "int_lead_ids",
    "int_lead_fillings",
)
_PLACE = ("_source", "_file", "_line", "_loaded_at")
_AS_OF = "2026-06-30 15:00:00"


def write_raw(folder: Path, rows: int, *, tools: int) -> None:
    """`rows` lead rows of that many tools; claims.parquet beside them says which ids they hold.

    Person p is in the CRM; in the MA too if p is even; in the form tool too if p is a multiple of 8.
    """
    people = rows if tools == 1 else int(rows / 1.625)
    connection = duckdb.connect()
    connection.execute(
        """
        create table rows as
        select p, tool from range(?) as people(p), (values ('crm'), ('ma'), ('form')) as t(tool)
        where tool = 'crm' or (? > 1 and tool = 'ma' and p % 2 = 0) or (? > 2 and tool = 'form' and p % 8 = 0)
        """,
        [people, tools, tools],
    )
    values = {
        "lead_id": "tool || ':' || p",
        "email": """case when p % 100 = 6 then 'info@c' || p // 100 || '.example'
            when tool = 'ma' then 'Person' || p || '@C' || p // 10 || '.example'
            else 'person' || p || '@c' || p // 10 || '.example' end""",
        "full_name": "'氏名' || p",
        "company_name": "'株式会社' || p // 10",
        "company_domain": "case when tool = 'crm' then 'c' || p // 10 || '.example' end",
        "job_title": "case when tool = 'ma' then '部長' end",
        "created_at": "strftime(timestamp '2026-01-01' + to_minutes(p % 200000), '%Y-%m-%dT%H:%M:%SZ')",
        "updated_at": "strftime(timestamp '2026-01-02' + to_minutes(p % 200000), '%Y-%m-%dT%H:%M:%SZ')",
        "merged_into_lead_id": "case when p % 100 = 3 then tool || ':' || (p - 1) end",
        "_source": "tool",
        "_file": "tool || '.csv'",
        "_line": "cast(p + 2 as bigint)",
        "_loaded_at": "timestamp '2026-07-01'",
    }
    for name, table in TABLES.items():
        columns = (*table.columns, *_PLACE)
        chosen = ", ".join(f"{values.get(c, 'cast(null as varchar)')} as {c}" for c in columns)
        where = "true" if name == "leads" else "false"
        _copy(connection, f"select {chosen} from rows where {where}", folder / name)
    numbers = {"rows_read", "rows_loaded", "rows_rejected", "line"}
    for name, columns in (
        ("load_files", LOAD_FILES_COLUMNS),
        ("load_rejects", LOAD_REJECTS_COLUMNS),
    ):
        chosen = ", ".join(
            f"cast(null as {'bigint' if c in numbers else 'timestamp' if c == 'loaded_at' else 'varchar'}) as {c}"
            for c in columns
        )
        _copy(connection, f"select {chosen} where false", folder / name)
    _copy(
        connection,
        "select 'ma:' || p as lead_id, 'crm:' || p as same_as_lead_id from rows "
        "where tool = 'ma' and p % 4 = 0",
        folder / "claims",
    )
    connection.close()


def _copy(connection: duckdb.DuckDBPyConnection, query: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    connection.execute(f"copy ({query}) to '{folder / 'all.parquet'}' (format parquet)")


def project_with_a_tool(root: Path, claims: Path) -> Path:
    """The project with a tool that holds other tools' ids, which no table of the canonical form can."""
    for part in _PARTS:
        shutil.copytree(PROJECT_ROOT / part, root / part)
    for name in _FILES:
        shutil.copyfile(PROJECT_ROOT / name, root / name)
    rows = root / "macros" / "rows.sql"
    before, macro, after = rows.read_text("utf-8").partition("{% macro tool_tables() %}")
    rest = after.partition("{% endmacro %}")[2]
    told = "{{ return({'bench': ['identity_claims']}) }}{% endmacro %}"
    rows.write_text(before + macro + told + rest, "utf-8")
    (root / "models/intermediate/identity/int_bench__identity_claims.sql").write_text(
        "select *, 'crm id' as reason, cast(null as varchar) as detail "
        f"from read_parquet('{claims.as_posix()}/*.parquet')\n",
        "utf-8",
    )
    return root


def run(project: Path, raw: Path, work: Path, *, has_tool: bool) -> tuple[float, Path]:
    """Builds identity; the seconds of its own models, and the file of marts."""
    warehouse = work / "warehouse.duckdb"
    work.mkdir(parents=True)
    settings = {"as_of": _AS_OF, "raw_path": raw.as_posix(), "tools": "bench" if has_tool else ""}
    command = [
        *(sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--no-use-colors", "run"),
        *("--select", "+lead_identities", "--threads", "2", "--vars", json.dumps(settings)),
    ]
    environment = os.environ | {
        "LEADLOOP_WAREHOUSE": str(warehouse),
        "LEADLOOP_SCRATCH": str(work / "scratch.duckdb"),
        "DBT_PROJECT_DIR": str(project),
        "DBT_PROFILES_DIR": str(project),
        "DBT_TARGET_PATH": str(work / "target"),
        "DBT_LOG_PATH": str(work / "logs"),
    }
    seeds = [*command[:4], "seed", *command[7:]]
    subprocess.run(seeds, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    started = time.monotonic()
    subprocess.run(command, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)
    wall = time.monotonic() - started
    processor = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    results = json.loads((work / "target" / "run_results.json").read_text("utf-8"))["results"]
    seconds = {r["unique_id"].split(".")[-1]: r["execution_time"] for r in results}
    own = {name: spent for name, spent in seconds.items() if "identit" in name or name in _OWN}
    for name, spent in sorted(own.items(), key=lambda item: -item[1]):
        print(f"  {spent:7.1f}  {name}")
    print(f"  {sum(own.values()):7.1f}  identity's own models")
    print(f"  {wall:7.1f}  all, with dbt's start, staging and int_leads")
    print(f"  {processor:7.1f}  of processor time")
    return sum(own.values()), warehouse


def expected(rows: int) -> dict[str, int]:
    """What the generator knows about three tools: how many lead ids are joined to another one, and by what."""
    people = int(rows / 1.625)
    found = {"merge": 0, "explicit_id": 0, "email": 0}
    for p in range(people):
        tools = ["crm"] + ["ma"] * (p % 2 == 0) + ["form"] * (p % 8 == 0)
        if p % 100 == 3:
            # its target p - 1 is in every tool that p is in: p is odd, so it is in the CRM alone
            found["merge"] += 1
            continue
        for tool in tools[1:]:
            if tool == "ma" and p % 4 == 0:
                found["explicit_id"] += 1
            elif p % 100 != 6:
                found["email"] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="a folder for everything, kept afterwards")
    options = parser.parse_args()
    root = options.keep or Path(tempfile.mkdtemp(prefix="leadloop-identity-"))
    try:
        for tools in (1, 3):
            raw = root / f"raw_{tools}"
            write_raw(raw, options.rows, tools=tools)
            project = project_with_a_tool(root / f"project_{tools}", raw / "claims")
            print(f"{options.rows:,} lead rows of {tools} tool{'s' * (tools > 1)}, seconds:")
            _, warehouse = run(project, raw, root / f"work_{tools}", has_tool=tools > 1)
            with duckdb.connect(str(warehouse), read_only=True) as connection:
                found = dict(
                    connection.execute(
                        "select link_reason, count(*) from marts.lead_identities group by all"
                    ).fetchall()
                )
            print("  lead ids:", dict(sorted(found.items())))
            if tools == 3:
                known = expected(options.rows)
                joined = {reason: found.get(reason, 0) for reason in known}
                if joined != known:
                    raise SystemExit(f"the generator knows {known}")
    finally:
        if options.keep is None:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
