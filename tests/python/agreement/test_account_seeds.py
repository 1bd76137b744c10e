"""Faults of the seeds about companies: each is one finding at its place."""

from __future__ import annotations

import pytest

from leadloop.agreement import check_seeds

from .seed_folder import SeedFolder

WINDOW = {"term": "active_window"}
EVENTS = {"term": "active_events"}
LEVELS = {"term": "decision_maker_levels"}
FORM = {"form": "株式会社"}


@pytest.mark.parametrize(
    ("code", "name", "row", "change", "column"),
    [
        ("not_a_count", "account_terms", WINDOW, {"value": "0"}, "value"),
        ("not_a_count", "account_terms", WINDOW, {"value": "30.5"}, "value"),
        ("not_a_number", "account_terms", WINDOW, {"value": "a month"}, "value"),
        ("unknown_value", "account_terms", WINDOW, {"unit": "subjects"}, "unit"),
        ("unknown_value", "account_terms", WINDOW, {"unit": "weeks"}, "unit"),
        ("unknown_value", "account_terms", EVENTS, {"value": "visit|vist"}, "value"),
        ("unknown_value", "account_terms", LEVELS, {"value": "executive|boss"}, "value"),
        ("required", "account_terms", LEVELS, {"value": ""}, "value"),
        ("unknown_value", "company_forms", FORM, {"place": "front"}, "place"),
        ("not_normalised", "company_forms", FORM, {"form": "㈱"}, "form"),
    ],
)
def test_one_faulty_cell_is_one_finding(
    seeds: SeedFolder,
    code: str,
    name: str,
    row: dict[str, str],
    change: dict[str, str],
    column: str,
) -> None:
    line = seeds.line(name, **row)
    seeds.change(name, line, **change)
    found = check_seeds(seeds.root)
    assert [(f.code, f.line, f.column) for f in found] == [(code, line, column)]


def test_every_term_has_a_row(seeds: SeedFolder) -> None:
    seeds.drop("account_terms", **LEVELS)
    found = check_seeds(seeds.root)
    assert [f.code for f in found] == ["missing_type"]
    assert "decision_maker_levels" in found[0].message["ja"]


def test_a_term_has_one_row(seeds: SeedFolder) -> None:
    seeds.append("account_terms", seeds.line("account_terms", **WINDOW), value="90")
    assert len(check_seeds(seeds.root)) == 1
