"""Companies of a few rows or a few hundred leads, loaded and built the way a user does it."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from leadloop.load.mapping_file import read_mapping
from leadloop.load.run import load
from leadloop.publish.build import Options, Project, build
from leadloop.publish.dbt_run import DbtCall, DbtOutcome, OnNode, run_dbt
from leadloop.publish.versions import resolve
from leadloop.raw.contract import TABLES
from leadloop.settings import Home
from tests.conftest import Built

# Every file is loaded at this instant unless a test says otherwise: later than all the data.
LOADED_AT = "2026-11-22T00:00:00Z"

_PARSE_CACHE = "partial_parse.msgpack"


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """The environment with these values, and without the caller's own leadloop settings."""
    before = dict(os.environ)
    for name in ("LEADLOOP_HOME", "LEADLOOP_AS_OF", "LEADLOOP_NOW", "LEADLOOP_STAGE_MARKERS"):
        os.environ.pop(name, None)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def write_tables(folder: Path, **tables: Sequence[dict[str, Any]]) -> Path:
    """A folder of canonical CSV files; columns that no row names are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = [c for c in TABLES[name].columns if any(c in row for row in rows)]
        unknown = {key for row in rows for key in row} - set(columns)
        assert not unknown, f"{name} has no column {unknown}"
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def load_into(
    home: Home, folder: Path, mapping: str = "canonical", at: str = LOADED_AT, **options: Any
) -> None:
    """`leadloop load`, at an instant of the test's choosing."""
    with environment(LEADLOOP_NOW=at):
        load(read_mapping(mapping), folder, home, **options)


class Builder:
    """Builds homes one after another; the parse of dbt is carried from one to the next."""

    def __init__(self, folder: Path) -> None:
        self._parse = folder / _PARSE_CACHE

    def __call__(
        self,
        home: Home,
        as_of: str | None = None,
        threads: int = 2,
        *,
        with_tests: bool = False,
    ) -> Built:
        """Publish what `home` holds; dbt's own tests run where they are asked for.

        Other tests build the same project with all its tests: running them for every small company
        here would add nothing but minutes.
        """
        cached = home.root / "cache" / _PARSE_CACHE
        cached.parent.mkdir(parents=True, exist_ok=True)
        if self._parse.exists():
            shutil.copyfile(self._parse, cached)
        project = Project() if with_tests else Project(run_dbt=_without_tests)
        with environment():
            manifest = build(home, Options(as_of=as_of, threads=threads, force=True), project)
        if cached.exists():
            shutil.copyfile(cached, self._parse)
        return Built(home, manifest.run_id, resolve(home, manifest.run_id).path, {})


def _without_tests(call: DbtCall, on_node: OnNode) -> DbtOutcome:
    return run_dbt(replace(call, excluded=("test", "unit_test")), on_node)


def marts(built: Built) -> list[str]:
    """The names of the tables that a version publishes."""
    names = built.rows("select table_name from duckdb_tables() where schema_name = 'marts'")
    return sorted(name for (name,) in names)


def content(built: Built, mart: str, without: Iterable[str] = ("run_id",)) -> list[tuple[Any, ...]]:
    """Every row of a mart, sorted, apart from the columns that name the run."""
    dropped = ", ".join(f'"{name}"' for name in without)
    return built.rows(f"select * exclude ({dropped}) from marts.{mart} order by all")


def digest(rows: Iterable[tuple[Any, ...]]) -> str:
    """One hash of sorted rows."""
    found = hashlib.sha256()
    for row in rows:
        found.update(repr(row).encode())
    return found.hexdigest()


def first_difference(left: list[tuple[Any, ...]], right: list[tuple[Any, ...]]) -> str:
    """What a person needs to see when two marts differ: sizes, and rows of one side only."""
    ours, theirs = set(left), set(right)
    return (
        f"{len(left)} rows against {len(right)}; only here {sorted(ours - theirs, key=repr)[:3]}; "
        f"only there {sorted(theirs - ours, key=repr)[:3]}"
    )
