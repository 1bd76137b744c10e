"""Who the leads are: when they came, from where, and what they say about themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from leadloop.demo import vocabulary as words
from leadloop.demo.draw import (
    DAY,
    HOUR,
    JST_OFFSET,
    Bools,
    Floats,
    Ints,
    Span,
    chance,
    jst_day,
    pick,
    time_of_day,
    to_minute,
)
from leadloop.demo.plants import LARGE_COMPANY_EMPLOYEES, PLANTS

_CONTENT_CHANNELS = (
    "organic_search", "paid_search", "paid_social", "display", "email", "content_syndication",
)  # fmt: skip
# The two case studies of the plant have the same weight: equal exposure.
_SOURCE_CONTENT = {
    "case-manufacturing": 0.13,
    "case-office": 0.13,
    "case-it": 0.06,
    "wp-labor-law": 0.24,
    "wp-kintai-guide": 0.24,
    "blog-overtime": 0.12,
    "blog-shift": 0.08,
}
_WEBINAR_CONTENT = {"webinar-kintai": 0.5, "webinar-analytics": 0.3, "seminar-cases": 0.2}


@dataclass
class People:
    """The leads of one chunk; every array has one entry a lead, codes index the vocabulary."""

    first_number: int  # the first lead's number in the whole company, from 1
    created: Ints
    updated: Ints
    channel: Ints
    campaign: Ints  # -1 none
    content: Ints  # -1 none
    industry: Ints
    title: Ints
    department: Ints
    employees: Ints  # 0 unknown
    prefecture: Ints
    product: Ints
    company: Ints  # the number of the lead whose company this is
    family: Ints
    given: Ints
    intent: Floats
    peer: Ints  # index of a colleague in the chunk, -1 none
    gem: Bools
    false_alarm: Bools
    student: Bools
    competitor: Bools
    free_mail: Bools
    fullwidth: Bools
    opted_out: Bools
    owner: Ints  # index of ACTORS, -1 none

    def __len__(self) -> int:
        return len(self.created)

    @property
    def level(self) -> Ints:
        return np.array(words.TITLE_LEVEL)[self.title]

    @property
    def blocked(self) -> Bools:
        """Students and competitors: disqualifiers keep them from becoming MQL."""
        return self.student | self.competitor

    @property
    def disqualified(self) -> Bools:
        """Students, competitors and free mail: points may come, sales never do."""
        return self.false_alarm | self.student | self.competitor | self.free_mail

    @property
    def is_target_industry(self) -> Bools:
        targets = [words.INDUSTRY_LABELS.index(t) for t in words.TARGET_INDUSTRIES]
        return np.isin(self.industry, targets)

    @property
    def is_large(self) -> Bools:
        return self.employees >= LARGE_COMPANY_EMPLOYEES


def _created(rng: Generator, span: Span, numbers: Ints, total: int) -> Ints:
    """Arrival times: lead k of n comes at about the k/n quantile of a growing, weekly rhythm."""
    days = jst_day(np.array([span.start]))[0] + np.arange(span.days)
    weight = (1.0 + 0.35 * np.arange(span.days) / span.days) * np.where((days + 3) % 7 >= 5, 0.3, 1)
    cdf = np.cumsum(weight) / weight.sum()
    quantile = (numbers + rng.random(len(numbers))) / total
    day = days[np.minimum(np.searchsorted(cdf, quantile, side="right"), span.days - 1)]
    at = day * DAY - JST_OFFSET + time_of_day(rng, len(numbers))
    return np.clip(to_minute(at), span.start, to_minute(np.array(span.as_of - HOUR)))


def _by_names(names: dict[str, float], rng: Generator, size: int) -> Ints:
    codes = np.array([words.CONTENT[n] for n in names])
    return codes[pick(rng, list(names.values()), size)]


def _campaigns(rng: Generator, channel: Ints) -> Ints:
    campaign = np.full(len(channel), -1)
    for code, name in enumerate(words.CHANNEL_CODES):
        own = [i for i, c in enumerate(words.CAMPAIGNS) if c.channel == name]
        at = np.flatnonzero(channel == code)
        if own and len(at):
            campaign[at] = np.array(own)[rng.integers(0, len(own), len(at))]
    return campaign


def _exhibition_days(rng: Generator, created: Ints, span: Span) -> Ints:
    """Exhibitions last three days in the middle of a month."""
    month = jst_day(created).astype("datetime64[D]").astype("datetime64[M]")
    first = month.astype("datetime64[D]").astype(np.int64)
    day = first + 13 + rng.integers(0, 3, len(created))
    at = day * DAY - JST_OFFSET + 10 * HOUR + rng.integers(0, 7 * HOUR, len(created))
    at = to_minute(at)
    return np.where((at < span.as_of - HOUR) & (at >= span.start), at, created)


def make_people(
    rng: Generator, span: Span, first_number: int, count: int, total: int, fullwidth_share: float
) -> People:
    """Draws `count` leads, the first of which is number `first_number` of `total`."""
    numbers = np.arange(first_number - 1, first_number - 1 + count)
    created = _created(rng, span, numbers, total)
    channel = pick(rng, [c.weight for c in words.CHANNELS], count)
    industry = pick(rng, [w.weight for w in words.INDUSTRIES], count)
    title = pick(rng, [t.weight for t in words.TITLES], count)
    employees = np.exp(rng.normal(4.35, 1.45, count)).astype(np.int64) + 3
    employees[chance(rng, 0.06, count)] = 0
    prefecture = np.where(
        chance(rng, 0.68, count),
        pick(rng, (9, 3, 3, 2, 1.5, 1.5, 1), count),
        len(words.METRO) + rng.integers(0, len(words.OUTSIDE), count),
    )
    prefecture[chance(rng, 0.04, count)] = len(words.PREFECTURES) - 1
    department = rng.integers(0, len(words.DEPARTMENTS), count)
    product = chance(rng, 0.3, count).astype(np.int64)

    # Colleagues: some leads come from a company that is already there.
    back = np.arange(count) - rng.integers(1, 200, count)
    is_colleague = chance(rng, 0.15, count)
    can_copy = is_colleague & (back >= 0) & ~is_colleague[np.maximum(back, 0)]
    peer = np.where(can_copy, back, -1)

    gem = chance(rng, PLANTS.gem_share, count)
    false_alarm = chance(rng, PLANTS.false_alarm_share, count) & ~gem
    peer[gem | false_alarm] = -1
    n_gem = int(gem.sum())
    channel[gem] = words.CHANNEL["referral"]
    industry[gem] = words.LOGISTICS
    employees[gem] = rng.integers(30, 100, n_gem)
    prefecture[gem] = len(words.METRO) + rng.integers(0, len(words.OUTSIDE), n_gem)
    staff_titles = [words.TITLE_TEXTS.index(t) for t in ("課長", "係長", "主任", "担当")]
    title[gem] = np.array(staff_titles)[rng.integers(0, 4, n_gem)]

    # False alarms: students, a competitor's people, and people who just like to read.
    kind = rng.random(count)
    student = (false_alarm & (kind < 0.2)) | (title == words.TITLE_STUDENT)
    competitor = false_alarm & (kind >= 0.2) & (kind < 0.35)
    title[false_alarm] = words.TITLE_STAFF
    title[student] = words.TITLE_STUDENT
    employees[student] = 0
    education = words.INDUSTRY_LABELS.index("教育")
    industry[false_alarm & ~competitor] = education
    industry[competitor] = words.INDUSTRY_LABELS.index("サービス")

    for column in (industry, employees, prefecture):
        source = peer[peer >= 0]
        keep = gem[source] | false_alarm[source] | student[source]
        peer[np.flatnonzero(peer >= 0)[keep]] = -1
        at = np.flatnonzero(peer >= 0)
        column[at] = column[peer[at]]

    campaign = _campaigns(rng, channel)
    content = np.full(count, -1)
    by_content = np.isin(channel, [words.CHANNEL[c] for c in _CONTENT_CHANNELS])
    by_content &= chance(rng, 0.85, count)
    content = np.where(by_content, _by_names(_SOURCE_CONTENT, rng, count), content)
    by_webinar = channel == words.CHANNEL["webinar"]
    content = np.where(by_webinar, _by_names(_WEBINAR_CONTENT, rng, count), content)
    at_exhibition = channel == words.CHANNEL["exhibition"]
    created = np.where(at_exhibition, _exhibition_days(rng, created, span), created)

    intent = rng.normal(0.0, 1.0, count)
    for name, plant in PLANTS.channels.items():
        intent += plant.intent * (channel == words.CHANNEL[name])
    intent[false_alarm | gem] = -1.5

    company = numbers + 1
    company = np.where(peer >= 0, company[np.maximum(peer, 0)], company)
    free_mail = chance(rng, 0.02, count) & ~student & ~competitor & ~gem & (peer < 0)
    return People(
        first_number=first_number,
        created=created,
        updated=np.minimum(created + rng.integers(60, 20 * DAY, count) // 60 * 60, span.as_of - 60),
        channel=channel,
        campaign=campaign,
        content=content,
        industry=industry,
        title=title,
        department=department,
        employees=employees,
        prefecture=prefecture,
        product=product,
        company=company,
        family=pick(rng, words.FAMILY_WEIGHTS, count),
        given=rng.integers(0, len(words.GIVEN), count),
        intent=intent,
        peer=peer,
        gem=gem,
        false_alarm=false_alarm,
        student=student,
        competitor=competitor,
        free_mail=free_mail,
        fullwidth=chance(rng, fullwidth_share, count) & (employees > 0),
        opted_out=np.zeros(count, dtype=bool),
        owner=np.full(count, -1),
    )
