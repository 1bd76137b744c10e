"""Rows of the seed that says which events are no interest of a lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from leadloop.agreement.cells import (
    Count,
    Identifier,
    OptionalCount,
    Text,
    one_of,
    one_of_or_empty,
)
from leadloop.agreement.condition import Condition
from leadloop.agreement.findings import Problem
from leadloop.agreement.rule_language import ACTIVITY_SUBJECTS, ACTIVITY_TYPES

# what each kind needs beside its condition; every other column of these stays empty
_NEEDS: dict[str, tuple[str, ...]] = {
    "too_soon": ("after_event", "within_seconds"),
    "burst": ("within_seconds", "min_count"),
    "match_activity": (),
    "match_lead": (),
}
FILTER_KINDS = tuple(_NEEDS)


class TrafficFilter(Condition):
    """Which events leave score and credit, and why."""

    filter_id: Identifier
    position: Count
    kind: Annotated[str, one_of(FILTER_KINDS)]
    subject: Annotated[str, one_of(("lead", *ACTIVITY_SUBJECTS))]
    after_event: Annotated[str | None, one_of_or_empty(ACTIVITY_TYPES)]
    within_seconds: OptionalCount
    min_count: OptionalCount
    label_ja: Text
    label_en: Text
    # shown to whoever asks why an event does not count
    reason: Text

    def problems(self) -> Iterator[Problem]:
        subjects = ("lead",) if self.kind == "match_lead" else ACTIVITY_SUBJECTS
        if self.subject not in subjects:
            # the condition would be judged by the fields of the wrong thing
            params: dict[str, object] = {"kind": self.kind}
            yield Problem("subject_not_for_kind", "subject", self.subject, subjects, params=params)
            return
        yield from super().problems()
        for column in ("after_event", "within_seconds", "min_count"):
            is_needed = column in _NEEDS[self.kind]
            is_given = getattr(self, column) is not None
            if is_needed != is_given:
                code = "kind_needs" if is_needed else "not_for_kind"
                yield Problem(code, column, params={"kind": self.kind, "column": column})
        if self.kind == "burst" and self.min_count == 1:
            yield Problem("burst_of_one", "min_count", "1")
        if self.kind == "match_activity" and self.subject == "any_activity" and not self.field:
            yield Problem("filter_takes_all", "field")
