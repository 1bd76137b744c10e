"""The reference itself against sums done by hand, and the random companies against `leadloop check`'s limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reference.generate import RuleSet, companies, rule_sets
from tests.reference.scorer import (
    Agreement,
    Event,
    History,
    Lead,
    Qualification,
    Scorer,
    StageChange,
    holds,
    optional,
)
from tests.reference.trial import Trial, full_rows, visit_types

MIDNIGHT = datetime(2024, 3, 31, 15, tzinfo=UTC)  # in Tokyo, and a month begins
DAY = timedelta(days=1)

_RULE = {"subject": "page_view", "field": "", "operator": "exists", "value": "", "points": "10"}
_RULE |= {"axis": "engagement", "decay": "none", "rule_id": "r"}


def _scorer(*moments: datetime, total_cap: str = "", criteria: Any = (), **rule: str) -> Scorer:
    events = [Event("L", f"a{i}", "page_view", at, {}) for i, at in enumerate(moments)]
    rules = full_rows([_RULE | rule], "scoring_rules")
    agreement = Agreement(
        "v", rules, full_rows(criteria, "stage_definitions"), (), optional(total_cap)
    )
    lead = Lead("L", MIDNIGHT - DAY, {})
    return Scorer(agreement, History(lead, events), visit_types())


@pytest.mark.parametrize(
    ("operator", "value", "actual", "is_number", "state"),
    [
        ("eq", "Tokyo", "tokyo", False, True),
        ("eq", "7", "007", False, False),
        ("eq", "100.0", "100", True, True),
        ("in", "a|b", "B", False, True),
        ("in", "a|b", "a|b", False, False),
        ("in", "99|100.0", "100", True, True),
        ("between", "99.5|100", "100", True, True),
        ("lte", "100", "101", True, False),
        ("contains", "%", "100% off", False, True),
        ("prefix", "b", "ab", False, False),
        ("exists", "", None, False, None),
        ("eq", "a", None, False, None),
        ("unknown", "", None, False, True),
        ("unknown", "", "a", False, False),
    ],
)
def test_what_a_condition_says(
    operator: str, value: str, actual: str | None, is_number: bool, state: bool | None
) -> None:
    assert holds(operator, value, actual, is_number=is_number) is state


def test_a_monthly_cap_begins_anew_at_midnight_in_tokyo() -> None:
    before, after = MIDNIGHT - timedelta(seconds=1), MIDNIGHT
    one = _scorer(before, before, after, cap_points="15", cap_period="month")
    assert [float(g.points) for g in one.ledger()] == [10, 5, 10]
    assert one.lost(after) == 5


def test_a_total_cap_takes_what_the_rules_gave() -> None:
    one = _scorer(MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT + 2 * DAY, total_cap="12.5")
    assert [one.score(MIDNIGHT + n * DAY) for n in range(3)] == [10, 12.5, 12.5]


@pytest.mark.parametrize(
    ("decay", "left"), [("half_life", 2.5), ("linear", 0.0), ("step", 0.0), ("none", 10.0)]
)
def test_what_decay_leaves(decay: str, left: float) -> None:
    one = _scorer(MIDNIGHT, decay=decay, decay_days="" if decay == "none" else "2")
    assert one.score(MIDNIGHT) == 10
    assert one.score(MIDNIGHT + 4 * DAY) == left


def test_a_thing_counts_the_first_time() -> None:
    one = _scorer(MIDNIGHT, MIDNIGHT + DAY / 2, MIDNIGHT + DAY, distinct_by="day")
    assert [g.firing.at for g in one.ledger()] == [MIDNIGHT, MIDNIGHT + DAY]


@pytest.mark.parametrize(
    ("later", "qualifies"), [(timedelta(0), True), (timedelta(seconds=1), False)]
)
def test_day_thirty_is_within_thirty_days(later: timedelta, qualifies: bool) -> None:
    row = {"subject": "visit", "operator": "exists", "min_count": "2", "window_days": "30"}
    second = MIDNIGHT + 30 * DAY + later
    one = _scorer(MIDNIGHT, second, criteria=[row | {"stage": "mql", "path": "p"}])
    assert one.qualifications() == ([Qualification(1, "mql", "p", second)] if qualifies else [])


@pytest.mark.parametrize("operator", ["lte", "gte"])
def test_who_was_never_given_points_meets_no_score(operator: str) -> None:
    score = {"subject": "score", "field": "total", "operator": operator, "value": "0"}
    row = {"subject": "page_view", "operator": "exists"}
    criteria = [one | {"stage": "mql", "path": "p"} for one in (score, row)]
    one = _scorer(MIDNIGHT, subject="doc_download", criteria=criteria)
    assert one.qualifications() == []


@pytest.mark.parametrize(
    ("distinct_by", "again"),
    [("event", DAY / 4), ("day", DAY), ("session", DAY), ("content", DAY)],
)
def test_a_thing_seen_that_day_is_no_new_fact_after_a_return(
    distinct_by: str, again: timedelta
) -> None:
    row = {"subject": "page_view", "operator": "exists", "min_count": "2"}
    row |= {"distinct_by": distinct_by, "stage": "mql", "path": "p"}
    views = [(MIDNIGHT - DAY, "s1"), (MIDNIGHT, "s2"), (MIDNIGHT + DAY / 4, "s2")]
    views.append((MIDNIGHT + DAY, "s2"))
    events = [
        Event("L", f"a{i}", "page_view", at, {"content_id": session}, session)
        for i, (at, session) in enumerate(views)
    ]
    returned = StageChange("L", "returned", MIDNIGHT + DAY / 8)
    agreement = Agreement("v", (), full_rows([row], "stage_definitions"))
    history = History(Lead("L", MIDNIGHT - DAY, {}), events, [returned])
    found = Scorer(agreement, history, visit_types()).qualifications()
    assert [(q.episode_no, q.at) for q in found] == [(1, MIDNIGHT), (2, MIDNIGHT + again)]


@settings(max_examples=150, deadline=None)
@given(rule_sets, companies, st.integers(0, 60))
def test_nothing_that_comes_later_counts(rules: RuleSet, company: Any, days: int) -> None:
    """Of the reference itself: cut off at an instant it says what it said."""
    at = company.history.lead.created_at + days * DAY
    trial = Trial({"v": rules.named("v")}, [company])
    whole = trial.scorer(company.history.lead.lead_id, "v")
    cut = Scorer(whole.agreement, whole.history.up_to(at), whole.visits)
    assert cut.score(at) == whole.score(at)
    known = [q for q in whole.qualifications() if q.at <= at]
    assert [q for q in cut.qualifications() if q.at <= at] == known


@settings(max_examples=150, deadline=None)
@given(rule_sets, companies)
def test_no_score_is_above_the_total_cap(rules: RuleSet, company: Any) -> None:
    trial = Trial({"v": rules.named("v")}, [company])
    one = trial.scorer(company.history.lead.lead_id, "v")
    asked = sum(float(f.rule["points"]) for f in one.firings())
    given_in_all = sum(float(g.points) for g in one.ledger())
    assert given_in_all + sum(float(g.lost) for g in one.ledger()) == pytest.approx(asked)
    if rules.total_cap:
        assert given_in_all <= float(rules.total_cap) + 1e-9
