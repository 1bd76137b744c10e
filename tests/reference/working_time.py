"""Working time by brute force: day after day, from the seeds and the library, without a running clock."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from leadloop.settings import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "seeds" / "calendar"
_OFFSET = timedelta(hours=9)


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _clock(day: date, text: str) -> datetime:
    """The instant in UTC of a time on the wall of a day."""
    hour, minute = map(int, text.split(":"))
    return datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute) - _OFFSET


def _holds(row: dict[str, str], day: date) -> bool:
    return row["valid_from"] <= day.isoformat() and not (
        row["valid_to"] and row["valid_to"] <= day.isoformat()
    )


@dataclass(frozen=True)
class Day:
    """When a working day begins and ends, UTC."""

    opens: datetime
    closes: datetime


@cache
def _national() -> frozenset[date]:
    return frozenset(holidays.country_holidays("JP", years=range(1990, 2041)))


@cache
def _hours() -> list[dict[str, str]]:
    return _rows("business_hours")


@cache
def _company() -> list[dict[str, str]]:
    return _rows("company_holidays")


@cache
def working_day(day: date, team: str = "all") -> Day | None:
    """The working time of a day, or None where there is none."""
    if day in _national():
        return None
    own = team if any(row["team"] == team for row in _hours()) else "all"
    hours = [
        row
        for row in _hours()
        if row["team"] == own and int(row["weekday"]) == day.isoweekday() and _holds(row, day)
    ]
    if not hours:
        return None
    closures = [
        row
        for row in _company()
        if (int(row["month"]), int(row["day"])) == (day.month, day.day)
        and row["team"] in (team, "all")
        and _holds(row, day)
    ]
    closures.sort(key=lambda row: row["team"] != team)
    chosen = closures[0] if closures else hours[0]
    if not chosen["closes"]:
        return None
    return Day(_clock(day, chosen["opens"]), _clock(day, chosen["closes"]))


def local_day(at: datetime) -> date:
    return (at + _OFFSET).date()


def business_hours(start: datetime, end: datetime, team: str = "all") -> float:
    """Working hours between two instants; 0 where the end comes first."""
    total = timedelta()
    day = local_day(start)
    while day <= local_day(end):
        work = working_day(day, team)
        if work is not None:
            total += max(min(end, work.closes) - max(start, work.opens), timedelta())
        day += timedelta(days=1)
    return total / timedelta(hours=1)


def due_after_days(start: datetime, days: int, team: str = "all") -> datetime:
    """The close of the so-manieth working day after the first one that has time left."""
    day, left = local_day(start), days + 1
    while True:
        work = working_day(day, team)
        if work is not None and start < work.closes:
            left -= 1
            if left == 0:
                return work.closes
        day += timedelta(days=1)
