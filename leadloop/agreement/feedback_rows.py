"""Rows of the seeds about feedback: what becomes of returned leads, and what counts as a trait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from leadloop.agreement.account_rows import each_of
from leadloop.agreement.cells import (
    LARGEST_COUNT,
    Identifier,
    Number,
    OptionalCount,
    OptionalText,
    Text,
    fault,
    one_of,
    read_number,
)
from leadloop.agreement.findings import Problem
from leadloop.agreement.row import SeedRow
from leadloop.agreement.rule_language import ACTIVITY_SUBJECTS, RETURN_REASONS

REASON_GROUPS = ("timing", "wrong_fit", "unreachable", "not_a_prospect", "other")
FOLLOW_UPS = ("nurture", "exclude")
# what no reason knows has a policy of its own
POLICY_REASONS = (*RETURN_REASONS, "unclassified")
BANDED_TRAITS = ("size_band", "score_band", "recency_band")


def _share(value: str) -> None:
    if not 0 < read_number(value) < 1:
        raise fault("out_of_range", value, low="0", high="1")


def _records(value: str) -> None:
    records = read_number(value)
    if records != int(records) or not 1 <= records <= LARGEST_COUNT:
        raise fault("not_a_count", value)


# each term with its unit and what its value may be
_TERMS: dict[str, tuple[str, Callable[[str], None]]] = {
    "worked_events": ("subjects", each_of(ACTIVITY_SUBJECTS)),
    "own_events": ("subjects", each_of(ACTIVITY_SUBJECTS)),
    "content_events": ("subjects", each_of(ACTIVITY_SUBJECTS)),
    "trait_false_discovery": ("rate", _share),
    "trait_least_records": ("records", _records),
}
FEEDBACK_TERMS = tuple(_TERMS)


class FeedbackTerm(SeedRow):
    """What counts when the score is held against its results."""

    term: Annotated[str, one_of(FEEDBACK_TERMS)]
    value: Text
    unit: Annotated[str, one_of(tuple(dict.fromkeys(unit for unit, _ in _TERMS.values())))]
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        unit, check = _TERMS[self.term]
        if self.unit != unit:
            yield Problem("unknown_value", "unit", self.unit, (unit,), unit)
        try:
            check(self.value)
        except PydanticCustomError as error:
            found: dict[str, Any] = error.context or {}
            yield Problem(
                error.type,
                "value",
                found["value"],
                found["allowed"],
                found["nearest"],
                found["params"],
            )


class ReturnPolicy(SeedRow):
    """What happens to a lead that sales gave back for a reason."""

    reason_code: Annotated[str, one_of(POLICY_REASONS)]
    reason_group: Annotated[str, one_of(REASON_GROUPS)]
    follow_up: Annotated[str, one_of(FOLLOW_UPS)]
    cool_down_days: OptionalCount
    reason: OptionalText


class TraitBand(SeedRow):
    """Where a band of a trait that is a number begins."""

    trait: Annotated[str, one_of(BANDED_TRAITS)]
    band: Identifier
    from_value: Number
    label_ja: Text
    label_en: Text
    reason: OptionalText
