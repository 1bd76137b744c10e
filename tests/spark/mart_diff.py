"""Compares the marts of two published files row for row, and says where they part."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

RELATIVE = 1e-9
# a sum that cancels out leaves 1e-17 on one engine and 0 on the other
ABSOLUTE = 1e-12
_SHOWN = 8

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """One mart as one engine built it."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True)
class Difference:
    """One place where the engines disagree."""

    mart: str
    key: str
    column: str
    left: object
    right: object

    def __str__(self) -> str:
        return f"{self.mart} [{self.key}] {self.column}: {self.left!r} / {self.right!r}"


def read_marts(path: Path) -> dict[str, Table]:
    """Every table of the schema `marts`."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
        return {name: _read(connection, name) for (name,) in names}


def _read(connection: duckdb.DuckDBPyConnection, name: str) -> Table:
    relation = connection.table(f"marts.{name}")
    types = tuple(str(kind) for kind in relation.types)
    return Table(tuple(relation.columns), types, relation.fetchall())


def differences(mart: str, left: Table, right: Table) -> list[Difference]:
    """Everything in which two builds of a mart differ; doubles may by a relative 1e-9."""
    shapes = [list(zip(t.columns, t.types, strict=True)) for t in (left, right)]
    if shapes[0] != shapes[1]:
        return [Difference(mart, "-", "columns", *shapes)]
    key = leading_key(left)
    found = list(_cells(mart, left, _by_key(left, key), _by_key(right, key), key))
    if len(left.rows) != len(right.rows):
        found.insert(0, Difference(mart, "-", "rows", len(left.rows), len(right.rows)))
    return found


def report(found: Sequence[Difference]) -> str:
    """The first differences, a line each."""
    lines = [f"{len(found)} differences (duckdb / spark):", *map(str, found[:_SHOWN])]
    return "\n  ".join(lines)


def leading_key(table: Table) -> tuple[int, ...]:
    """The shortest run of leading columns that names one row; marts begin with their key.

    Doubles are no part of a key: they may differ in the last digit. Where no run of columns names
    one row, all columns but the doubles do, and equal ones are counted.
    """
    exact = [i for i, kind in enumerate(table.types) if kind != "DOUBLE"]
    for length in range(1, len(exact) + 1):
        key = tuple(exact[:length])
        if len({tuple(row[i] for i in key) for row in table.rows}) == len(table.rows):
            return key
    return tuple(exact)


def _by_key(table: Table, key: tuple[int, ...]) -> dict[Row, Row]:
    copies: Counter[Row] = Counter()
    found: dict[Row, Row] = {}
    for row in sorted(table.rows, key=lambda r: [(v is not None, str(v)) for v in r]):
        values = tuple(row[i] for i in key)
        copies[values] += 1
        found[*values, copies[values]] = row
    return found


def _cells(
    mart: str, table: Table, left: dict[Row, Row], right: dict[Row, Row], key: tuple[int, ...]
) -> Iterator[Difference]:
    def named(values: Row) -> str:
        pairs = zip(key, values, strict=False)
        return ", ".join(
            f"{table.columns[i]}={v}" for i, v in pairs if table.columns[i] != "run_id"
        )

    for values in left.keys() | right.keys():
        mine, theirs = left.get(values), right.get(values)
        if mine is None or theirs is None:
            yield Difference(mart, named(values), "row", mine, theirs)
            continue
        for column, kind, a, b in zip(table.columns, table.types, mine, theirs, strict=True):
            if not _equal(kind, a, b):
                yield Difference(mart, named(values), column, a, b)


def _equal(kind: str, a: object, b: object) -> bool:
    if kind == "DOUBLE" and isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    return type(a) is type(b) and a == b
