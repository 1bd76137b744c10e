"""The rule language in plain Python, event by event: what docs/rules.md says, and nothing of how the SQL does it.

Points are decimals, so that 0.1 + 0.7 is 0.8; only what decays becomes a float. `Scorer` answers for one lead and
one version at any instant. Each question is a method of its own: a test breaks one to see that the comparison
notices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

Cells = Mapping[str, str]
Key = tuple[object, ...]

TOKYO = ZoneInfo("Asia/Tokyo")
_DAY = timedelta(days=1)
_BEFORE_ANYTHING = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)
# scores are compared at nine decimals: 2.4999999999999996 has come to 2.5
_DECIMALS = 9
_NUMBERS = frozenset({"employee_count"})
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Lead:
    """Who it is; an attribute that nobody filled in is not there."""

    lead_id: str
    created_at: datetime
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Event:
    """Something that a lead did, in our words; a field without a value is not there."""

    lead_id: str
    activity_id: str
    kind: str
    at: datetime
    fields: Mapping[str, str]
    session_id: str | None = None

    def value(self, name: str) -> str | None:
        """A field; without a name the event itself."""
        if name == "content_answer":
            parts = self.fields.get("content_id"), self.fields.get("answer")
            return None if None in parts else ":".join(map(str, parts))
        return self.fields.get(name) if name else self.kind


@dataclass(frozen=True)
class StageChange:
    """What the company's own tool recorded."""

    lead_id: str
    to_stage: str
    at: datetime


@dataclass(frozen=True)
class History:
    """A lead with all that is known of it."""

    lead: Lead
    events: Sequence[Event]
    changes: Sequence[StageChange] = ()

    def up_to(self, instant: datetime) -> History:
        """What was known at that instant."""
        return History(
            self.lead,
            [e for e in self.events if e.at <= instant],
            [c for c in self.changes if c.at <= instant],
        )


@dataclass(frozen=True)
class Agreement:
    """A scorecard version as its rows stand in the seeds."""

    version: str
    rules: Sequence[Cells]
    criteria: Sequence[Cells] = ()
    disqualifiers: Sequence[Cells] = ()
    total_cap: Decimal | None = None


@dataclass(frozen=True)
class Firing:
    """A rule that fired; a rule on the lead's own attributes has no activity."""

    rule: Cells
    at: datetime
    activity_id: str | None

    @property
    def order(self) -> Key:
        """One after the other: by time, then who the lead is before what it did, then by name."""
        is_activity = self.activity_id is not None
        return (self.at, is_activity, self.activity_id or "", self.rule["rule_id"])


@dataclass(frozen=True)
class Given:
    """What a firing brought, after all caps."""

    firing: Firing
    points: Decimal
    lost: Decimal


@dataclass(frozen=True)
class Qualification:
    """The first moment of an episode at which a path held."""

    episode_no: int
    stage: str
    path: str
    at: datetime


def holds(operator: str, value: str, actual: str | None, *, is_number: bool = False) -> bool | None:
    """What a condition says about a value: yes, no, or None where we do not know."""
    if operator == "unknown":
        return actual is None
    if actual is None:
        return None
    if operator == "exists":
        return True
    wanted = value.split("|")
    if is_number:
        number, bounds = Decimal(actual), [Decimal(w) for w in wanted]
        if operator in ("eq", "in"):
            return number in bounds
        if operator == "gte":
            return number >= bounds[0]
        if operator == "lte":
            return number <= bounds[0]
        if operator == "between":
            return bounds[0] <= number <= bounds[1]
    text = actual.lower()
    if operator == "eq":
        return text == value.lower()
    if operator == "in":
        return text in [w.lower() for w in wanted]
    if operator == "contains":
        return value.lower() in text
    if operator == "prefix":
        return text.startswith(value.lower())
    raise ValueError(operator)


def optional(cell: str) -> Decimal | None:
    """A number, or nothing."""
    return Decimal(cell) if cell else None


@dataclass
class Scorer:
    """One lead under one version; whatever happened up to `as_of` is known."""

    agreement: Agreement
    history: History
    visits: frozenset[str]
    zone: ZoneInfo = TOKYO
    _ledger: list[Given] | None = field(default=None, repr=False)
    # by the identity of a row: the same question is asked at every moment
    _events: dict[int, list[Event]] = field(default_factory=dict, repr=False)

    # --- conditions ------------------------------------------------------------------------------

    def lead_says(self, condition: Cells) -> bool | None:
        """What the lead's attributes say to a condition."""
        name = condition["field"]
        actual = self.history.lead.attributes.get(name)
        return holds(condition["operator"], condition["value"], actual, is_number=name in _NUMBERS)

    def is_shown_by(self, condition: Cells, event: Event) -> bool:
        """Does this event meet the condition?"""
        subject = condition["subject"]
        if subject == "visit":
            is_meant = event.kind in self.visits
        else:
            is_meant = subject in ("any_activity", event.kind)
        actual = event.value(condition["field"]) if is_meant else None
        return is_meant and holds(condition["operator"], condition["value"], actual) is True

    def events_for(self, condition: Cells) -> list[Event]:
        """The events that meet a condition, in their order."""
        if id(condition) not in self._events:
            found = [e for e in self.history.events if self.is_shown_by(condition, e)]
            self._events[id(condition)] = sorted(found, key=lambda e: (e.at, e.activity_id))
        return self._events[id(condition)]

    def day(self, at: datetime) -> date:
        """The local day."""
        return at.astimezone(self.zone).date()

    def session_of(self, event: Event) -> str | None:
        """Its own; else, where it is part of a visit, that of the first visit of the day that had begun."""
        if event.session_id or event.kind not in self.visits:
            return event.session_id
        begun = [
            (e.at, e.session_id)
            for e in self.history.events
            if e.kind in self.visits
            and e.session_id
            and e.at <= event.at
            and self.day(e.at) == self.day(event.at)
        ]
        return min(begun)[1] if begun else None

    def thing(self, distinct_by: str, event: Event) -> Key:
        """What is counted once. Without a session the day stands for it; events that name no content are one."""
        if distinct_by == "day":
            return (self.day(event.at),)
        if distinct_by == "session":
            return (self.session_of(event) or str(self.day(event.at)),)
        if distinct_by == "content":
            names = (event.fields.get(n) for n in ("content_id", "content_name", "url"))
            return (next((n for n in names if n is not None), None),)
        if distinct_by == "lead":
            return ()
        return (event.activity_id,)

    # --- points ----------------------------------------------------------------------------------

    def firings(self) -> list[Firing]:
        """Each time a rule fired, in order, before caps."""
        found = [f for rule in self.agreement.rules for f in self._firings_of(rule)]
        return sorted(found, key=lambda f: f.order)

    def _firings_of(self, rule: Cells) -> Iterator[Firing]:
        if rule["subject"] == "lead":
            if self.lead_says(rule):
                yield Firing(rule, self.history.lead.created_at, None)
            return
        for event in self.first_of_each(rule.get("distinct_by", ""), self.events_for(rule)):
            yield Firing(rule, event.at, event.activity_id)

    def first_of_each(self, distinct_by: str, events: Iterable[Event]) -> Iterator[Event]:
        """A rule that counts a thing once does not fire for it again."""
        seen: set[Key] = set()
        for event in events:
            thing = self.thing(distinct_by, event)
            if thing not in seen:
                seen.add(thing)
                yield event

    def ledger(self) -> list[Given]:
        """Each firing with what it gave and what a cap took."""
        if self._ledger is None:
            firings = self.firings()
            asked = [Decimal(f.rule["points"]) for f in firings]
            given = self.cap_rules(firings, asked)
            given = self.cap_groups(firings, given)
            given = self.cap_total(given)
            self._ledger = [
                Given(f, g, a - g) for f, a, g in zip(firings, asked, given, strict=True)
            ]
        return self._ledger

    def period(self, rule: Cells, at: datetime) -> Key:
        """The period of a rule's cap in which an instant lies."""
        day = self.day(at)
        return {"day": (day,), "month": (day.year, day.month), "total": ()}[rule["cap_period"]]

    def cap_rules(self, firings: Sequence[Firing], points: Sequence[Decimal]) -> list[Decimal]:
        """No rule gives more than its cap in a period."""
        return _capped(
            points,
            [optional(f.rule["cap_points"]) for f in firings],
            [
                (f.rule["rule_id"], *self.period(f.rule, f.at)) if f.rule["cap_points"] else ()
                for f in firings
            ],
        )

    def cap_groups(self, firings: Sequence[Firing], points: Sequence[Decimal]) -> list[Decimal]:
        """No group gives more than its cap."""
        caps = [optional(f.rule["group_cap_points"]) for f in firings]
        return _capped(points, caps, [(f.rule["rule_group"],) for f in firings])

    def cap_total(self, points: Sequence[Decimal]) -> list[Decimal]:
        """No score is more than the scorecard's cap."""
        return _capped(points, [self.agreement.total_cap] * len(points), [()] * len(points))

    def left(self, given: Given, at: datetime) -> float | Decimal:
        """What decay has left of the points some time later."""
        decay = given.firing.rule["decay"]
        if decay == "none":
            return given.points
        age = (at - given.firing.at) / _DAY
        days = int(given.firing.rule["decay_days"])
        if decay == "half_life":
            return float(given.points) * 0.5 ** (age / days)
        if decay == "linear":
            return float(given.points) * max(0.0, 1 - age / days)
        if decay == "step":
            return given.points if age < days else NOTHING
        raise ValueError(decay)

    def score(self, at: datetime, axis: str = "total") -> float:
        """The points at an instant, on one axis or in all."""
        exact, fading = NOTHING, 0.0
        for given in self.ledger():
            if given.firing.at <= at and axis in ("total", given.firing.rule["axis"]):
                left = self.left(given, at)
                if isinstance(left, Decimal):
                    exact += left
                else:
                    fading += left
        return float(exact) + fading

    def lost(self, at: datetime) -> float:
        """The points lost to caps up to an instant."""
        return float(sum((g.lost for g in self.ledger() if g.firing.at <= at), NOTHING))

    def hoped_for(self) -> Decimal:
        """What rules on attributes that we do not know could give; none gives more than its cap."""
        hoped = NOTHING
        for rule in self.agreement.rules:
            if rule["subject"] == "lead" and self.lead_says(rule) is None:
                points, cap = Decimal(rule["points"]), optional(rule["cap_points"])
                hoped += max(NOTHING, points if cap is None else min(points, cap))
        return hoped

    def max_possible_score(self, at: datetime) -> float:
        """The score if all that is unknown were as hoped; the cap on all holds for what could be as well."""
        score, cap = self.score(at), self.agreement.total_cap
        possible = score + float(self.hoped_for())
        return possible if cap is None else max(score, min(possible, float(cap)))

    # --- instants --------------------------------------------------------------------------------

    def is_blocked(self) -> bool:
        """Such a lead walks no path."""
        return any(
            self.lead_says(row) is True
            for row in self.agreement.disqualifiers
            if row["blocks_qualification"] == "true"
        )

    def criterion_holds(self, row: Cells, at: datetime) -> bool:
        """Does one criterion hold at an instant?"""
        subject = row["subject"]
        if subject == "lead":
            return self.lead_says(row) is True
        if subject == "stage_change":
            return any(change.at <= at for change in self.changes_for(row))
        if subject == "score":
            return self.score_is(row, at)
        things = {
            self.thing(row["distinct_by"], event)
            for event in self.events_for(row)
            if event.at <= at and self.in_window(row["window_days"], event.at, at)
        }
        return len(things) >= int(row["min_count"] or 1)

    def in_window(self, days: str, event_at: datetime, at: datetime) -> bool:
        """Exactly so many days ago is within so many days."""
        return not days or at - event_at <= int(days) * _DAY

    def changes_for(self, row: Cells) -> list[StageChange]:
        """The recorded changes that a criterion asks for."""
        changes = self.history.changes
        return [c for c in changes if holds(row["operator"], row["value"], c.to_stage)]

    def score_is(self, row: Cells, at: datetime) -> bool:
        """Is the score in bounds? It is looked at when points are given: before the first ones no bound holds, and a
        score that only fades changes nothing."""
        looked_at = [m for m in self.moments_of_points(row["field"]) if m <= at]
        if not looked_at:
            return False
        score = self.score(max(looked_at), row["field"])
        rounded = Decimal(repr(round(score, _DECIMALS)))
        return holds(row["operator"], row["value"], str(rounded), is_number=True) is True

    def moments_of_points(self, axis: str) -> list[datetime]:
        """When points were given, on one axis or in all."""
        return [g.firing.at for g in self.ledger() if axis in ("total", g.firing.rule["axis"])]

    def facts(self, row: Cells) -> list[datetime]:
        """The moments at which something happened that a criterion looks at.

        Where things are counted, only the first event of a thing on a local day is a new fact.
        """
        if row["subject"] == "lead":
            return []
        if row["subject"] == "score":
            return self.moments_of_points(row["field"])
        if row["subject"] == "stage_change":
            return [c.at for c in self.changes_for(row)]
        events = self.events_for(row)
        if int(row["min_count"] or 1) == 1 or row["distinct_by"] in ("", "event"):
            return [e.at for e in events]
        first_of_day: dict[Key, datetime] = {}
        for event in events:
            thing = (self.thing(row["distinct_by"], event), self.day(event.at))
            first_of_day.setdefault(thing, event.at)
        return list(first_of_day.values())

    def episodes(self) -> list[tuple[datetime, datetime]]:
        """From one return to the next; two returns of a day are one, and its own moment still belongs to what it ends."""
        moments = [e.at for e in self.history.events if e.kind == "returned"]
        moments += [c.at for c in self.history.changes if c.to_stage == "returned"]
        first_of_day: dict[date, datetime] = {}
        for at in sorted(moments):
            first_of_day.setdefault(self.day(at), at)
        bounds = [_BEFORE_ANYTHING, *first_of_day.values(), _NEVER]
        return list(pairwise(bounds))

    def paths(self) -> dict[tuple[str, str], list[Cells]]:
        """The criteria of each path of each stage."""
        found: dict[tuple[str, str], list[Cells]] = defaultdict(list)
        for row in self.agreement.criteria:
            found[row["stage"], row["path"]].append(row)
        return found

    def _moments(
        self, rows: Sequence[Cells], after: datetime, until: datetime, *, is_first: bool
    ) -> list[datetime]:
        """When a path is looked at in an episode: at its facts, and in the first when the lead comes."""
        facts = {at for row in rows for at in self.facts(row)}
        if is_first:
            facts.add(self.history.lead.created_at)
        return sorted(at for at in facts if after < at <= until)

    def qualifications(
        self, begins: datetime = _BEFORE_ANYTHING, ends: datetime = _NEVER
    ) -> list[Qualification]:
        """The first moment of each episode at which each stage's definition held, with the path that did it.

        A path is looked at when the lead comes and at every fact that one of its criteria looks at; after a return only a
        fact counts. A version that holds from one instant up to another takes in whoever meets it as it begins, in the
        first episode.
        """
        found: dict[tuple[int, str], tuple[datetime, str]] = {}
        if self.is_blocked():
            return []
        for (stage, path), rows in self.paths().items():
            facts = [at for row in rows for at in self.facts(row)]
            known_from = min([self.history.lead.created_at, *facts])
            for number, (after, until) in enumerate(self.episodes(), start=1):
                moments = self._moments(rows, after, until, is_first=number == 1)
                if number == 1 and known_from < begins <= until:
                    moments = sorted({*moments, begins})
                for at in moments:
                    if begins <= at < ends and all(self.criterion_holds(row, at) for row in rows):
                        key = (number, stage)
                        found[key] = min(found.get(key, (at, path)), (at, path))
                        break
        return [Qualification(n, stage, path, at) for (n, stage), (at, path) in found.items()]


ScorerType = Callable[[Agreement, History, frozenset[str]], Scorer]


def _capped(
    points: Sequence[Decimal], caps: Sequence[Decimal | None], buckets: Sequence[Key]
) -> list[Decimal]:
    """What is given of each: the step of the running total, which goes no higher than the cap."""
    running: dict[Key, Decimal] = defaultdict(lambda: NOTHING)
    given = []
    for asked, cap, bucket in zip(points, caps, buckets, strict=True):
        if cap is None:
            given.append(asked)
            continue
        before = running[bucket]
        running[bucket] = before + asked
        given.append(min(before + asked, cap) - min(before, cap))
    return given
