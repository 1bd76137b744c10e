"""The words that a call can begin with, put together again in plain Python from the published events."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from leadloop.settings import PROJECT_ROOT
from tests.conftest import Built

_VOCABULARY = PROJECT_ROOT / "seeds" / "vocabulary"
_TOKYO = ZoneInfo("Asia/Tokyo")
_LANGUAGES = ("ja", "en")


def _seed(name: str) -> list[dict[str, str]]:
    with (_VOCABULARY / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


PARTS = {row["part"]: row for row in _seed("sentence_parts")}
TYPES = {row["activity_type"]: row for row in _seed("event_types")}
LABELS = {(row["kind"], row["code"]): row for row in _seed("code_labels")}


@dataclass(frozen=True)
class _Event:
    at: datetime
    activity_id: str
    kind: str
    name: str | None
    content_id: str | None
    answer: str | None

    @property
    def day(self) -> date:
        return self.at.replace(tzinfo=UTC).astimezone(_TOKYO).date()

    def form(self) -> str | None:
        """What kind of beginning the event is; None where it is none."""
        told = TYPES.get(self.kind)
        if told is None:
            return None
        group, visit, touch = told["event_group"], told["is_visit"], told["is_touch"]
        if self.kind == "hearing_answer":
            return "hearing" if self.answer in ("confirmed", "denied", "partly") else None
        if group == "survey":
            return "survey" if self.answer else None
        if group == "web" and visit == "false":
            return "request" if touch == "true" else None
        if not self.name:
            return None
        if group == "event":
            return "seminar" if touch == "true" else None
        if visit == "false" or group not in ("web", "content"):
            return None
        return "page" if group == "web" else "content"


def _said_on(day: date, this_year: int, language: str) -> str:
    part = PARTS["day_this_year" if day.year == this_year else "day_other_year"]
    month = LABELS["month", str(day.month)][f"label_{language}"]
    return part[f"text_{language}"].format(year=day.year, month=month, day=day.day)


def _line(part: str, event: _Event, this_year: int, language: str) -> str:
    words = TYPES[event.kind][f"label_{language}"]
    name, topic = event.name or "", event.name or words
    if part == "opening_request":
        name = words
    if part == "opening_survey":
        name = event.answer or ""
    if part == "opening_hearing":
        topic = LABELS["opening_topic", (event.content_id or "").lower()][f"label_{language}"]
        name = event.name or LABELS["answer_state", event.answer or ""][f"label_{language}"]
    day = _said_on(event.day, this_year, language)
    return PARTS[part][f"text_{language}"].format(day=day, what=name, topic=topic)


def _opening(events: list[_Event], this_year: int, language: str) -> tuple[str | None, str | None]:
    last: dict[str, _Event] = {}
    for event in events:
        form = event.form()
        if form:
            kind = {"page": "page", "hearing": "said", "survey": "said"}.get(form, "act")
            last[kind] = event
    act, page, said = (last.get(kind) for kind in ("act", "page", "said"))
    first = act or page
    thanks = first and _line(f"opening_{first.form()}", first, this_year, language)
    if said:
        return thanks, _line(f"opening_{said.form()}", said, this_year, language)
    if act and page:
        named = TYPES[act.kind][f"label_{language}"] if act.form() == "request" else act.name
        if page.name != named:
            return thanks, _line("opening_page_also", page, this_year, language)
    return thanks, None


@pytest.fixture(scope="module")
def events(demo: Built) -> dict[str, list[_Event]]:
    found: dict[str, list[_Event]] = defaultdict(list)
    for lead_id, *cells in demo.rows(
        "select lead_id, occurred_at, activity_id, activity_type, content_name, content_id, answer "
        "from marts.fct_lead_events where excluded_by is null order by occurred_at, activity_id"
    ):
        found[lead_id].append(_Event(*cells))
    return dict(found)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_openings_agree_with_the_events(
    demo: Built, events: dict[str, list[_Event]], language: str
) -> None:
    as_of = demo.value("select max(as_of) from marts.lead_scores")
    this_year = as_of.replace(tzinfo=UTC).astimezone(_TOKYO).year
    expected = {lead: _opening(done, this_year, language) for lead, done in events.items()}
    expected = {lead: lines for lead, lines in expected.items() if any(lines)}
    assert len(expected) > 5_000
    found = {
        lead: (thanks, bridge)
        for lead, thanks, bridge in demo.rows(
            f"select lead_id, thanks_{language}, bridge_{language} from marts.lead_openings"
        )
    }
    assert found == expected
    # every way to begin occurs in the demo company, so that each was compared
    forms = {event.form() for done in events.values() for event in done}
    assert forms >= {"request", "seminar", "content", "page", "hearing", "survey"}
