"""When each lead first became an MQL, by the rules that the demo's marketing applied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadloop.demo import vocabulary as words
from leadloop.demo.draw import DAY, JST_OFFSET, NEVER, Bools, Ints
from leadloop.demo.events import Events
from leadloop.demo.people import People
from leadloop.demo.plants import (
    POINTS_CASE_STUDY,
    POINTS_DECISION_MAKER,
    POINTS_LARGE_COMPANY,
    POINTS_NEWSLETTER_OPEN,
    POINTS_PRICE_PAGE,
    POINTS_SEMINAR,
    POINTS_TARGET_INDUSTRY,
    V1_THRESHOLD,
    V2_THRESHOLD,
    V2_VALID_FROM,
    VISIT_WINDOW_DAYS,
    VISITS_NEEDED,
)

V2_STARTS_AT = int(np.datetime64(V2_VALID_FROM, "s").astype(np.int64)) - JST_OFFSET


@dataclass
class Qualification:
    """The first MQL instant of each lead (NEVER where none), and how it came."""

    mql_at: Ints
    by_score: Bools
    score: Ints  # at the MQL instant, where it came by score
    below_v2: Bools  # let in by v1's lower threshold alone


def fit_points(people: People) -> Ints:
    """Points for who the lead is."""
    decides = np.isin(people.level, [words.EXECUTIVE, words.DIRECTOR])
    return (
        POINTS_DECISION_MAKER * decides
        + POINTS_TARGET_INDUSTRY * people.is_target_industry
        + POINTS_LARGE_COMPANY * people.is_large
    )


def event_points(events: Events) -> Ints:
    """Points for what the lead does."""
    points = np.zeros(len(events), dtype=np.int64)
    price = words.CONTENT["price"]
    points[(events.kind == words.TYPE["key_page_view"]) & (events.content == price)] = (
        POINTS_PRICE_PAGE
    )
    points[events.kind == words.TYPE["case_study_download"]] = POINTS_CASE_STUDY
    points[events.kind == words.TYPE["seminar_attend"]] = POINTS_SEMINAR
    points[events.kind == words.TYPE["email_open"]] = POINTS_NEWSLETTER_OPEN
    return points


def _first(lead: Ints, at: Ints, count: int) -> Ints:
    """The earliest instant of each lead; NEVER where it has none."""
    first = np.full(count, NEVER)
    np.minimum.at(first, lead, at)
    return first


def _by_score(people: People, events: Events) -> tuple[Ints, Ints]:
    points = event_points(events)
    scoring = points > 0
    everyone = np.arange(len(people))
    lead = np.concatenate([everyone, events.lead[scoring]])
    at = np.concatenate([people.created, events.at[scoring]])
    points = np.concatenate([fit_points(people), points[scoring]])
    order = np.lexsort((at, lead))
    lead, at, points = lead[order], at[order], points[order]
    running = np.cumsum(points)
    start = np.searchsorted(lead, everyone)
    before = running[start] - points[start]
    total = running - before[lead]
    holds = total >= np.where(at < V2_STARTS_AT, V1_THRESHOLD, V2_THRESHOLD)
    who, position = np.unique(lead[holds], return_index=True)
    mql_at, score = np.full(len(people), NEVER), np.zeros(len(people), dtype=np.int64)
    mql_at[who] = at[holds][position]
    score[who] = total[holds][position]
    return mql_at, score


def _by_visits(people: People, events: Events) -> Ints:
    """Target industry and size, and the third visit within the window."""
    views = events.session >= 0
    wanted = people.is_target_industry & people.is_large
    views &= wanted[events.lead]
    lead, at, session = events.lead[views], events.at[views], events.session[views]
    order = np.lexsort((at, session, lead))
    lead, at, session = lead[order], at[order], session[order]
    first = np.ones(len(lead), dtype=bool)
    first[1:] = session[1:] != session[:-1]
    lead, at = lead[first], at[first]
    order = np.lexsort((at, lead))
    lead, at = lead[order], at[order]
    last = VISITS_NEEDED - 1
    near = (lead[last:] == lead[:-last]) & (at[last:] - at[:-last] <= VISIT_WINDOW_DAYS * DAY)
    return _first(lead[last:][near], at[last:][near], len(people))


def qualify(people: People, events: Events) -> Qualification:
    """Finds the MQL instants; `events` end before the as-of instant."""
    count = len(people)
    kind, content = events.kind, events.content
    deck = (kind == words.TYPE["doc_download"]) & (content == words.CONTENT["price-deck"])
    seminar = (kind == words.TYPE["seminar_attend"]) & (content == words.CONTENT["seminar-cases"])
    wants = (kind == words.TYPE["survey_answer"]) & (
        events.answer == words.ANSWER["詳しい説明を希望"]
    )
    by_deck = _first(events.lead[deck], events.at[deck], count)
    by_seminar = np.maximum(
        _first(events.lead[seminar], events.at[seminar], count),
        _first(events.lead[wants], events.at[wants], count),
    )
    # whatever the points, a blocked lead is nobody's MQL
    never = np.where(people.blocked, NEVER, 0)
    by_path = np.minimum.reduce([by_deck, by_seminar, _by_visits(people, events)])
    by_score_at, score = _by_score(people, events)
    by_score_at = np.maximum(by_score_at, never)
    by_path = np.maximum(by_path, never)
    by_score = by_score_at < by_path
    return Qualification(
        mql_at=np.minimum(by_path, by_score_at),
        by_score=by_score,
        score=np.where(by_score, score, 0),
        below_v2=by_score & (score < V2_THRESHOLD),
    )
