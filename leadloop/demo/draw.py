"""Random draws that the simulation shares; seconds since 1970 in UTC stand for instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

HOUR = 3_600
DAY = 86_400
JST_OFFSET = 9 * HOUR  # Japan keeps one offset all year
NEVER = np.iinfo(np.int64).max

# How the working day spreads over the hours 0..23 (visits also come in the evening).
_HOURS = np.array([1, 0, 0, 0, 0, 0, 1, 3, 6, 11, 13, 11, 7, 11, 12, 11, 10, 8, 4, 3, 3, 3, 2, 1])
_HOUR_CDF = np.cumsum(_HOURS) / _HOURS.sum()


@dataclass(frozen=True)
class Span:
    """The time the company's history covers, from `start` up to but not including `as_of`."""

    start: int
    as_of: int

    @classmethod
    def of(cls, as_of: datetime, months: int) -> Span:
        """The `months` calendar months (Japan time) before `as_of`."""
        local = as_of.astimezone(ZoneInfo("Asia/Tokyo"))
        total = local.year * 12 + local.month - 1 - months
        start = local.replace(year=total // 12, month=total % 12 + 1, day=min(local.day, 28))
        return cls(int(start.timestamp()), int(as_of.timestamp()))

    @property
    def days(self) -> int:
        return max(1, -(-(self.as_of - self.start) // DAY))


def instant(text: str) -> int:
    """Seconds of an ISO 8601 instant; a naive one is taken as UTC."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def jst_midnight(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) - JST_OFFSET


def jst_day(at: Ints) -> Ints:
    """Days since 1970 in Japan time."""
    return (at + JST_OFFSET) // DAY


def jst_month(at: Ints) -> Ints:
    """Months since 1970 in Japan time."""
    return jst_day(at).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def month_text(month: int) -> str:
    return str(np.datetime64(int(month), "M"))


def pick(rng: Generator, weights: object, size: int) -> Ints:
    """Indices drawn by weight."""
    share = np.asarray(weights, dtype=float)
    cdf = np.cumsum(share / share.sum())
    return np.minimum(np.searchsorted(cdf, rng.random(size), side="right"), len(cdf) - 1)


def chance(rng: Generator, probability: Floats | float, size: int) -> Bools:
    return rng.random(size) < probability


def time_of_day(rng: Generator, size: int) -> Ints:
    """Seconds after midnight, as people use a business site."""
    hour = np.searchsorted(_HOUR_CDF, rng.random(size), side="right")
    return hour * HOUR + rng.integers(0, HOUR, size)


def in_waking_hours(rng: Generator, at: Ints, after: Ints) -> Ints:
    """Moves instants to a plausible hour of their day in Japan, never before `after` + 1 min."""
    moved = jst_day(at) * DAY - JST_OFFSET + time_of_day(rng, len(at))
    return np.where(moved > after + 60, moved, np.maximum(at, after + 60))


def next_business_time(rng: Generator, after: Ints, delay: Ints) -> Ints:
    """An instant between 9:00 and 18:00, Monday to Friday, later than `after`.

    `delay` says how much later it is meant to be.
    """
    target = after + delay
    day = jst_day(target)
    second = (target + JST_OFFSET) % DAY
    day = np.where(second >= 18 * HOUR, day + 1, day)
    outside = (second < 9 * HOUR) | (second >= 18 * HOUR)
    weekday = (day + 3) % 7  # 1970-01-01 was a Thursday; 0 is Monday
    shift = np.where(weekday >= 5, 7 - weekday, 0)
    fresh = 9 * HOUR + rng.integers(0, 4 * HOUR, len(after))
    second = np.where(outside | (shift > 0), fresh, second)
    return np.maximum((day + shift) * DAY - JST_OFFSET + second, after + 60)


def lognormal_seconds(rng: Generator, median: float, sigma: float, size: int) -> Ints:
    return (np.exp(rng.normal(0.0, sigma, size)) * median).astype(np.int64)


def to_minute(at: Ints) -> Ints:
    return at - at % 60
