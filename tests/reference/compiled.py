"""Runs compiled models on tables of a test's own, without a company and without dbt between them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from leadloop.settings import PROJECT_ROOT

_RELATION = re.compile(r'"?\w+"?\."(?:marts|steps|intermediate|agreement|vocabulary)"\."(\w+)"')


def compile_models(folder: Path, models: Sequence[str], variables: str = "{}") -> dict[str, str]:
    """The SQL of `models` by name, with each relation under its bare name."""
    target = folder / "target"
    command = [
        str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "compile", "--quiet",
        "--select", *models, "--vars", variables,
    ]  # fmt: skip
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT_ROOT),
        "LEADLOOP_WAREHOUSE": str(folder / "d.duckdb"),
        "LEADLOOP_SCRATCH": str(folder / "s.duckdb"),
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    done = subprocess.run(
        command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = {p.stem: p for p in (target / "compiled").rglob("*.sql")}
    return {name: _RELATION.sub(r"\1", found[name].read_text("utf-8")) for name in models}


class Bench:
    """An empty database in which tables are given and models are run by their SQL."""

    def __init__(self, sql: Mapping[str, str]) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        self.sql = sql

    def give(self, name: str, schema: str, rows: Iterable[Sequence[object]]) -> None:
        """A table `name` with columns as SQL writes them."""
        self.connection.execute(f"create or replace table {name} ({schema})")
        listed = [tuple(row) for row in rows]
        if listed:
            columns = [list(values) for values in zip(*listed, strict=True)]
            self.connection.register(
                "given", pa.table(columns, names=[f"c{i}" for i in range(len(columns))])
            )
            self.connection.execute(f"insert into {name} select * from given")
            self.connection.unregister("given")

    def run(self, *models: str) -> None:
        """Build models from what is there, in this order."""
        for model in models:
            self.connection.execute(f"create or replace table {model} as {self.sql[model]}")

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.connection.execute(sql).fetchall()
