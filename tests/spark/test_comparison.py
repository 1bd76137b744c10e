"""The comparison itself: it sees every kind of difference and forgives only the last digit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from mart_diff import Table, differences, leading_key, report

TABLE = Table(
    columns=("run_id", "lead_id", "rule_id", "points", "firings"),
    types=("VARCHAR", "VARCHAR", "VARCHAR", "DOUBLE", "BIGINT"),
    rows=[("r", "a", "fit", 15.0, 1), ("r", "a", "visit", 2.5, 2), ("r", "b", "fit", 0.0, None)],
)


def with_row(number: int, **values: object) -> Table:
    row = dict(zip(TABLE.columns, TABLE.rows[number], strict=True)) | values
    rows = [*TABLE.rows]
    rows[number] = tuple(row.values())
    return replace(TABLE, rows=rows)


def test_order_of_rows_does_not_count():
    assert not differences("m", TABLE, replace(TABLE, rows=TABLE.rows[::-1]))


def test_key_is_the_shortest_run_of_columns_that_names_a_row():
    assert [TABLE.columns[i] for i in leading_key(TABLE)] == ["run_id", "lead_id", "rule_id"]


@pytest.mark.parametrize("points", [15.0 * (1 + 1e-10), 15.0 * (1 - 1e-10)])
def test_last_digits_of_a_double_are_forgiven(points: float):
    assert not differences("m", TABLE, with_row(0, points=points))


@pytest.mark.parametrize(
    ("number", "column", "value"),
    [
        (0, "points", 15.0 * (1 + 1e-8)),
        (0, "points", None),
        (0, "firings", 2),
        (0, "firings", 1.0),
        (2, "firings", 0),
        (2, "points", 1e-9),
    ],
)
def test_one_changed_cell_is_named(number: int, column: str, value: object):
    (found,) = differences("m", TABLE, with_row(number, **{column: value}))
    lead, rule, before = *TABLE.rows[number][1:3], TABLE.rows[number][TABLE.columns.index(column)]
    assert str(found) == f"m [lead_id={lead}, rule_id={rule}] {column}: {before!r} / {value!r}"


def test_row_that_is_missing_and_row_too_many():
    less = replace(TABLE, rows=TABLE.rows[:-1])
    assert "rows: 3 / 2" in report(differences("m", TABLE, less))
    assert "rows: 2 / 3" in report(differences("m", less, TABLE))
    assert "[lead_id=b" in report(differences("m", TABLE, less))


def test_copies_of_a_row_are_counted():
    twice = replace(TABLE, rows=[*TABLE.rows, TABLE.rows[0]])
    assert differences("m", twice, TABLE)
    assert differences("m", TABLE, twice)
    assert not differences("m", twice, twice)


def test_type_and_order_of_columns_count():
    narrow = replace(TABLE, types=(*TABLE.types[:-1], "INTEGER"))
    assert differences("m", TABLE, narrow)[0].column == "columns"
    moved = replace(TABLE, columns=("lead_id", "run_id", *TABLE.columns[2:]))
    assert differences("m", TABLE, moved)[0].column == "columns"
