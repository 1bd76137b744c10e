"""Rows of the seeds that make up a scorecard version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from leadloop.agreement.cells import (
    Count,
    Flag,
    Grade,
    Identifier,
    Number,
    OptionalCap,
    OptionalCount,
    OptionalDay,
    OptionalIdentifier,
    OptionalText,
    Text,
    one_of,
    one_of_or_empty,
)
from leadloop.agreement.condition import Comparison, Condition
from leadloop.agreement.findings import Problem
from leadloop.agreement.row import SeedRow, reversed_validity
from leadloop.agreement.rule_language import (
    ACTIVITY_SUBJECTS,
    AXES,
    CAP_PERIODS,
    CRITERION_SUBJECTS,
    DECAYS,
    DISQUALIFIER_SUBJECTS,
    DISTINCT_BY,
    EVERY_LEAD,
    QUALIFYING_STAGES,
    ROLES,
    RULE_DISTINCT_BY,
    RULE_SUBJECTS,
    STAGES,
    STATUSES,
    STATUSES_IN_FORCE,
)

Axis = Annotated[str, one_of(AXES)]


class Scorecard(SeedRow):
    """A version: what it is for, when it holds, who agreed."""

    version: Identifier
    status: Annotated[str, one_of(STATUSES)]
    valid_from: OptionalDay
    valid_to: OptionalDay
    segment: Identifier
    total_cap_points: OptionalCap
    proposed_by: Text
    approved_by_marketing: OptionalText
    approved_by_sales: OptionalText
    reason: Text
    expected_effect: OptionalText

    @property
    def is_in_force(self) -> bool:
        """Does it hold, or did it once?"""
        return self.status in STATUSES_IN_FORCE

    def problems(self) -> Iterator[Problem]:
        yield from reversed_validity(self.valid_from, self.valid_to)
        if not self.is_in_force:
            return
        if self.valid_from is None:
            yield Problem("required", "valid_from")
        for column in ("approved_by_marketing", "approved_by_sales"):
            if getattr(self, column) is None:
                yield Problem("approval_missing", column, params={"status": self.status})
        if self.status == "retired" and self.valid_to is None:
            yield Problem("retired_without_end", "valid_to")


class Segment(Comparison):
    """Leads that a scorecard of their own can be made for."""

    segment: Identifier
    position: Count
    label_ja: Text
    label_en: Text
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.segment == EVERY_LEAD:
            yield Problem("reserved_segment", "segment", self.segment)


class ScoringRule(Condition):
    """Points for a condition."""

    version: Identifier
    rule_id: Identifier
    axis: Axis
    subject: Annotated[str, one_of(RULE_SUBJECTS)]
    points: Number
    distinct_by: Annotated[str | None, one_of_or_empty(RULE_DISTINCT_BY)]
    cap_points: OptionalCap
    cap_period: Annotated[str | None, one_of_or_empty(CAP_PERIODS)]
    rule_group: OptionalIdentifier
    group_cap_points: OptionalCap
    decay: Annotated[str, one_of(DECAYS)]
    decay_days: OptionalCount
    label_ja: Text
    label_en: Text
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from self._cap_problems()
        if self.subject == "lead" and self.distinct_by is not None:
            yield Problem("distinct_on_attribute", "distinct_by", self.distinct_by)
        if self.decay == "none":
            if self.decay_days is not None:
                yield Problem("days_without_decay", "decay_days")
        elif self.subject == "lead":
            yield Problem("decay_on_attribute", "decay", self.decay)
        elif self.decay_days is None:
            yield Problem("decay_without_days", "decay_days", params={"decay": self.decay})

    def _cap_problems(self) -> Iterator[Problem]:
        if self.cap_points is not None and self.cap_period is None:
            yield Problem("cap_without_period", "cap_period", allowed=CAP_PERIODS)
        if self.cap_points is None and self.cap_period is not None:
            yield Problem("period_without_cap", "cap_points")
        if self.points < 0 and self.cap_points is not None:
            yield Problem("cap_on_negative_points", "cap_points")
        if self.group_cap_points is not None and self.rule_group is None:
            yield Problem("group_cap_without_group", "rule_group")


class Criterion(Condition):
    """One criterion of a path to a stage, or to a status of the company's own."""

    version: Identifier
    stage: Identifier
    path: Identifier
    criterion: Identifier
    role: Annotated[str | None, one_of_or_empty(ROLES)]
    subject: Annotated[str, one_of(CRITERION_SUBJECTS)]
    min_count: OptionalCount
    distinct_by: Annotated[str | None, one_of_or_empty(DISTINCT_BY)]
    window_days: OptionalCount
    label_ja: Text
    label_en: Text
    reason: OptionalText

    @property
    def is_status(self) -> bool:
        """Is it the company's own, and no stage of the funnel?"""
        return self.stage not in QUALIFYING_STAGES

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from self._stage_problems()
        if self.subject not in ACTIVITY_SUBJECTS:
            for column in ("min_count", "distinct_by", "window_days"):
                if getattr(self, column) is not None:
                    yield Problem("count_on_attribute", column, params={"subject": self.subject})
        elif self.distinct_by is not None and self.min_count is None:
            yield Problem("distinct_without_count", "min_count")

    def _stage_problems(self) -> Iterator[Problem]:
        meant = self.stage.lower()
        if self.is_status and meant in STAGES:
            nearest = meant if meant in QUALIFYING_STAGES else None
            yield Problem("reserved_stage", "stage", self.stage, nearest=nearest)
        elif self.role == "stay" and not self.is_status:
            yield Problem("stay_on_stage", "role", params={"stage": self.stage})
        elif (self.role == "stay") != (self.path == "stay"):
            yield Problem("stay_path", "path", self.path)


class Disqualifier(Condition):
    """Who is left out whatever the score, or marked as not to be contacted."""

    version: Identifier
    disqualifier_id: Identifier
    subject: Annotated[str, one_of(DISQUALIFIER_SUBJECTS)]
    # false: only shown, e.g. an opt-out, which must not rewrite what the lead was before
    blocks_qualification: Flag
    label_ja: Text
    label_en: Text
    # shown to whoever asks why a lead is not called
    reason: Text


class ScoreGrade(SeedRow):
    """The lowest score of a grade."""

    version: Identifier
    axis: Axis
    grade: Grade
    min_score: Number
