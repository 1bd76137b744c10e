"""The words of the check are the words of the SQL, of the docs and of the shipped seeds."""

from __future__ import annotations

import re

import pytest

from leadloop.agreement.findings import nearest_of
from leadloop.agreement.operators import OPERATORS, OPERATORS_FILE
from leadloop.agreement.registry import SEEDS
from leadloop.agreement.rule_language import FIELDS, operators_for
from leadloop.settings import PROJECT_ROOT

PREDICATES = (PROJECT_ROOT / "macros" / "rules" / "predicates.sql").read_text("utf-8")
OPERATORS_SQL = OPERATORS_FILE.read_text("utf-8")
DOCS = (PROJECT_ROOT / "docs" / "rules.md").read_text("utf-8")


def macro_list(name: str) -> set[str]:
    found = re.search(name + r"\(\) %\}\s*\{\{ return\('([^']+)'\.split\(\)\)", PREDICATES)
    assert found, f"no macro {name} in predicates.sql"
    return set(found.group(1).split())


def test_fields_are_those_of_the_sql() -> None:
    assert set(FIELDS["lead"]) == macro_list("lead_fields")
    assert set(FIELDS["visit"]) == macro_list("activity_fields")


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_operator_is_in_the_sql_and_the_docs(operator: str) -> None:
    assert f"'{operator}': {{" in OPERATORS_SQL
    assert f"`{operator}`" in DOCS


@pytest.mark.parametrize("subject", FIELDS)
def test_every_field_has_an_operator(subject: str) -> None:
    for field in FIELDS[subject]:
        operators = operators_for(subject, field)
        assert operators
        assert set(operators) <= set(OPERATORS)


def test_every_column_is_described_and_typed_for_dbt() -> None:
    for seed in SEEDS:
        text = (PROJECT_ROOT / "seeds" / seed.path).with_suffix(".yml").read_text("utf-8")
        for column in seed.columns:
            assert re.search(rf"^        {column}: \w+$", text, re.MULTILINE), (seed.path, column)
            assert f"- name: {column}\n        description:" in text, (seed.path, column)


def test_nearest_word() -> None:
    assert nearest_of("Employe_Count", ["employee_count", "country"]) == "employee_count"
    assert nearest_of("zzz", ["employee_count"]) is None
