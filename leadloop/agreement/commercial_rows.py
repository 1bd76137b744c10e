"""Rows of the seeds about duties, targets, credit, channels and money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from leadloop.agreement.cells import (
    Count,
    Currency,
    Day,
    Flag,
    Identifier,
    Number,
    OptionalDay,
    OptionalPositive,
    OptionalRate,
    OptionalText,
    Positive,
    Rate,
    Text,
    one_of,
)
from leadloop.agreement.findings import Problem
from leadloop.agreement.row import SeedRow, reversed_validity
from leadloop.agreement.rule_language import ACTIVITY_TYPES, STAGES

DUTIES = ("marketing", "inside_sales", "sales")
TIMED_UNITS = ("hours", "business_hours", "business_days", "weekday")
# what is held against a definition, the fields of handoff_fields, or the month's row of targets
UNITS = (*TIMED_UNITS, "definition", "fields", "monthly_count", "monthly_rate")
# what a lead can bring along to sales; macros/handoff/fields.sql has the same list
HANDOFF_FIELDS = (
    "company_name",
    "full_name",
    "email",
    "job_title",
    "job_level",
    "department",
    "industry",
    "employee_count",
    "country",
    "prefecture",
    "product",
    "campaign",
    "content",
)
# a change of a deal is no activity of a lead, yet a duty may end with it
SLA_EVENTS = (*STAGES, "deal_updated", *(t for t in ACTIVITY_TYPES if t not in STAGES))
# the instants of a hand-over, in their order; macros/handoff/clocks.sql has the same list
HANDOFF_EVENTS = (
    "mql",
    "sql",
    "handoff_listed",
    "handoff_synced",
    "handoff_assigned",
    "first_contact",
    "opportunity",
    "won",
    "lost",
    "returned",
)
_CLOCKED = tuple(
    (start, end)
    for place, start in enumerate(HANDOFF_EVENTS)
    for end in HANDOFF_EVENTS[place + 1 :]
)
_MEASURABLE: dict[str, tuple[tuple[str, str], ...]] = {
    "hours": _CLOCKED,
    "business_hours": _CLOCKED,
    "business_days": _CLOCKED,
    "weekday": (("opportunity", "deal_updated"),),
    "definition": (("lead", "mql"), ("mql", "sql")),
    "fields": tuple((start, end) for start, end in _CLOCKED if end.startswith("handoff_")),
    "monthly_count": (
        ("lead", "lead"),
        ("lead", "mql"),
        ("mql", "sql"),
        ("sql", "opportunity"),
        ("opportunity", "won"),
    ),
    "monthly_rate": (
        ("lead", "mql"),
        ("mql", "sql"),
        ("sql", "opportunity"),
        ("sql", "won"),
        ("sql", "returned"),
    ),
}
COUNT_METRICS = ("leads", "mqls", "sqls", "opportunities", "won", "returned", "won_amount")
RATE_METRICS = (
    "mql_rate",
    "sql_rate",
    "meeting_rate",
    "win_rate_decided",
    "win_rate_cohort",
    "return_rate",
)
DIMENSIONS = (
    "all",
    "channel",
    "campaign",
    "content",
    "industry",
    "job_level",
    "product",
    "segment",
    "owner_id",
)
POSITIONS = (
    "first",
    "last",
    "lead_creation",
    "mql",
    "sql",
    "opportunity",
    "source",
    "each",
    "each_until_opportunity",
    "middle",
    "decay",
)
# models that the data make and no row describes
FITTED_MODELS = ("markov", "shapley")


class FrameworkElement(SeedRow):
    """An element of a hearing framework, in its place."""

    framework: Identifier
    position: Count
    element: Text
    question: Identifier
    required_for_sql: Flag
    is_gate: Flag
    label_ja: Text
    label_en: Text


class SlaTerm(SeedRow):
    """A duty with its limit."""

    term_id: Identifier
    duty_of: Annotated[str, one_of(DUTIES)]
    from_event: Annotated[str, one_of(SLA_EVENTS)]
    to_event: Annotated[str, one_of(SLA_EVENTS)]
    limit_value: OptionalPositive
    unit: Annotated[str, one_of(UNITS)]
    target_rate: OptionalRate
    valid_from: Day
    valid_to: OptionalDay
    label_ja: Text
    label_en: Text
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        yield from reversed_validity(self.valid_from, self.valid_to)
        limit = self.limit_value
        if self.unit not in TIMED_UNITS:
            if limit is not None:
                yield Problem("limit_not_allowed", "limit_value", f"{limit:g}")
        elif limit is None:
            yield Problem("limit_missing", "limit_value", params={"unit": self.unit})
        elif self.unit == "weekday" and limit not in range(1, 8):
            yield Problem("not_a_weekday", "limit_value", f"{limit:g}")
        elif self.unit == "business_days" and limit != int(limit):
            yield Problem("not_a_count", "limit_value", f"{limit:g}")
        yield from self._unmeasurable()

    def _unmeasurable(self) -> Iterator[Problem]:
        """A duty that no model can hold against the events."""
        allowed = _MEASURABLE[self.unit]
        if (self.from_event, self.to_event) not in allowed:
            nearest = next((end for start, end in allowed if start == self.from_event), None)
            ends = tuple(dict.fromkeys(end for _, end in allowed))
            yield Problem("unmeasurable_term", "to_event", self.to_event, ends, nearest)


class HandoffField(SeedRow):
    """A field that has to be filled when a lead is handed over."""

    field: Annotated[str, one_of(HANDOFF_FIELDS)]
    label_ja: Text
    label_en: Text
    reason: OptionalText


class Target(SeedRow):
    """What a metric should come to in a month."""

    metric: Annotated[str, one_of((*COUNT_METRICS, *RATE_METRICS))]
    dimension: Annotated[str, one_of(DIMENSIONS)]
    value: Text
    valid_from: Day
    valid_to: OptionalDay
    target: Number
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        yield from reversed_validity(self.valid_from, self.valid_to)
        if (self.dimension == "all") != (self.value == "all"):
            yield Problem("all_only", "value", self.value)
        high = 1.0 if self.metric in RATE_METRICS else float("inf")
        if not 0 <= self.target <= high:
            bounds: dict[str, object] = {"low": "0", "high": "1" if high == 1 else "∞"}
            yield Problem("out_of_range", "target", f"{self.target:g}", params=bounds)


class AttributionWeight(SeedRow):
    """The share of a deal that a position of a touch earns."""

    model: Identifier
    position: Annotated[str, one_of(POSITIONS)]
    weight: Rate
    half_life_days: OptionalPositive
    label_ja: Text
    label_en: Text
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        if self.position == "decay" and self.half_life_days is None:
            yield Problem("half_life_missing", "half_life_days")
        if self.position != "decay" and self.half_life_days is not None:
            yield Problem("half_life_not_allowed", "half_life_days")
        if self.model in FITTED_MODELS:
            yield Problem("fitted_model", "model", self.model)


class Channel(SeedRow):
    """A channel and its group."""

    channel: Identifier
    channel_group: Identifier
    is_paid: Flag
    label_ja: Text
    label_en: Text


class CurrencyRate(SeedRow):
    """What a unit of a currency is worth."""

    currency: Currency
    valid_from: Day
    valid_to: OptionalDay
    base_currency: Currency
    rate: Positive
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        yield from reversed_validity(self.valid_from, self.valid_to)
