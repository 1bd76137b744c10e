"""Cumulative incidence as the books write it, person by person, with an interval of its own arithmetic.

Nothing here knows SQL or days summed up beforehand: a list of (day, what happened) in, a curve out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Z = 1.959963984540054
TAKEN, ENDED, OPEN = "taken", "ended", "open"


@dataclass(frozen=True)
class Curve:
    """How many take the step in the end, how sure that is, and by which day so many of them have."""

    rate: float
    variance: float
    low: float | None
    high: float | None
    median: int | None
    p75: int | None
    p90: int | None


def curve(people: Sequence[tuple[int, str]]) -> Curve:
    """The Aalen-Johansen estimate of `taken` against `ended`, `open` ones censored after their day."""
    days = sorted({day for day, what in people if what != OPEN})
    survival, incidence = 1.0, 0.0
    points: list[tuple[int, int, int, int, float, float]] = []
    for day in days:
        at_risk = sum(d >= day for d, _ in people)
        taken = sum(d == day and what == TAKEN for d, what in people)
        leaving = sum(d == day and what != OPEN for d, what in people)
        before = survival
        incidence += survival * taken / at_risk
        survival *= 1 - leaving / at_risk
        points.append((day, at_risk, taken, leaving, before, incidence))
    variance = 0.0
    for _, at_risk, taken, leaving, before, reached in points:
        left = incidence - reached
        if leaving < at_risk:
            variance += left**2 * leaving / (at_risk * (at_risk - leaving))
        variance += before**2 * (at_risk - taken) * taken / at_risk**3
        variance -= 2 * left * before * taken / at_risk**2
    decided = sum(what != OPEN for _, what in people)
    n = float(decided)
    if variance > 1e-15:
        n = min(incidence * (1 - incidence) / variance, float(len(people)))
    low, high = wilson(incidence, n) if n > 0 else (None, None)

    def by(share: float) -> int | None:
        return next(
            (d for d, _, t, _, _, f in points if t and f >= share * incidence - 1e-12), None
        )

    return Curve(incidence, variance, low, high, by(0.5), by(0.75), by(0.9))


def kaplan_meier(people: Sequence[tuple[int, str]]) -> float:
    """1 - S(t) at the end, where nobody leaves by another door; those who do are censored."""
    survival = 1.0
    for day in sorted({d for d, what in people if what == TAKEN}):
        at_risk = sum(d >= day for d, _ in people)
        survival *= 1 - sum(d == day and what == TAKEN for d, what in people) / at_risk
    return 1 - survival


def wilson(rate: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a rate seen on n."""
    centre = (rate + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, centre - half), min(1.0, centre + half)
