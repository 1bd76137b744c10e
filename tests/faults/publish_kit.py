"""What the publishing tests share: a small data home, the mini project, an instant dbt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from leadloop.publish.build import Project
from leadloop.publish.dbt_run import DbtCall, DbtOutcome, OnNode
from leadloop.publish.expectations import RECONCILIATION, ROW_BALANCE, Mart
from leadloop.publish.manifest import Manifest
from leadloop.settings import PROJECT_ROOT, Home

HERE = Path(__file__).resolve().parent
MARTS = (Mart("dim_leads", ("leads",)), Mart(ROW_BALANCE), Mart(RECONCILIATION))
AS_OF = "2026-10-31T15:00:00Z"


def nothing(_: object) -> None:
    """A check that finds nothing wrong."""


MINI = Project(HERE / "mini_project", MARTS, check_seeds=nothing, check_queries=nothing)


def make_home(root: Path, leads: Sequence[str] = ("a", "b", "c")) -> Home:
    """A data home with some leads loaded."""
    home = Home(root)
    home.root.mkdir(parents=True, exist_ok=True)
    home.company_file.write_text(json.dumps({"name": "Mini", "as_of": AS_OF}), "utf-8")
    load_leads(home, leads)
    return home


def load_leads(home: Home, leads: Sequence[str], rows_read: int | None = None) -> None:
    """Load one more file of leads; `rows_read` is what the loader claims to have read."""
    name = f"crm-{uuid.uuid4().hex[:12]}.parquet"
    count = len(leads) if rows_read is None else rows_read
    for table in ("leads", "load_files"):
        (home.raw / table).mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(
            "create table leads as select unnest($leads::varchar[]) as lead_id, 'crm' as _source",
            {"leads": list(leads)},
        )
        connection.table("leads").write_parquet(str(home.raw / "leads" / name))
        connection.execute(
            "create table files as select 'crm' as source, 'leads' as table_name, "
            "$name as file, 'ab12' as sha256, 'utf-8' as encoding, $read::bigint as rows_read, "
            "$loaded::bigint as rows_loaded, 0::bigint as rows_rejected, "
            "timestamp '2026-11-01' as loaded_at",
            {"name": name, "read": count, "loaded": len(leads)},
        )
        connection.table("files").write_parquet(str(home.raw / "load_files" / name))


def instant_dbt(call: DbtCall, on_node: OnNode) -> DbtOutcome:
    """Does what the mini project does, by DuckDB alone."""
    models = sorted((HERE / "mini_project" / "models").glob("*.sql"))  # in order of dependence
    call.target.mkdir(parents=True)
    with duckdb.connect(str(call.warehouse)) as connection:
        connection.execute("create schema marts; set schema = 'marts'")
        for number, model in enumerate(models, 1):
            text = model.read_text("utf-8").replace("{{ ref('dim_leads') }}", "dim_leads")
            for name, value in call.variables.items():
                text = text.replace(f'{{{{ var("{name}") }}}}', value)
            connection.execute(f"create table {model.stem} as {text}")
            on_node(number, len(models), model.stem)
    results = [{"unique_id": f"model.mini.{m.stem}", "status": "success"} for m in models]
    results.append({"unique_id": "test.mini.unique_lead.ab12", "status": "pass"})
    (call.target / "run_results.json").write_text(json.dumps({"results": results}), "utf-8")
    return DbtOutcome(0)


INSTANT = replace(MINI, run_dbt=instant_dbt)


def start(script: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    """Start one of this folder's scripts as its own process."""
    paths = os.pathsep.join([str(PROJECT_ROOT), str(HERE)])
    return subprocess.Popen(
        [sys.executable, str(HERE / script), *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": paths} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_line(process: subprocess.Popen[str], text: str) -> None:
    """Read the process's error output until a line starts with `text`."""
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        if line.startswith(text):
            return
    raise AssertionError(f"{text!r} never came:\n{''.join(seen)}")


def published(home: Home) -> Manifest:
    """The manifest that the pointer leads to."""
    run_id = json.loads(home.pointer.read_text("utf-8"))["run_id"]
    return Manifest.read(home.versions / run_id)
