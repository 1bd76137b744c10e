"""A table of a tool without a column: a required one stops the load, another one is NULL."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from leadloop.errors import InputRejected
from leadloop.load.faults import Notice, did_you_mean
from leadloop.load.mapping import Mapping
from leadloop.load.run import load
from leadloop.raw.tools import tool_tables
from leadloop.settings import Home

TABLES = sorted(tool_tables())
REQUIRED = [(name, column) for name in TABLES for column in tool_tables()[name].required]
WITH_OPTIONAL = [
    n for n in TABLES if set(tool_tables()[n].columns) > set(tool_tables()[n].required)
]
_VALUES = {"_fivetran_active": "true"}


def mapping(table: str) -> Mapping:
    """`columns: same`, as the profiles of the tools write it."""
    spec = {"file": "t.csv", "mode": "snapshot", "columns": "same"}
    return Mapping.model_validate({"source": "s", "tables": {table: [spec]}})


def write(folder: Path, columns: list[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerow([_VALUES.get(column, "1") for column in columns])
    return folder


@pytest.mark.parametrize(("table", "column"), REQUIRED, ids=lambda value: value)
def test_a_required_column_stops_with_its_name_and_the_nearest(
    table: str, column: str, tmp_path: Path
) -> None:
    # one letter too many: what somebody's own header looks like
    misspelt = f"{column}s" if not column.endswith("s") else f"{column}x"
    columns = [misspelt if c == column else c for c in tool_tables()[table].columns]
    with pytest.raises(InputRejected) as refused:
        load(mapping(table), write(tmp_path / "in", columns), Home(tmp_path / "home"))
    assert refused.value.place is not None
    assert refused.value.place.rule == "column_missing"
    assert refused.value.place.column == column
    for language in ("en", "ja"):
        near = did_you_mean(misspelt)[f"near_{language}"]
        assert misspelt in near
        assert near in refused.value.render(language), refused.value.render(language)
    assert not list((tmp_path / "home").glob("raw/*/*.parquet"))


@pytest.mark.parametrize("table", WITH_OPTIONAL)
def test_an_optional_column_is_null_with_a_warning(table: str, tmp_path: Path) -> None:
    spec = tool_tables()[table]
    optional = [c for c in spec.columns if c not in spec.required]
    home = Home(tmp_path / "home")
    report = load(mapping(table), write(tmp_path / "in", list(spec.required)), home)
    notice = next(n for n in report.notices if n.place.rule == "optional_column_missing")
    assert isinstance(notice, Notice)
    assert optional[0] in notice.render("en")
    path = str(home.raw / table / "*.parquet")
    row = duckdb.sql(f"select {', '.join(map(quoted, optional))} from '{path}'").fetchone()
    assert row == (None,) * len(optional)
    assert duckdb.sql(f"select count(*) from '{path}'").fetchone() == (1,)


def quoted(name: str) -> str:
    return f'"{name}"'
