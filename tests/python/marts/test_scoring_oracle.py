"""A plain Python scorer, event by event, written from docs/rules.md and the shipped seeds; the marts must agree."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from leadloop.settings import PROJECT_ROOT
from tests.conftest import Built

_TOKYO = ZoneInfo("Asia/Tokyo")
_AGREEMENT = PROJECT_ROOT / "seeds" / "agreement"
_VOCABULARY = PROJECT_ROOT / "seeds" / "vocabulary"


def _seed(folder: Any, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@dataclass
class _Event:
    at: datetime
    kind: str
    row: dict[str, Any]


@dataclass
class _Lead:
    lead_id: str
    attributes: dict[str, Any]
    created_at: datetime
    is_blocked: bool
    events: list[_Event] = field(default_factory=list)


def _holds(operator: str, value: str, actual: Any) -> bool | None:
    if actual is None:
        return True if operator == "unknown" else None
    if operator == "unknown":
        return False
    text = str(actual).lower()
    if operator == "exists":
        return True
    if operator == "eq":
        return text == value.lower()
    if operator == "in":
        return text in value.lower().split("|")
    if operator == "gte":
        return float(actual) >= float(value)
    raise AssertionError(operator)


class _Scorecards:
    """The agreement, read afresh from the seeds."""

    def __init__(self) -> None:
        visits = {
            r["activity_type"] for r in _seed(_VOCABULARY, "event_types") if r["is_visit"] == "true"
        }
        self.types = {"visit": visits}
        self.rules = _seed(_AGREEMENT, "scoring_rules")
        self.definitions = _seed(_AGREEMENT, "stage_definitions")
        self.versions = [
            (
                row["version"],
                datetime.combine(
                    date.fromisoformat(row["valid_from"]), datetime.min.time(), _TOKYO
                ),
                datetime.combine(date.fromisoformat(row["valid_to"]), datetime.min.time(), _TOKYO)
                if row["valid_to"]
                else datetime.max.replace(tzinfo=UTC),
            )
            for row in _seed(_AGREEMENT, "scorecards")
            if row["status"] in ("active", "retired")
        ]

    def matches(self, event: _Event, subject: str, name: str, operator: str, value: str) -> bool:
        if event.kind not in self.types.get(subject, {subject}):
            return False
        actual = event.kind if not name else event.row[name]
        return bool(_holds(operator, value, actual))

    def score(self, lead: _Lead, version: str, upto: datetime) -> float:
        total = 0.0
        for rule in self.rules:
            if rule["version"] != version:
                continue
            assert not rule["cap_points"]
            assert rule["decay"] == "none"
            if rule["subject"] == "lead":
                known = _holds(rule["operator"], rule["value"], lead.attributes.get(rule["field"]))
                total += float(rule["points"]) if known and lead.created_at <= upto else 0
                continue
            total += float(rule["points"]) * sum(
                self.matches(e, rule["subject"], rule["field"], rule["operator"], rule["value"])
                for e in lead.events
                if e.at <= upto
            )
        return total

    def criterion_holds(self, lead: _Lead, row: dict[str, str], at: datetime) -> bool:
        if row["subject"] == "score":
            return self.score(lead, row["version"], at) >= float(row["value"])
        if row["subject"] == "lead":
            return bool(_holds(row["operator"], row["value"], lead.attributes.get(row["field"])))
        if row["subject"] == "stage_change":
            return False
        since = (
            at - timedelta(days=int(row["window_days"]))
            if row["window_days"]
            else datetime.min.replace(tzinfo=UTC)
        )
        keys = set()
        for event in lead.events:
            if since <= event.at <= at and self.matches(
                event, row["subject"], row["field"], row["operator"], row["value"]
            ):
                keys.add(
                    event.row["session_key"]
                    if row["distinct_by"] == "session"
                    else event.row["activity_id"]
                )
        return len(keys) >= int(row["min_count"] or 1)

    def qualified_at(self, lead: _Lead, stage: str) -> datetime | None:
        """The first moment of the first episode at which a path holds: at an event, or as a version begins."""
        ends = min(
            (e.at for e in lead.events if e.kind == "returned"),
            default=datetime.max.replace(tzinfo=UTC),
        )
        moments = sorted(
            {lead.created_at}
            | {e.at for e in lead.events}
            | {start for _, start, _ in self.versions}
        )
        first_known = min([lead.created_at, *(e.at for e in lead.events)])
        for at in moments:
            if at > ends or at < first_known or lead.is_blocked:
                continue
            version = next(v for v, start, end in self.versions if start <= at < end)
            paths = defaultdict(list)
            for row in self.definitions:
                if row["version"] == version and row["stage"] == stage:
                    paths[row["path"]].append(row)
            if any(
                all(self.criterion_holds(lead, row, at) for row in rows) for rows in paths.values()
            ):
                return at
        return None


@pytest.fixture(scope="module")
def leads(demo: Built) -> list[_Lead]:
    """Four hundred leads: every stage, chosen by a hash so that the choice favours nobody."""
    chosen = """
        select lead_id from (
            select lead_id, row_number() over (partition by stage order by hash(lead_id)) as number
            from marts.lead_scores
        ) where number <= 60
    """
    found: dict[str, _Lead] = {}
    for lead_id, job_level, industry, employees, created_at, reason in demo.rows(
        "select lead_id, job_level, industry, employee_count, created_at, disqualified_reason "
        f"from marts.dim_leads where lead_id in ({chosen})"
    ):
        attributes = {"job_level": job_level, "industry": industry, "employee_count": employees}
        blocked = reason in {"competitor", "student"}
        found[lead_id] = _Lead(lead_id, attributes, created_at.replace(tzinfo=UTC), blocked)
    sessions = _sessions(demo)
    for lead_id, activity_id, kind, at, content_id, content_type, answer in demo.rows(
        "select lead_id, activity_id, activity_type, occurred_at, content_id, content_type, answer "
        f"from marts.fct_lead_events where lead_id in ({chosen}) order by occurred_at, activity_id"
    ):
        moment = at.replace(tzinfo=UTC)
        row = {
            "activity_id": activity_id,
            "content_type": content_type,
            "answer": answer,
            "content_answer": f"{content_id}:{answer}" if content_id and answer else None,
            "session_key": sessions.get(activity_id) or str(moment.astimezone(_TOKYO).date()),
        }
        found[lead_id].events.append(_Event(moment, kind, row))
    assert len(found) >= 250
    return list(found.values())


def _sessions(demo: Built) -> dict[str, str]:
    """The published events carry no session; the raw files do."""
    raw = demo.home.raw / "activities" / "*.parquet"
    rows = demo.rows(
        "select activity_id, session_id from read_parquet(?) where session_id is not null", str(raw)
    )
    return dict(rows)


def test_scores_agree_with_the_plain_scorer(demo: Built, leads: list[_Lead]) -> None:
    cards = _Scorecards()
    as_of = demo.value("select max(as_of) from marts.lead_scores").replace(tzinfo=UTC)
    marts = dict(demo.rows("select lead_id, total_score from marts.lead_scores"))
    wrong = {
        lead.lead_id: (marts[lead.lead_id], cards.score(lead, "v2", as_of))
        for lead in leads
        if abs(marts[lead.lead_id] - cards.score(lead, "v2", as_of)) > 1e-9
    }
    assert wrong == {}


@pytest.mark.parametrize("stage", ["mql", "sql"])
def test_instants_agree_with_the_plain_scorer(demo: Built, leads: list[_Lead], stage: str) -> None:
    cards = _Scorecards()
    marts = {
        lead_id: at.replace(tzinfo=UTC)
        for lead_id, at in demo.rows(
            "select lead_id, entered_at from marts.fct_stage_entries "
            "where stage = ? and episode_no = 1 and not is_imputed",
            stage,
        )
    }
    wrong = {
        lead.lead_id: (marts.get(lead.lead_id), cards.qualified_at(lead, stage))
        for lead in leads
        if marts.get(lead.lead_id) != cards.qualified_at(lead, stage)
    }
    assert wrong == {}
    assert sum(lead.lead_id in marts for lead in leads) >= 50


def test_the_frozen_score_is_the_replay_up_to_the_hand_over(
    demo: Built, leads: list[_Lead]
) -> None:
    cards = _Scorecards()
    by_id = {lead.lead_id: lead for lead in leads}
    checked = 0
    for lead_id, handed_over_at, score in demo.rows(
        "select lead_id, handed_over_at, score_at_handoff from marts.fct_lead_journeys "
        "where handed_over_at is not null"
    ):
        if lead_id not in by_id:
            continue
        at = handed_over_at.replace(tzinfo=UTC)
        version = next(v for v, start, end in cards.versions if start <= at < end)
        assert score == pytest.approx(cards.score(by_id[lead_id], version, at), abs=1e-9), lead_id
        checked += 1
    assert checked >= 50
