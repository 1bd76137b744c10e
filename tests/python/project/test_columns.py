"""Names that can be tested: what a column is called says what is in it, in every published mart."""

from __future__ import annotations

import re

import pytest

from leadloop.publish.expectations import MARTS
from tests.conftest import Built

_TYPES = [
    (r"_at$|^as_of$", {"TIMESTAMP"}),
    (r"_on$|^period$", {"DATE"}),
    (r"^(is|has)_", {"BOOLEAN"}),
    (r"_rate$|^rate$|^ci_low$|^ci_high$|_ci_low$|_ci_high$", {"DOUBLE"}),
    (r"_count$|^n$|^k$|_n$|_k$|_no$", {"BIGINT"}),
    (r"_days$|_hours$", {"DOUBLE", "INTEGER", "BIGINT"}),
    (r"_score$|^points", {"DOUBLE"}),
    (r"^(amount|revenue\w*|gross_profit|pipeline|cost|difference)$", {"DECIMAL(18,2)"}),
    (r"_id$|_key$|^(channel|stage|model|basis|dimension|value|metric|run_id)$", {"VARCHAR"}),
]

# Columns whose name says one thing and whose place says another.
_EXCEPTIONS = {
    # how old a cohort was when it was looked at: whole days
    ("mart_cohort_progress", "age_days"),
}


@pytest.fixture(scope="module")
def columns(demo: Built) -> list[tuple[str, str, str]]:
    return demo.rows(
        "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'marts'"
    )


@pytest.mark.parametrize(("pattern", "allowed"), _TYPES, ids=[p for p, _ in _TYPES])
def test_a_name_says_the_type(
    columns: list[tuple[str, str, str]], pattern: str, allowed: set[str]
) -> None:
    named = [c for c in columns if re.search(pattern, c[1]) and c[:2] not in _EXCEPTIONS]
    assert named, "no column has such a name any more"
    assert [c for c in named if c[2] not in allowed] == []


def test_every_type_shows_in_the_name(columns: list[tuple[str, str, str]]) -> None:
    """The other way round: a timestamp that is not called _at would be overlooked."""
    for kind, pattern in (
        ("TIMESTAMP", r"_at$|^as_of$"),
        ("DATE", r"_on$|^period$"),
        ("BOOLEAN", r"^(is|has)_"),
    ):
        odd = [c for c in columns if c[2] == kind and not re.search(pattern, c[1])]
        assert odd == [], kind


def test_no_type_that_only_one_engine_has(columns: list[tuple[str, str, str]]) -> None:
    found = {kind for *_, kind in columns}
    assert found <= {
        "VARCHAR",
        "BIGINT",
        "INTEGER",
        "DOUBLE",
        "BOOLEAN",
        "DATE",
        "TIMESTAMP",
        "DECIMAL(18,2)",
    }


def test_every_rate_is_a_share_with_its_interval(
    demo: Built, columns: list[tuple[str, str, str]]
) -> None:
    """k of n lies in [0, 1]; only a period can show more arrivals than entries, and has no interval then."""
    names: dict[str, set[str]] = {}
    for table, column, _ in columns:
        names.setdefault(table, set()).add(column)
    checked = 0
    for table, found in names.items():
        for rate in (c for c in found if c == "rate" or c.endswith("_rate")):
            prefix = rate.removesuffix("rate")
            n, k, low, high = (prefix + part for part in ("n", "k", "ci_low", "ci_high"))
            assert {n, k, low, high} <= found, f"{table}.{rate} without its n, k and interval"
            wrong = demo.value(
                f"select count(*) from marts.{table} where {n} >= {k} and {n} > 0 and not ("
                f"{rate} between 0 and 1 and {low} between 0 and {rate} + 1e-9 "
                f"and {high} between {rate} - 1e-9 and 1)"
            )
            assert wrong == 0, f"{table}.{rate}"
            undefined = demo.value(
                f"select count(*) from marts.{table} where {n} = 0 and {rate} is not null"
            )
            assert undefined == 0, f"{table}.{rate} of nothing"
            checked += 1
    assert checked >= 4


def test_personal_data_is_in_one_table_only(columns: list[tuple[str, str, str]]) -> None:
    personal = {"email", "full_name", "phone", "job_title"}
    assert {table for table, column, _ in columns if column in personal} == {"dim_lead_contacts"}
    # a company is no person; which lead writes its name how is in the same one table
    named = {table for table, column, _ in columns if column == "company_name"}
    assert named == {"dim_lead_contacts", "dim_accounts"}


def test_every_expected_mart_is_there_and_no_other(columns: list[tuple[str, str, str]]) -> None:
    assert {table for table, *_ in columns} == {mart.name for mart in MARTS}
