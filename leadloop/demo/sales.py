"""What inside sales and sales do with the MQLs: calls, hearings, hand-overs, deals, returns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from leadloop.demo import vocabulary as words
from leadloop.demo.draw import (
    DAY,
    HOUR,
    NEVER,
    Bools,
    Floats,
    Ints,
    Span,
    chance,
    lognormal_seconds,
    next_business_time,
    pick,
    to_minute,
)
from leadloop.demo.engagement import Sessions
from leadloop.demo.events import EventLog
from leadloop.demo.people import People
from leadloop.demo.plants import PLACEBO_CONTENT, PLANTS, SELLING_CONTENT, ChannelPlant
from leadloop.demo.qualification import Qualification

_BASE = ChannelPlant()


@dataclass
class Deals:
    """Deals as columns; lead -1 means a deal of an existing customer."""

    lead: Ints
    created: Ints
    closed: Ints  # planned; open while it lies after as_of
    won: Bools
    product: Ints
    amount: Ints
    margin: Floats
    lost_reason: Ints
    reached: Ints  # last stage before the end, index of DEAL_STAGES
    owner: Ints  # index of FIELD_SALES
    contact: Ints  # second person in the deal, -1 none

    def __len__(self) -> int:
        return len(self.lead)


@dataclass
class Outcome:
    """What became of each lead in its first episode; NEVER where it did not happen."""

    sql_at: Ints
    deal_at: Ints
    won_at: Ints
    lost_at: Ints
    returned_at: Ints
    reason: Ints  # index of RETURN_REASONS, -1 none
    second_sql_at: Ints


def _empty_outcome(count: int) -> Outcome:
    def never() -> Ints:
        return np.full(count, NEVER)

    return Outcome(
        sql_at=never(),
        deal_at=never(),
        won_at=never(),
        lost_at=never(),
        returned_at=never(),
        reason=np.full(count, -1),
        second_sql_at=never(),
    )


def _by_channel(people: People, attribute: str) -> Floats:
    value = np.array(
        [getattr(PLANTS.channels.get(c, _BASE), attribute) for c in words.CHANNEL_CODES]
    )
    return value[people.channel]


def sql_probability(people: People, mql: Qualification, exposed: dict[str, Bools]) -> Floats:
    """The planted chance that an MQL becomes an SQL."""
    logit = (
        PLANTS.sql_base_logit
        + PLANTS.sql_intent_slope * people.intent
        + PLANTS.selling_content_logit * exposed[SELLING_CONTENT]
        + PLANTS.placebo_content_logit * exposed[PLACEBO_CONTENT]
        + _by_channel(people, "sql_logit")
        + PLANTS.early_mql_logit * mql.below_v2
    )
    return np.where(people.disqualified, 0.0, 1.0 / (1.0 + np.exp(-logit)))


def win_probability(people: People) -> Floats:
    """The planted chance that a deal is won."""
    director = people.level == words.DIRECTOR
    rate = PLANTS.win_rate * np.where(director, PLANTS.director_win_factor, 1.0)
    rate = rate * _by_channel(people, "win_factor")
    rate = np.where(people.gem, PLANTS.gem_win_rate, rate)
    return np.minimum(rate, PLANTS.win_rate_cap)


class SalesFloor:
    """Plays the sales process of one chunk and writes it to a log."""

    def __init__(self, rng: Generator, people: People, span: Span, sessions: Sessions) -> None:
        self.rng, self.people, self.span, self.sessions = rng, people, span, sessions
        self.log = EventLog()
        self.deals: list[Deals] = []
        self.outcome = _empty_outcome(len(people))

    def play(self, mql: Qualification, exposed: dict[str, Bools]) -> None:
        """Runs both episodes of every lead."""
        rng, people = self.rng, self.people
        count = len(people)
        is_mql = mql.mql_at < self.span.as_of
        people.owner[is_mql] = rng.integers(0, len(words.INSIDE_SALES), int(is_mql.sum()))
        qualifies = is_mql & chance(rng, sql_probability(people, mql, exposed), count)
        mode = pick(rng, (0.74, 0.15, 0.11), count)  # hearing, demo_request, comparison_statement

        by_hearing = np.flatnonzero(qualifies & (mode == 0))
        sql_at = np.full(count, NEVER)
        sql_at[by_hearing] = self._hear(by_hearing, mql.mql_at[by_hearing], confirmed=True)
        by_demo = np.flatnonzero(qualifies & (mode == 1))
        sql_at[by_demo] = self._ask_for_demo(by_demo, mql.mql_at[by_demo])
        by_words = np.flatnonzero(qualifies & (mode == 2))
        sql_at[by_words] = self._compare(by_words, mql.mql_at[by_words])
        refused = np.flatnonzero(is_mql & ~qualifies)
        reached = refused[chance(rng, 0.72, len(refused))]
        self._hear(reached, mql.mql_at[reached], confirmed=False)
        self._attempts(np.setdiff1d(refused, reached), mql.mql_at)

        # Those who ask without being MQL: the hidden gems, and a few others.
        asks = chance(rng, np.where(people.gem, PLANTS.gem_asks, PLANTS.direct_demo_share), count)
        direct = np.flatnonzero(asks & ~is_mql & ~people.disqualified)
        sql_at[direct] = self._inquire(direct)

        self.outcome.sql_at = sql_at
        leads = np.flatnonzero(sql_at < self.span.as_of)
        deal_rate = np.where(people.gem, PLANTS.gem_deal_rate, _by_channel(people, "deal_rate"))
        self._hand_over(leads, sql_at[leads], deal_rate[leads], first=True)
        self._come_back()

    def _attempts(self, leads: Ints, mql_at: Ints) -> None:
        """Calls that nobody answers."""
        for wait in (1, 3, 6):
            at = next_business_time(
                self.rng, mql_at[leads], self.rng.integers(HOUR, wait * DAY, len(leads))
            )
            self.log.add("call_attempt", leads, at, actor=self.people.owner[leads])

    def _answer(self, question: str, answer: str, leads: Ints, at: Ints) -> None:
        # the first evidence of a question speaks for it, the second against
        against = answer != "confirmed"
        self.log.add(
            "hearing_answer",
            leads,
            at,
            content=words.CONTENT[question] + against,
            answer=words.ANSWER[answer],
            actor=np.maximum(self.people.owner[leads], 0),
        )

    def _hear(self, leads: Ints, mql_at: Ints, confirmed: bool) -> Ints:
        """Calls until the hearing is done; returns when the last answer came."""
        rng, owner = self.rng, np.maximum(self.people.owner[leads], 0)
        tried = next_business_time(rng, mql_at, lognormal_seconds(rng, 10 * HOUR, 0.9, len(leads)))
        missed = chance(rng, 0.45, len(leads))
        self.log.add("call_attempt", leads[missed], tried[missed], actor=owner[missed])
        again = next_business_time(rng, tried, rng.integers(HOUR, 4 * DAY, len(leads)))
        call = np.where(missed, again, tried)
        self.log.add("call_connected", leads, call, actor=owner)
        second = next_business_time(rng, call, rng.integers(3 * DAY, 14 * DAY, len(leads)))
        if not confirmed:
            self._answer_in_vain(leads, call)
            return second
        two_calls = chance(rng, 0.45, len(leads))
        self.log.add("call_connected", leads[two_calls], second[two_calls], actor=owner[two_calls])
        last = np.where(two_calls, second, call)
        self._answer("challenge", "confirmed", leads, call + 300)
        self._answer("budget", "confirmed", leads, last + 480)
        self._answer("timing", "confirmed", leads, last + 600)
        half = chance(rng, 0.5, len(leads))
        self._answer("authority", "confirmed", leads[half], last[half] + 500)
        self._answer("need", "confirmed", leads[~half], call[~half] + 360)
        return last + 600

    def _answer_in_vain(self, leads: Ints, call: Ints) -> None:
        """A hearing in which at least one of the three needed answers is missing."""
        rng = self.rng
        missing = rng.integers(0, 3, len(leads))
        for position, question in enumerate(("challenge", "budget", "timing")):
            good = (missing != position) & chance(rng, 0.45, len(leads))
            self._answer(question, "confirmed", leads[good], call[good] + 300 + 120 * position)
            kind = pick(rng, (0.45, 0.25, 0.30), len(leads))
            for code, answer in enumerate(("denied", "partly", "unknown")):
                bad = ~good & (kind == code)
                at = call[bad] + 300 + 120 * position
                self._answer(question, answer, leads[bad], at)

    def _ask_for_demo(self, leads: Ints, after: Ints) -> Ints:
        at = next_business_time(
            self.rng, after, lognormal_seconds(self.rng, 4 * DAY, 0.8, len(leads))
        )
        self.log.add(
            "call_attempt", leads, at - HOUR, actor=np.maximum(self.people.owner[leads], 0)
        )
        self.log.add("demo_request", leads, at, content=words.CONTENT["demo"])
        return at

    def _compare(self, leads: Ints, after: Ints) -> Ints:
        at = next_business_time(
            self.rng, after, lognormal_seconds(self.rng, 3 * DAY, 0.8, len(leads))
        )
        owner = np.maximum(self.people.owner[leads], 0)
        self.log.add("call_connected", leads, at, actor=owner)
        self.log.add("comparison_statement", leads, at + 420, actor=owner)
        return at + 420

    def _inquire(self, leads: Ints) -> Ints:
        """An inquiry, and a demonstration asked for soon after."""
        rng, people = self.rng, self.people
        at = people.created[leads] + lognormal_seconds(rng, 6 * DAY, 1.0, len(leads))
        at = next_business_time(rng, at, np.zeros(len(leads), dtype=np.int64))
        self.log.add(
            "inquiry",
            leads,
            at,
            content=words.CONTENT["contact"],
            channel=people.channel[leads],
            answer=words.ANSWER["料金について"] + rng.integers(0, 2, len(leads)),
        )
        asked = next_business_time(rng, at, rng.integers(HOUR, 5 * DAY, len(leads)))
        self.log.add("demo_request", leads, asked, content=words.CONTENT["demo"])
        people.owner[leads] = rng.integers(0, len(words.INSIDE_SALES), len(leads))
        return asked

    def _hand_over(self, leads: Ints, sql_at: Ints, deal_rate: Floats, first: bool) -> None:
        """Listing, sync, assignment and first contact; then a deal, a return, or silence."""
        rng, count = self.rng, len(leads)
        listed = sql_at + lognormal_seconds(rng, 0.7 * HOUR, 0.7, count)
        self.log.add("handoff_listed", leads, listed, actor=words.ACTOR_MA)
        # the agreed 24 hours are missed by about one in eight
        synced = listed + lognormal_seconds(rng, 6 * HOUR, 1.2, count)
        self.log.add("handoff_synced", leads, synced, actor=words.ACTOR_SFA)
        owner = rng.integers(0, len(words.FIELD_SALES), count)
        actor = len(words.INSIDE_SALES) + owner
        assigned = next_business_time(rng, synced, lognormal_seconds(rng, 3 * HOUR, 0.7, count))
        self.log.add("handoff_assigned", leads, assigned, actor=actor)
        # two business days are missed by about one in five
        contact = next_business_time(rng, assigned, lognormal_seconds(rng, 0.8 * DAY, 0.95, count))
        contacted = chance(rng, 0.97, count)
        self.log.add("first_contact", leads[contacted], contact[contacted], actor=actor[contacted])

        deals = contacted & chance(rng, deal_rate, count)
        self._open_deals(leads[deals], contact[deals], owner[deals], first)
        idle = np.flatnonzero(contacted & ~deals)
        share = _by_channel(self.people, "returned_share")[leads[idle]]
        idle = idle[chance(rng, share, len(idle))]
        at = next_business_time(rng, contact[idle], rng.integers(DAY, 12 * DAY, len(idle)))
        self._return(leads[idle], at, actor[idle], first)

    def _return(self, leads: Ints, at: Ints, actor: Ints, first: bool) -> None:
        base = pick(self.rng, [r.weight for r in words.RETURN_REASONS], len(leads))
        fair = pick(self.rng, words.EXHIBITION_RETURN_WEIGHTS, len(leads))
        from_fair = self.people.channel[leads] == words.CHANNEL["exhibition"]
        reason = np.where(from_fair, fair, base)
        offset = words.ANSWER[words.RETURN_REASONS[0].code]
        self.log.add("returned", leads, at, answer=offset + reason, actor=actor)
        if first:
            self.outcome.returned_at[leads] = at
            self.outcome.reason[leads] = reason

    def _open_deals(self, leads: Ints, after: Ints, owner: Ints, first: bool) -> None:
        rng, people, count = self.rng, self.people, len(leads)
        meeting = next_business_time(rng, after, rng.integers(DAY, 9 * DAY, count))
        self.log.add("meeting", leads, meeting, actor=len(words.INSIDE_SALES) + owner)
        created = to_minute(meeting + HOUR)
        won = chance(rng, win_probability(people)[leads], count)
        deals = make_deals(rng, leads, created, won, people.product[leads], owner)
        has_peer = (people.peer[leads] >= 0) & chance(rng, 0.8, count)
        deals.contact = np.where(has_peer, people.peer[leads], -1)
        self.deals.append(deals)
        if first:
            self.outcome.deal_at[leads] = created
            self.outcome.won_at[leads] = np.where(won, deals.closed, NEVER)
            self.outcome.lost_at[leads] = np.where(won, NEVER, deals.closed)

    def _come_back(self) -> None:
        """Some that were returned as too early come back months later: a second episode."""
        rng, people, outcome = self.rng, self.people, self.outcome
        early = np.flatnonzero((outcome.returned_at < self.span.as_of) & (outcome.reason == 0))
        leads = early[chance(rng, PLANTS.comes_back_share, len(early))]
        wait = rng.integers(30 * DAY, 150 * DAY, len(leads))
        at = next_business_time(rng, outcome.returned_at[leads], wait)
        case = words.CONTENT["case-it"]
        session = self.sessions.take(len(leads))
        self.log.add("case_study_download", leads, at, content=case, session=session)
        asked = leads[chance(rng, PLANTS.second_sql_rate, len(leads))]
        again = np.zeros(len(people), dtype=np.int64)
        again[leads] = at
        sql_at = self._hear(asked, again[asked], confirmed=True)
        here = sql_at < self.span.as_of
        asked, sql_at = asked[here], sql_at[here]
        outcome.second_sql_at[asked] = sql_at
        self._hand_over(asked, sql_at, np.full(len(asked), 0.8), first=False)


def make_deals(
    rng: Generator, lead: Ints, created: Ints, won: Bools, product: Ints, owner: Ints
) -> Deals:
    """Amounts by product (log-normal, in 10,000 yen), a cycle of about six weeks."""
    count = len(lead)
    median = np.where(product == 0, 1_200_000, 2_400_000)
    amount = median * np.exp(rng.normal(0.0, 0.65, count))
    margin = rng.normal(np.where(product == 0, 0.72, 0.60), 0.04)
    cycle = np.maximum(lognormal_seconds(rng, 42 * DAY, 0.6, count), 3 * DAY)
    reached = np.where(won, 2, rng.integers(0, 3, count))
    return Deals(
        lead=lead,
        created=created,
        closed=to_minute(next_business_time(rng, created, cycle)),
        won=won,
        product=product,
        amount=np.maximum((amount / 10_000).round().astype(np.int64), 5) * 10_000,
        margin=np.clip(margin, 0.3, 0.9).round(3),
        lost_reason=pick(rng, (0.3, 0.25, 0.25, 0.12, 0.08), count),
        reached=reached,
        owner=owner,
        contact=np.full(count, -1),
    )
