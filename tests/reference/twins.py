"""The reference with one thing wrong: a comparison that does not notice compares nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tests.reference.scorer import NOTHING, Cells, Event, Firing, Given, Key, Scorer

_DAY = timedelta(days=1)


class NoRuleCap(Scorer):
    def cap_rules(self, firings: Sequence[Firing], points: Sequence[Decimal]) -> list[Decimal]:
        return list(points)


class NoGroupCap(Scorer):
    def cap_groups(self, firings: Sequence[Firing], points: Sequence[Decimal]) -> list[Decimal]:
        return list(points)


class NoTotalCap(Scorer):
    def cap_total(self, points: Sequence[Decimal]) -> list[Decimal]:
        return list(points)


class PeriodsOfUtc(Scorer):
    def period(self, rule: Cells, at: datetime) -> Key:
        day = at.astimezone(UTC).date()
        return {"day": (day,), "month": (day.year, day.month), "total": ()}[rule["cap_period"]]


class EveryTimeCounts(Scorer):
    def first_of_each(self, distinct_by: str, events: Iterable[Event]) -> Iterator[Event]:
        yield from events


class DecaySinceTheLeadCame(Scorer):
    def left(self, given: Given, at: datetime) -> float | Decimal:
        firing = Firing(given.firing.rule, self.history.lead.created_at, given.firing.activity_id)
        return super().left(Given(firing, given.points, given.lost), at)


class DecayOfWhatWasAsked(Scorer):
    def left(self, given: Given, at: datetime) -> float | Decimal:
        if given.firing.rule["decay"] == "none":
            return given.points
        return super().left(Given(given.firing, given.points + given.lost, NOTHING), at)


class StepOnItsLastDay(Scorer):
    def left(self, given: Given, at: datetime) -> float | Decimal:
        rule = given.firing.rule
        if rule["decay"] == "step" and at - given.firing.at == int(rule["decay_days"]) * _DAY:
            return given.points
        return super().left(given, at)


class WindowWithoutItsLastMoment(Scorer):
    def in_window(self, days: str, event_at: datetime, at: datetime) -> bool:
        return not days or at - event_at < int(days) * _DAY


class NoWindow(Scorer):
    def in_window(self, days: str, event_at: datetime, at: datetime) -> bool:
        return True


class EveryEventIsAnother(Scorer):
    def thing(self, distinct_by: str, event: Event) -> Key:
        return (event.activity_id,)


@dataclass(frozen=True)
class _LeadLast(Firing):
    @property
    def order(self) -> Key:
        return (self.at, self.activity_id is None, self.activity_id or "", self.rule["rule_id"])


class LeadAfterItsEvents(Scorer):
    def firings(self) -> list[Firing]:
        found = [_LeadLast(f.rule, f.at, f.activity_id) for f in super().firings()]
        return sorted(found, key=lambda f: f.order)


class RulesBeforeEvents(Scorer):
    def firings(self) -> list[Firing]:
        return sorted(super().firings(), key=lambda f: (f.at, f.rule["rule_id"], f.order))


class UnknownIsNo(Scorer):
    def hoped_for(self) -> Decimal:
        return NOTHING


class FadingQualifies(Scorer):
    def score_is(self, row: Cells, at: datetime) -> bool:
        score = self.score(at, row["field"])
        low, _, high = row["value"].partition("|")
        if row["operator"] == "lte":
            return score <= float(low)
        return float(low) <= score <= float(high or "inf")


class OldFactsCountAgain(Scorer):
    def episodes(self) -> list[tuple[datetime, datetime]]:
        first, *_ = super().episodes()
        return [(first[0], datetime.max.replace(tzinfo=UTC))]


class KnowsTheFuture(Scorer):
    def criterion_holds(self, row: Cells, at: datetime) -> bool:
        return super().criterion_holds(row, at + _DAY)


TWINS = (
    NoRuleCap,
    NoGroupCap,
    NoTotalCap,
    PeriodsOfUtc,
    EveryTimeCounts,
    DecaySinceTheLeadCame,
    DecayOfWhatWasAsked,
    StepOnItsLastDay,
    LeadAfterItsEvents,
    RulesBeforeEvents,
    UnknownIsNo,
    WindowWithoutItsLastMoment,
    NoWindow,
    EveryEventIsAnother,
    FadingQualifies,
    OldFactsCountAgain,
    KnowsTheFuture,
)
