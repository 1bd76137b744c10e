"""One slice of the company, small enough to hold in memory, as canonical tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from leadloop.demo import dirt, tables
from leadloop.demo import vocabulary as words
from leadloop.demo.costs import CostBook
from leadloop.demo.draw import DAY, NEVER, Bools, Ints, Span, chance, next_business_time, to_minute
from leadloop.demo.engagement import Sessions, engage
from leadloop.demo.events import EventLog, Events, concatenate
from leadloop.demo.people import People, make_people
from leadloop.demo.plants import DIRT_SHARES, PLACEBO_CONTENT, PLANTS, SELLING_CONTENT
from leadloop.demo.qualification import qualify
from leadloop.demo.sales import Deals, SalesFloor, make_deals
from leadloop.demo.truth import Truth

CHUNK_LEADS = 50_000
_QUIET_KINDS = ("email_sent", "email_bounce")


@dataclass(frozen=True)
class Plan:
    """What to generate; the same plan always gives the same company."""

    leads: int
    seed: int
    as_of: datetime
    months: int
    activities_per_lead: float

    @property
    def span(self) -> Span:
        return Span.of(self.as_of, self.months)


@dataclass
class Simulation:
    """Runs chunk by chunk; numbers, truth and costs carry over from one to the next."""

    plan: Plan
    truth: Truth = field(default_factory=Truth)
    _next_activity: int = 1
    _next_deal: int = 1
    _sessions: Sessions = field(default_factory=lambda: Sessions(1))

    def chunks(self) -> Iterator[dict[str, pa.Table]]:
        """The canonical tables of each slice; the last item brings the costs."""
        plan, span = self.plan, self.plan.span
        costs = CostBook(span)
        for number, first in enumerate(range(0, plan.leads, CHUNK_LEADS)):
            rng = np.random.default_rng([plan.seed, number])
            count = min(CHUNK_LEADS, plan.leads - first)
            people = make_people(
                rng, span, first + 1, count, plan.leads, DIRT_SHARES["fullwidth_employee_counts"]
            )
            costs.observe(people.created, people.campaign)
            yield self._count(self._chunk(rng, people, span))
        rng = np.random.default_rng([plan.seed, 1_000_003])
        table, spoiled = costs.table(rng)
        self.truth.dirt.update(costs_bad_amount=spoiled)
        self.truth.observe_money("cost", *costs.registered())
        self.truth.counts.update(cost_months_missing=costs.missing)
        yield self._count({"marketing_costs": table})

    def _count(self, made: dict[str, pa.Table]) -> dict[str, pa.Table]:
        for name, table in made.items():
            self.truth.rows[name] += table.num_rows
        return made

    def _chunk(self, rng: Generator, people: People, span: Span) -> dict[str, pa.Table]:
        log = engage(rng, people, span, self._sessions, self.plan.activities_per_lead).events()
        log = log.where(log.at < span.as_of)
        mql = qualify(people, log)
        exposed = {
            name: _met(log, words.CONTENT[name], mql.mql_at)
            for name in (SELLING_CONTENT, PLACEBO_CONTENT)
        }
        floor = SalesFloor(rng, people, span, self._sessions)
        floor.play(mql, exposed)
        opens = np.bincount(log.lead[log.kind == words.TYPE["email_open"]], minlength=len(people))
        self.truth.observe(people, mql, floor.outcome, exposed, opens, span.as_of)

        log = log.where(~_after_return(log, floor.outcome.returned_at))
        log = concatenate([log, floor.log.events(), _opt_outs(rng, people, floor, span)])
        log = log.where(log.at < span.as_of)
        made = self._deals(rng, people, floor, span)
        extra = dirt.lead_dirt(rng, people)
        everyone = np.arange(len(people))
        made["leads"] = _stack(
            [tables.leads_table(people, everyone, tables.lead_ids(people)), *extra.rows]
        )
        made["activities"] = self._activities(rng, people, log, extra, span)
        return made

    def _activities(
        self, rng: Generator, people: People, log: Events, extra: dirt.LeadDirt, span: Span
    ) -> pa.Table:
        log = concatenate([log, dirt.activities_of_extra_leads(rng, people, extra, span.as_of)])
        log = log.where(np.argsort(log.at, kind="stable"))
        self.truth.observe_events(log)
        numbers = self._next_activity + np.arange(len(log))
        self._next_activity += len(log)
        log, numbers, unreadable, counts = dirt.activity_rows(
            rng, log, numbers, self._next_activity, len(people)
        )
        self._next_activity += counts["activities_bad_date"]
        self.truth.dirt.update(extra.counts | counts)
        ids = pa.concat_arrays([tables.lead_ids(people), extra.ids, extra.ghosts])
        return tables.activities_table(log, numbers, ids, unreadable)

    def _deals(
        self, rng: Generator, people: People, floor: SalesFloor, span: Span
    ) -> dict[str, pa.Table]:
        deals = _concatenate_deals([*floor.deals, _deals_without_lead(rng, people)])
        deals = _take_deals(deals, np.flatnonzero(deals.created < span.as_of))
        deals = _take_deals(deals, np.argsort(deals.created, kind="stable"))
        ids = tables.idents("D", self._next_deal + np.arange(len(deals)), 7)
        self._next_deal += len(deals)
        changes, stage, updated = _stage_changes(deals, span)
        table = tables.deals_table(deals, ids, people, stage, updated, span.as_of)
        won = (deals.closed < span.as_of) & deals.won
        self.truth.counts.update(
            deals=len(deals),
            deals_without_lead=int((deals.lead < 0).sum()),
            deals_won=int(won.sum()),
            revenue_won=int(deals.amount[won].sum()),
        )
        channel = np.where(deals.lead >= 0, people.channel[np.maximum(deals.lead, 0)], -1)
        gross = np.round(deals.amount * deals.margin).astype(np.int64)
        self.truth.observe_money("revenue", channel[won], deals.amount[won])
        self.truth.observe_money("gross_profit", channel[won], gross[won])
        made = {
            "deals": _stack([table, *self._deal_dirt(rng, people, deals, ids, stage, span)]),
            "deal_contacts": tables.deal_contacts_table(deals, ids, people),
            "stage_changes": tables.stage_changes_table(*changes, ids),
        }
        return made

    def _deal_dirt(
        self, rng: Generator, people: People, deals: Deals, ids: pa.Array, stage: Ints, span: Span
    ) -> list[pa.Table]:
        """Deals that came twice, with a negative amount, or with a date nobody can read."""
        rows = []
        for kind, prefix in (
            ("duplicate_deal_rows", ""), ("deals_negative_amount", "DN"), ("deals_bad_date", "DB"),
        ):  # fmt: skip
            number = min(len(deals), dirt.how_many(kind, len(people)))
            chosen = np.sort(rng.choice(len(deals), number, replace=False))
            copy = _take_deals(deals, chosen)
            own = ids.take(pa.array(chosen))
            if prefix:
                copy.lead = np.full(number, -1)
                own = tables.idents(prefix, people.first_number + np.arange(number), 7)
            rows.append(
                tables.deals_table(
                    copy,
                    own,
                    people,
                    stage[chosen],
                    copy.created,
                    span.as_of,
                    amount=-copy.amount if kind == "deals_negative_amount" else None,
                    unreadable=np.full(number, kind == "deals_bad_date"),
                )
            )
            self.truth.dirt[kind] += number
        return rows


def _stack(parts: list[pa.Table]) -> pa.Table:
    """Rows of several tables; dictionaries are unified, so that words can be swapped later."""
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _met(log: Events, content: int, before: Ints) -> Bools:
    """Who downloaded a case study no later than the given instants."""
    got = (log.kind == words.TYPE["case_study_download"]) & (log.content == content)
    met = np.zeros(len(before), dtype=bool)
    met[log.lead[got][log.at[got] <= before[log.lead[got]]]] = True
    return met


def _after_return(log: Events, returned_at: Ints) -> Bools:
    """A returned lead goes quiet: only mails are sent on."""
    quiet = np.isin(log.kind, [words.TYPE[k] for k in _QUIET_KINDS])
    return (log.at >= returned_at[log.lead]) & ~quiet


def _opt_outs(rng: Generator, people: People, floor: SalesFloor, span: Span) -> Events:
    """Some who never came far unsubscribe; the flag and the event go together."""
    share = DIRT_SHARES["opted_out_leads"]
    leaves = (floor.outcome.sql_at == NEVER) & chance(rng, share, len(people))
    at = people.created + rng.integers(DAY, 200 * DAY, len(people))
    leaves &= at < span.as_of
    people.opted_out = leaves
    log = EventLog()
    lead = np.flatnonzero(leaves)
    log.add("unsubscribe", lead, at[lead], channel=words.CHANNEL["email"])
    return log.events()


def _deals_without_lead(rng: Generator, people: People) -> Deals:
    """Additional contracts of existing customers: revenue that no channel earned."""
    count = max(1, round(PLANTS.deals_without_lead * len(people)))
    low, high = int(people.created.min()), int(people.created.max())
    created = rng.integers(low, high + 1, count)
    created = to_minute(next_business_time(rng, created, np.zeros(count, dtype=np.int64)))
    return make_deals(
        rng,
        np.full(count, -1),
        created,
        chance(rng, 0.5, count),
        rng.integers(0, 2, count),
        rng.integers(0, len(words.FIELD_SALES), count),
    )


_DEAL_FIELDS = (
    "lead", "created", "closed", "won", "product", "amount", "margin", "lost_reason", "reached",
    "owner", "contact",
)  # fmt: skip


def _concatenate_deals(parts: list[Deals]) -> Deals:
    return Deals(**{f: np.concatenate([getattr(p, f) for p in parts]) for f in _DEAL_FIELDS})


def _take_deals(deals: Deals, rows: Ints) -> Deals:
    return Deals(**{f: getattr(deals, f)[rows] for f in _DEAL_FIELDS})


def _stage_changes(
    deals: Deals, span: Span
) -> tuple[tuple[Ints, Ints, Ints, Ints, Ints, Ints], Ints, Ints]:
    """The way of each deal through the stages, its present stage and its last change."""
    won_stage, lost_stage = words.DEAL_STAGES.index("受注"), words.DEAL_STAGES.index("失注")
    everyone = np.arange(len(deals))
    length = deals.closed - deals.created
    stage, updated = np.zeros(len(deals), dtype=np.int64), deals.created.copy()
    blocks = [(everyone, np.full(len(deals), -1), stage.copy(), deals.created)]
    for step in (1, 2):
        at = to_minute(deals.created + length * step // (deals.reached + 2))
        moves = np.flatnonzero((deals.reached >= step) & (at < span.as_of) & (at < deals.closed))
        blocks.append((moves, stage[moves], np.full(len(moves), step), at[moves]))
        stage[moves], updated[moves] = step, at[moves]
    ends = np.flatnonzero(deals.closed < span.as_of)
    last = np.where(deals.won[ends], won_stage, lost_stage)
    blocks.append((ends, stage[ends], last, deals.closed[ends]))
    stage[ends], updated[ends] = last, deals.closed[ends]
    deal, before, after, at = (np.concatenate(column) for column in zip(*blocks, strict=True))
    order = np.argsort(at, kind="stable")
    deal, before, after, at = deal[order], before[order], after[order], at[order]
    reason = np.where(after == lost_stage, deals.lost_reason[deal], -1)
    return (deal, before, after, at, reason, deals.owner[deal]), stage, updated
