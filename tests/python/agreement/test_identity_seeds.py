"""Faults of the seeds about identity: each is one finding at its place."""

from __future__ import annotations

import csv

import pytest

from leadloop.agreement import check_seeds

from .seed_folder import SeedFolder

CLAIMS = {"rule": "claims_per_id"}
EMAIL = {"rule": "email"}
ORDER = {"rule": "source_order"}
WITHIN = {"rule": "same_source_email"}
FILL = {"rule": "fill_empty"}
INFO = {"local_part": "info"}
TAKA = {"old_form": "髙"}

_DECISION = ["crm:1", "ma:1", "different", "sato", "2026-10-01", "兄弟 / Brothers"]


@pytest.mark.parametrize(
    ("code", "name", "row", "change", "column"),
    [
        ("unknown_value", "identity_rules", FILL, {"value": "newest"}, "value"),
        ("value_not_for_rule", "identity_rules", EMAIL, {"value": "3"}, "value"),
        ("not_a_count", "identity_rules", CLAIMS, {"value": "0"}, "value"),
        ("not_a_count", "identity_rules", CLAIMS, {"value": "2.5"}, "value"),
        ("not_a_number", "identity_rules", CLAIMS, {"value": "few"}, "value"),
        ("required", "identity_rules", CLAIMS, {"value": ""}, "value"),
        ("required", "identity_rules", WITHIN, {"is_on": "true"}, "value"),
        ("list_item_empty", "identity_rules", ORDER, {"value": "hubspot|"}, "value"),
        ("list_item_empty", "identity_rules", ORDER, {"value": "hubspot | marketo"}, "value"),
        ("list_item_twice", "identity_rules", ORDER, {"value": "hubspot|hubspot"}, "value"),
        ("not_a_boolean", "identity_rules", EMAIL, {"is_on": "yes"}, "is_on"),
        ("not_normalised", "shared_mailboxes", INFO, {"local_part": "Info"}, "local_part"),
        ("not_a_local_part", "shared_mailboxes", INFO, {"local_part": "info@a"}, "local_part"),
        ("not_a_local_part", "shared_mailboxes", INFO, {"local_part": "info+a"}, "local_part"),
        ("not_one_character", "character_forms", TAKA, {"old_form": "髙橋"}, "old_form"),
        ("required", "character_forms", TAKA, {"new_form": ""}, "new_form"),
        ("form_of_a_form", "character_forms", TAKA, {"new_form": "﨑"}, "new_form"),
        ("form_of_a_form", "character_forms", TAKA, {"new_form": "髙"}, "new_form"),
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


def test_a_rule_that_is_off_may_keep_its_value(seeds: SeedFolder) -> None:
    seeds.change("identity_rules", seeds.line("identity_rules", **CLAIMS), is_on="false")
    assert check_seeds(seeds.root) == []


def test_every_rule_has_a_row(seeds: SeedFolder) -> None:
    seeds.drop("identity_rules", **ORDER)
    found = check_seeds(seeds.root)
    assert [f.code for f in found] == ["missing_type"]
    assert "source_order" in found[0].message["ja"]


def _decide(seeds: SeedFolder, *rows: list[str]) -> None:
    with seeds.path("identity_exceptions").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_a_sound_decision_passes(seeds: SeedFolder) -> None:
    _decide(seeds, _DECISION, ["crm:1", "ma:2", *_DECISION[2:]])
    assert check_seeds(seeds.root) == []


@pytest.mark.parametrize(
    ("code", "column", "position", "value"),
    [
        ("unknown_value", "decision", 2, "differnt"),
        ("not_a_date", "decided_on", 4, "2026/10/01"),
        ("required", "decided_by", 3, ""),
        ("required", "reason", 5, ""),
        ("pair_of_one", "lead_id_b", 1, "crm:1"),
    ],
)
def test_a_faulty_decision_is_one_finding(
    seeds: SeedFolder, code: str, column: str, position: int, value: str
) -> None:
    row = list(_DECISION)
    row[position] = value
    _decide(seeds, row)
    found = check_seeds(seeds.root)
    assert [(f.code, f.line, f.column) for f in found] == [(code, 2, column)]


def test_two_leads_are_decided_about_once_in_either_order(seeds: SeedFolder) -> None:
    _decide(seeds, _DECISION, ["ma:1", "crm:1", "same", *_DECISION[3:]])
    found = check_seeds(seeds.root)
    assert [(f.code, f.line) for f in found] == [("pair_twice", 3)]
    assert "2" in found[0].message["en"]
