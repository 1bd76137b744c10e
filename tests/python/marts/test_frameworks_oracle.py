"""A hearing read by hand: plain Python over the published events and the shipped seed; the marts must agree."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from leadloop.settings import PROJECT_ROOT
from tests.conftest import Built

_SEED = PROJECT_ROOT / "seeds" / "agreement" / "frameworks.csv"
_KNOWN = {"confirmed", "denied", "partly"}
_ANSWERS = _KNOWN | {"unknown"}


@dataclass(frozen=True)
class _Answer:
    at: datetime
    activity_id: str
    question: str
    state: str
    evidence: str | None


def _frameworks() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with _SEED.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["framework"]].append(row)
    return {name: sorted(rows, key=lambda r: int(r["position"])) for name, rows in found.items()}


def _latest(answers: list[_Answer], before: datetime | None = None) -> dict[str, _Answer]:
    """The last answer to each question; the order of the list is the order of the hearings."""
    return {a.question: a for a in answers if before is None or a.at < before}


@pytest.fixture(scope="module")
def hearings(demo: Built) -> dict[str, list[_Answer]]:
    found: dict[str, list[_Answer]] = defaultdict(list)
    for lead_id, at, activity_id, question, answer, evidence in demo.rows(
        "select lead_id, occurred_at, activity_id, content_id, answer, content_name "
        "from marts.fct_lead_events where activity_type = 'hearing_answer' "
        "order by occurred_at, activity_id"
    ):
        state = answer if answer in _ANSWERS else "unknown"
        found[lead_id].append(_Answer(at, activity_id, question, state, evidence))
    assert len(found) > 500
    return dict(found)


def test_answers_agree_with_the_hearings(demo: Built, hearings: dict[str, list[_Answer]]) -> None:
    expected = {}
    for lead_id, answers in hearings.items():
        latest = _latest(answers)
        for framework, elements in _frameworks().items():
            for row in elements:
                answer = latest.get(row["question"])
                times = sum(a.question == row["question"] for a in answers)
                expected[lead_id, framework, row["element"]] = (
                    (answer.state, answer.evidence, answer.at, times)
                    if answer
                    else ("not_asked", None, None, 0)
                )
    marts = {
        (lead_id, framework, element): tuple(rest)
        for lead_id, framework, element, *rest in demo.rows(
            "select lead_id, framework, element, state, evidence, answered_at, answer_count "
            "from marts.fct_framework_answers"
        )
    }
    assert marts == expected
    assert {state for state, *_ in expected.values()} == {*_ANSWERS, "not_asked"}


def test_somebody_is_named_for_every_answer(demo: Built) -> None:
    """Who asked is in no published event: it comes from the exports."""
    raw = str(demo.home.raw / "activities" / "*.parquet")
    actors = {
        (lead_id, question, actor)
        for lead_id, question, actor in demo.rows(
            "select lead_id, content_id, actor from read_parquet(?) where actor is not null", raw
        )
    }
    rows = demo.rows(
        "select lead_id, question, asked_by from marts.fct_framework_answers "
        "where state <> 'not_asked' and lead_id not in "
        "(select merged_into_lead_id from read_parquet(?) where merged_into_lead_id is not null)",
        str(demo.home.raw / "leads" / "*.parquet"),
    )
    assert len(rows) > 1000
    assert [row for row in rows if row not in actors] == []


def _progress(elements: list[dict[str, str]], states: dict[str, str]) -> tuple[Any, ...]:
    """What a person with the sheet in hand would say: walk down, stop at the first shut gate."""
    known = confirmed = 0
    for row in elements:
        state = states.get(row["question"], "not_asked")
        known += state in _KNOWN
        confirmed += state == "confirmed"
    stopped_by = next_element = None
    for row in elements:
        state = states.get(row["question"], "not_asked")
        is_shut = row["is_gate"] == "true" and state != "confirmed"
        if next_element is None and (is_shut or state not in _KNOWN):
            next_element = row["element"]
        if is_shut:
            stopped_by = row["element"]
            break
    is_ready = all(
        states.get(row["question"]) == "confirmed"
        for row in elements
        if row["required_for_sql"] == "true"
    )
    return known, len(elements), confirmed, is_ready, stopped_by, next_element


def test_progress_agrees_with_the_hearings(demo: Built, hearings: dict[str, list[_Answer]]) -> None:
    expected = {}
    for lead_id, answers in hearings.items():
        states = {question: answer.state for question, answer in _latest(answers).items()}
        for framework, elements in _frameworks().items():
            expected[lead_id, framework] = _progress(elements, states)
    marts = {
        (lead_id, framework): tuple(rest)
        for lead_id, framework, *rest in demo.rows(
            "select lead_id, framework, known_count, element_count, confirmed_count, "
            "is_ready_for_sql, stopped_by, next_element from marts.mart_framework_progress"
        )
    }
    assert marts == expected
    # every framework stops somebody and lets somebody through, as far as it has a gate
    stops = {(framework, row[4]) for (_, framework), row in expected.items()}
    assert stops == {
        ("BANT", None),
        ("CHAMP", None),
        ("CHAMP", "Challenges"),
        ("ANUM", None),
        ("ANUM", "Authority"),
    }


def test_the_next_question_is_an_element_of_the_sheet(demo: Built) -> None:
    words = {
        (name, row["element"]): (row["question"], row["label_ja"], row["label_en"])
        for name, rows in _frameworks().items()
        for row in rows
    }
    rows = demo.rows(
        "select framework, next_element, next_question, next_label_ja, next_label_en, "
        "completeness, known_count, element_count from marts.mart_framework_progress"
    )
    for framework, element, question, label_ja, label_en, completeness, known, count in rows:
        expected = words[framework, element] if element else (None, None, None)
        assert (question, label_ja, label_en) == expected
        assert completeness == pytest.approx(known / count, abs=1e-12)


def test_outcomes_agree_with_the_hearings(demo: Built, hearings: dict[str, list[_Answer]]) -> None:
    episodes = demo.rows(
        "select lead_id, coalesce(won_at, lost_at), won_at is not null "
        "from marts.fct_lead_journeys where won_at is not null or lost_at is not null"
    )
    seen = [
        ({q: a.state for q, a in _latest(hearings.get(lead_id, []), at).items()}, is_won)
        for lead_id, at, is_won in episodes
    ]
    bases = {"decided": seen, "heard": [(states, is_won) for states, is_won in seen if states]}
    assert len(bases["decided"]) > len(bases["heard"]) > 50
    holds = {
        "known": lambda state: state in _KNOWN,
        "not_known": lambda state: state not in _KNOWN,
        "confirmed": lambda state: state == "confirmed",
        "not_confirmed": lambda state: state != "confirmed",
    }
    expected = {}
    for framework, elements in _frameworks().items():
        for row in elements:
            for basis, base in bases.items():
                for group, hold in holds.items():
                    members = [w for states, w in base if hold(states.get(row["question"]))]
                    expected[framework, row["element"], basis, group] = (
                        len(members),
                        sum(members),
                        len(base),
                        sum(w for _, w in base),
                    )
    marts = {
        tuple(row[:4]): (tuple(row[4:8]), row[8])
        for row in demo.rows(
            "select framework, element, basis, state_group, n, k, base_n, base_k, lift "
            "from marts.mart_framework_outcomes"
        )
    }
    assert {key: counts for key, (counts, _) in marts.items()} == expected
    for (n, k, base_n, base_k), lift in marts.values():
        assert lift == (pytest.approx((k / n) / (base_k / base_n)) if n >= 10 else None)
