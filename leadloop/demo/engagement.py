"""What leads do by themselves: visits, downloads, seminars, newsletters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from leadloop.demo import vocabulary as words
from leadloop.demo.draw import (
    DAY,
    HOUR,
    Bools,
    Floats,
    Ints,
    Span,
    chance,
    in_waking_hours,
    lognormal_seconds,
    pick,
)
from leadloop.demo.events import EventLog
from leadloop.demo.people import People
from leadloop.demo.plants import PLACEBO_CONTENT, PLANTS, SELLING_CONTENT

# Mean events a lead that the funnel needs; what is missing to the asked mean becomes page views
# and mails that nobody opens, so that the size does not change who qualifies.
_BASE_EVENTS = 12.2
_BASE_MAILS = 1.6
_PAGES = ("top", "product-core", "product-analytics", "blog-overtime", "blog-shift", "price")
_PAGE_WEIGHTS = (3, 3, 1.5, 2, 1, 0)


@dataclass(frozen=True)
class Volume:
    """How much of the harmless kinds fills up the asked number of activities a lead."""

    extra_pages: float  # more pages in each visit
    unopened_mails: float  # mails to each lead beside those that are opened

    @classmethod
    def for_mean(cls, activities_per_lead: float) -> Volume:
        extra = activities_per_lead - _BASE_EVENTS
        if extra < 0:
            return cls(extra_pages=0.0, unopened_mails=max(0.0, _BASE_MAILS + extra))
        return cls(extra_pages=0.62 * extra / 2.25, unopened_mails=_BASE_MAILS + 0.47 * extra)


@dataclass
class Sessions:
    """Numbers the visits of a chunk."""

    next_number: int

    def take(self, count: int) -> Ints:
        numbers = np.arange(self.next_number, self.next_number + count)
        self.next_number += count
        return numbers


@dataclass
class _Scene:
    rng: Generator
    people: People
    span: Span
    log: EventLog
    sessions: Sessions
    volume: Volume
    active: Ints  # seconds for which each lead stays interested

    def scatter(self, mean: Floats | float) -> tuple[Ints, Ints]:
        """Poisson many instants a lead, denser soon after its arrival."""
        count = self.rng.poisson(mean, len(self.people))
        lead = np.repeat(np.arange(len(self.people)), count)
        created = self.people.created[lead]
        delay = (self.active[lead] * self.rng.random(len(lead)) ** 1.4).astype(np.int64)
        return lead, in_waking_hours(self.rng, created + delay, created)

    def visit(self, lead: Ints, at: Ints, first: bool = False) -> Ints:
        """A session of one or more page views; returns the session numbers."""
        rng, people = self.rng, self.people
        session = self.sessions.take(len(lead))
        pages = 1 + rng.poisson(self.volume.extra_pages, len(lead))
        each = np.repeat(np.arange(len(lead)), pages)
        position = np.arange(len(each)) - np.repeat(np.cumsum(pages) - pages, pages)
        page_codes = np.array([words.CONTENT[p] for p in _PAGES])
        later = pick(rng, (0, 5, 2, 1, 1, 1, 0, 0, 0, 0, 4, 0), len(lead))
        channel = people.channel[lead] if first else later
        campaign = people.campaign[lead] if first else np.full(len(lead), -1)
        self.log.add(
            "page_view",
            lead[each],
            at[each] + position * 45 + rng.integers(0, 30, len(each)) * (position > 0),
            content=page_codes[pick(rng, _PAGE_WEIGHTS, len(each))],
            channel=channel[each],
            campaign=campaign[each],
            session=session[each],
        )
        return session


def engage(
    rng: Generator,
    people: People,
    span: Span,
    sessions: Sessions,
    activities_per_lead: float,
) -> EventLog:
    """Writes the leads' own activities; instants after `span.as_of` are cut by the caller."""
    log = EventLog()
    active = np.minimum(lognormal_seconds(rng, 60 * DAY, 0.7, len(people)), 300 * DAY)
    volume = Volume.for_mean(activities_per_lead)
    scene = _Scene(rng, people, span, log, sessions, volume, active)
    regular = ~(people.gem | people.false_alarm)
    drive = np.where(regular, np.exp(0.55 * people.intent), 0.12)
    _arrive(scene)
    _visits(scene, drive)
    _downloads(scene, drive, regular)
    _seminars(scene, drive, regular)
    _newsletters(scene)
    _small_kinds(scene, drive)
    return log


def _arrive(scene: _Scene) -> None:
    """The first touch: a form, a download or a seat in a webinar, by the channel."""
    people, log = scene.people, scene.log
    everyone = np.arange(len(people))
    offline = np.isin(
        people.channel,
        [words.CHANNEL[c] for c in ("exhibition", "outbound", "partner", "referral")],
    )
    online = everyone[~offline]
    session = np.full(len(people), -1)
    session[online] = scene.visit(online, people.created[online], first=True)

    def act(kind: str, lead: Ints, delay: int) -> None:
        log.add(
            kind,
            lead,
            people.created[lead] + delay,
            content=people.content[lead],
            channel=people.channel[lead],
            campaign=people.campaign[lead],
            session=session[lead],
        )

    act("form_submit", online, 120)
    types = np.array([c.content_type for c in words.CONTENTS])
    source_type = np.where(people.content >= 0, types[people.content], "")
    act("case_study_download", np.flatnonzero(source_type == "case_study"), 180)
    act("doc_download", np.flatnonzero(source_type == "whitepaper"), 180)


def _visits(scene: _Scene, drive: Floats) -> None:
    """Later visits; the price page is looked at in visits of its own."""
    lead, at = scene.scatter(0.62 * drive)
    scene.visit(lead, at)
    _in_a_visit(scene, "key_page_view", 0.19 * drive, "price")


def _in_a_visit(scene: _Scene, kind: str, mean: Floats | float, *contents: str) -> None:
    """Events of `kind`, each in a visit of its own, about one of the contents."""
    lead, at = scene.scatter(mean)
    session = scene.visit(lead, at)
    content: Ints | int = -1
    if contents:
        codes = np.array([words.CONTENT[name] for name in contents])
        content = codes[scene.rng.integers(0, len(codes), len(lead))]
    scene.log.add(kind, lead, at + 30, content=content, session=session)


def _downloads(scene: _Scene, drive: Floats, regular: Bools) -> None:
    """Who meets the selling case study or its placebo is drawn apart from interest."""
    for name in (SELLING_CONTENT, PLACEBO_CONTENT):
        _in_a_visit(
            scene, "case_study_download", PLANTS.content_exposure * regular.astype(float), name
        )
    _in_a_visit(scene, "case_study_download", 0.05 * drive, "case-it")
    _in_a_visit(scene, "doc_download", 0.16 * drive, "wp-labor-law", "wp-kintai-guide")
    _in_a_visit(scene, "doc_download", 0.022 * drive * regular, "price-deck")


def _seminars(scene: _Scene, drive: Floats, regular: Bools) -> None:
    rng, people = scene.rng, scene.people
    names = ("webinar-kintai", "webinar-analytics", "seminar-hands-on", "seminar-cases")
    codes = np.array([words.CONTENT[n] for n in names])
    came = np.flatnonzero(people.channel == words.CHANNEL["webinar"])
    lead, at = scene.scatter(0.13 * drive * regular)
    content = codes[pick(rng, (0.4, 0.25, 0.15, 0.2), len(lead))]
    lead = np.concatenate([came, lead])
    at = np.concatenate([people.created[came] + 60, at])
    content = np.concatenate([people.content[came], content])
    channel = words.CHANNEL["webinar"]
    scene.log.add("seminar_register", lead, at, content=content, channel=channel)
    attends = chance(rng, 0.62, len(lead))
    lead, content = lead[attends], content[attends]
    held = at[attends] + rng.integers(1, 15, len(lead)) * DAY
    held = in_waking_hours(rng, held, at[attends])
    scene.log.add("seminar_attend", lead, held, content=content, channel=channel)
    answers = chance(rng, 0.5, len(lead))
    lead, held, content = lead[answers], held[answers], content[answers]
    is_cases = content == words.CONTENT["seminar-cases"]
    wants = chance(rng, np.where(is_cases, 0.35, 0.10), len(lead))
    reply = np.where(
        wants,
        words.ANSWER["詳しい説明を希望"],
        words.ANSWER["資料だけ希望"] + rng.integers(0, 2, len(lead)),
    )
    scene.log.add(
        "survey_answer",
        lead,
        held + rng.integers(1, 24, len(lead)) * HOUR,
        content=words.CONTENT["survey-seminar"],
        channel=channel,
        answer=reply,
    )


def _newsletters(scene: _Scene) -> None:
    """Opens do not depend on interest; false alarms open nearly everything."""
    rng, people = scene.rng, scene.people
    content, channel = words.CONTENT["newsletter"], words.CHANNEL["email"]
    # a mail list reaches a lead for about a year, whatever else it does
    reach = np.minimum(365 * DAY, scene.span.as_of - people.created)
    share = reach / (365 * DAY)
    opens = np.where(people.false_alarm, PLANTS.false_alarm_opens, PLANTS.opens_mean) * share
    opened = rng.poisson(opens)
    unopened = rng.poisson(scene.volume.unopened_mails * share / 0.72)
    count = opened + unopened
    lead = np.repeat(np.arange(len(people)), count)
    rank = np.arange(len(lead)) - np.repeat(np.cumsum(count) - count, count)
    is_opened = rank < opened[lead]
    at = people.created[lead] + HOUR + (reach[lead] * rng.random(len(lead))).astype(np.int64)
    scene.log.add("email_sent", lead, at, content=content, channel=channel, actor=words.ACTOR_MA)
    bounced = ~is_opened & chance(rng, 0.01, len(lead))
    scene.log.add("email_bounce", lead[bounced], at[bounced] + 5, content=content, channel=channel)
    lead, at = lead[is_opened], at[is_opened]
    at = at + lognormal_seconds(rng, 2 * HOUR, 1.0, len(lead))
    scene.log.add("email_open", lead, at, content=content, channel=channel)
    clicks = chance(rng, 0.08, len(lead))
    scene.log.add("email_click", lead[clicks], at[clicks] + 40, content=content, channel=channel)


def _small_kinds(scene: _Scene, drive: Floats) -> None:
    _in_a_visit(scene, "site_search", 0.06 * drive)
    _in_a_visit(scene, "video_view", 0.08 * drive, "product-core")
    lead, at = scene.scatter(0.03 * drive)
    scene.log.add("chat", lead, at)
