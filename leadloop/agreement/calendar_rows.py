"""Rows of the seeds about working time: holidays, hours, and who works in which team."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from leadloop.agreement.cells import Count, Day, Identifier, OptionalDay, OptionalText, Text, fault
from leadloop.agreement.findings import Problem
from leadloop.agreement.row import SeedRow, reversed_validity

EVERY_TEAM = "all"

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", re.ASCII)
# the 29th of February is a day of the year too
_A_LEAP_YEAR = 2000


def _time_of_day(cell: str) -> str:
    if not _TIME.fullmatch(cell):
        raise fault("not_a_time_of_day", cell)
    return cell


def _required_time(cell: str) -> str:
    if not cell:
        raise fault("required", cell)
    return _time_of_day(cell)


TimeOfDay = Annotated[str, BeforeValidator(_required_time)]
OptionalTimeOfDay = Annotated[
    str | None, BeforeValidator(lambda cell: _time_of_day(cell) if cell else None)
]


def _reversed_hours(opens: str, closes: str) -> Iterator[Problem]:
    if closes <= opens:
        yield Problem("reversed_hours", "closes", closes, params={"opens": opens})


class NationalHoliday(SeedRow):
    """A day on which the country does not work."""

    holiday_on: Day
    label_ja: Text
    label_en: Text


class CompanyHoliday(SeedRow):
    """A day of the year on which a team is closed, or open for a part of it."""

    team: Identifier
    month: Count
    day: Count
    opens: OptionalTimeOfDay
    closes: OptionalTimeOfDay
    valid_from: Day
    valid_to: OptionalDay
    label_ja: Text
    label_en: Text
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        yield from reversed_validity(self.valid_from, self.valid_to)
        try:
            date(_A_LEAP_YEAR, self.month, self.day)
        except ValueError:
            yield Problem("no_day_of_the_year", "day", f"{self.month}/{self.day}")
        if (self.opens is None) != (self.closes is None):
            column = "opens" if self.opens is None else "closes"
            yield Problem("half_of_the_hours", column)
        elif self.opens is not None and self.closes is not None:
            yield from _reversed_hours(self.opens, self.closes)


class BusinessHours(SeedRow):
    """When a team works on a weekday."""

    team: Identifier
    weekday: Count
    opens: TimeOfDay
    closes: TimeOfDay
    valid_from: Day
    valid_to: OptionalDay
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        yield from reversed_validity(self.valid_from, self.valid_to)
        if self.weekday > 7:
            yield Problem("not_a_weekday", "weekday", str(self.weekday))
        yield from _reversed_hours(self.opens, self.closes)


class TeamMember(SeedRow):
    """In which team somebody works."""

    owner_id: Text
    team: Identifier
    valid_from: Day
    valid_to: OptionalDay
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        yield from reversed_validity(self.valid_from, self.valid_to)
        if self.team == EVERY_TEAM:
            yield Problem("reserved_team", "team", self.team)
