"""The calendar: written from the library, and each fault of a row is one finding at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leadloop.agreement import check_seeds
from leadloop.calendar import national
from leadloop.settings import PROJECT_ROOT

from .seed_folder import SeedFolder

YEAR_END = {"day": "28"}
CLOSED = {"day": "29"}
MONDAY = {"team": "all", "weekday": "1"}
MEMBER = {"owner_id": "fs-01"}


def test_the_seed_is_what_the_library_says(tmp_path: Path) -> None:
    shipped = (PROJECT_ROOT / "seeds" / national.SEED).read_text("utf-8")
    assert shipped == national.as_csv(), "run python -m leadloop.calendar.national"
    (tmp_path / "calendar").mkdir()
    assert national.write(tmp_path).read_text("utf-8") == shipped


def test_substitutes_and_citizens_holidays_are_there() -> None:
    days = {day: name for day, name, _ in national.rows([2019, 2026])}
    assert days["2019-04-30"] == "国民の休日"
    assert days["2026-05-06"] == "振替休日"
    assert days["2026-09-22"] == "国民の休日"
    assert date(2026, 3, 20).isoformat() in days


@pytest.mark.parametrize(
    ("code", "name", "row", "change", "column"),
    [
        ("not_a_date", "national_holidays", {"holiday_on": "2026-01-01"}, {"holiday_on": "1/1"}, "holiday_on"),
        ("not_a_time_of_day", "company_holidays", YEAR_END, {"closes": "13"}, "closes"),
        ("half_of_the_hours", "company_holidays", YEAR_END, {"opens": ""}, "opens"),
        ("half_of_the_hours", "company_holidays", YEAR_END, {"closes": ""}, "closes"),
        ("reversed_hours", "company_holidays", YEAR_END, {"closes": "09:00"}, "closes"),
        ("no_day_of_the_year", "company_holidays", CLOSED, {"month": "2", "day": "30"}, "day"),
        ("reversed_validity", "company_holidays", CLOSED, {"valid_to": "1999-01-01"}, "valid_to"),
        ("unknown_team", "company_holidays", CLOSED, {"team": "sales_3"}, "team"),
        ("not_a_weekday", "business_hours", MONDAY, {"weekday": "8"}, "weekday"),
        ("reversed_hours", "business_hours", MONDAY, {"closes": "08:00"}, "closes"),
        ("required", "business_hours", MONDAY, {"opens": ""}, "opens"),
        ("not_a_time_of_day", "business_hours", MONDAY, {"closes": "24:30"}, "closes"),
        ("reserved_team", "team_members", MEMBER, {"team": "all"}, "team"),
        ("unknown_value", "handoff_fields", {"field": "email"}, {"field": "mail"}, "field"),
        ("unmeasurable_term", "sla_terms", {"term_id": "handoff_24h"}, {"from_event": "lead"}, "to_event"),
        ("unmeasurable_term", "sla_terms", {"term_id": "mql_volume"}, {"to_event": "first_contact"}, "to_event"),
        ("not_a_count", "sla_terms", {"term_id": "first_contact_2bd"}, {"limit_value": "1.5"}, "limit_value"),
        ("limit_not_allowed", "sla_terms", {"term_id": "handoff_fields"}, {"limit_value": "3"}, "limit_value"),
    ],
)  # fmt: skip
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


def test_two_rows_of_one_day_may_not_hold_at_once(seeds: SeedFolder) -> None:
    line = seeds.append("company_holidays", seeds.line("company_holidays", **CLOSED))
    found = check_seeds(seeds.root)
    assert [(f.code, f.line) for f in found] == [("overlap", line)]


def test_somebody_has_hours_when_nobody_is_named(seeds: SeedFolder) -> None:
    seeds.drop("business_hours", team="all")
    found = check_seeds(seeds.root)
    assert [f.code for f in found] == ["no_rows"]
    seeds.write(
        "business_hours",
        [
            ["team", "weekday", "opens", "closes", "valid_from", "valid_to", "reason"],
            ["sales_1", "1", "09:00", "18:00", "2000-01-01", "", ""],
        ],
    )
    assert [f.code for f in check_seeds(seeds.root)] == ["no_common_hours"]
