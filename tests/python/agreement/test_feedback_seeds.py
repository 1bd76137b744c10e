"""Faults of the seeds about returned leads and traits: each is one finding at its place."""

from __future__ import annotations

import pytest

from leadloop.agreement import check_seeds

from .seed_folder import SeedFolder

WORKED = {"term": "worked_events"}
LEVEL = {"term": "trait_false_discovery"}
LEAST = {"term": "trait_least_records"}
EARLY = {"reason_code": "too_early"}
SMALL = {"trait": "size_band", "band": "1-29"}


@pytest.mark.parametrize(
    ("code", "name", "row", "change", "column"),
    [
        ("unknown_value", "feedback_terms", WORKED, {"value": "meeting|metting"}, "value"),
        ("unknown_value", "feedback_terms", WORKED, {"unit": "rate"}, "unit"),
        ("out_of_range", "feedback_terms", LEVEL, {"value": "10"}, "value"),
        ("out_of_range", "feedback_terms", LEVEL, {"value": "0"}, "value"),
        ("not_a_number", "feedback_terms", LEVEL, {"value": "10%"}, "value"),
        ("not_a_count", "feedback_terms", LEAST, {"value": "9.5"}, "value"),
        ("unknown_value", "return_policies", EARLY, {"reason_group": "early"}, "reason_group"),
        ("unknown_value", "return_policies", EARLY, {"follow_up": "nurturing"}, "follow_up"),
        ("not_a_count", "return_policies", EARLY, {"cool_down_days": "-1"}, "cool_down_days"),
        ("unknown_value", "trait_bands", SMALL, {"trait": "size"}, "trait"),
        ("not_a_number", "trait_bands", SMALL, {"from_value": "few"}, "from_value"),
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


def test_what_no_reason_knows_has_a_policy_too(seeds: SeedFolder) -> None:
    seeds.drop("return_policies", reason_code="unclassified")
    found = check_seeds(seeds.root)
    assert [f.code for f in found] == ["missing_type"]
    assert "unclassified" in found[0].message["ja"]


def test_two_bands_do_not_begin_at_one_value(seeds: SeedFolder) -> None:
    line = seeds.line("trait_bands", trait="size_band", band="30-99")
    seeds.change("trait_bands", line, from_value="1")
    assert [f.line for f in check_seeds(seeds.root)] == [line]
