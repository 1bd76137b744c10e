"""The dirt that real exports carry, planted in exact numbers.

All of it is extra rows (or another spelling of the same value), never a damaged row of the
story: who takes the dirt out has exactly the company of the simulation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from leadloop.demo import tables
from leadloop.demo import vocabulary as words
from leadloop.demo.draw import Ints
from leadloop.demo.events import EventLog, Events, concatenate
from leadloop.demo.people import People
from leadloop.demo.plants import DIRT_SHARES


def how_many(kind: str, leads: int) -> int:
    """At least one of each kind, so that the smallest company shows them all."""
    return max(1, round(DIRT_SHARES[kind] * leads))


@dataclass
class LeadDirt:
    """Extra lead rows, the ids they bring, and the number of each kind."""

    rows: list[pa.Table]
    ids: pa.Array  # of the leads which get a few activities of their own
    ghosts: pa.Array  # ids that no lead has
    counts: dict[str, int]


def lead_dirt(rng: Generator, people: People) -> LeadDirt:
    """Duplicates, merged, deleted and unreadable lead rows for one chunk."""
    count, first = len(people), people.first_number
    ids = tables.lead_ids(people)
    counts = {"fullwidth_employee_counts": int(people.fullwidth.sum())}
    counts["opted_out_leads"] = int(people.opted_out.sum())

    def sample(kind: str) -> Ints:
        rows = np.sort(rng.choice(count, min(count, how_many(kind, count)), replace=False))
        counts[kind] = len(rows)
        return rows

    twice = sample("duplicate_lead_rows")
    old = tables.leads_table(
        people, twice, ids.take(pa.array(twice)), updated=people.created[twice]
    )

    plain, chained = sample("merged_leads"), sample("merged_chains")
    merged_ids = tables.idents("LM", first + np.arange(len(plain)), 8)
    middle_ids = tables.idents("LN", first + np.arange(len(chained)), 8)
    far_ids = tables.idents("LO", first + np.arange(len(chained)), 8)
    merged = [
        tables.leads_table(people, plain, merged_ids, merged_into=ids.take(pa.array(plain))),
        tables.leads_table(people, chained, middle_ids, merged_into=ids.take(pa.array(chained))),
        tables.leads_table(people, chained, far_ids, merged_into=middle_ids),
    ]
    counts["merged_lead_rows"] = len(plain) + 2 * len(chained)

    gone = sample("deleted_leads")
    gone_ids = tables.idents("LD", first + np.arange(len(gone)), 8)
    deleted = tables.leads_table(people, gone, gone_ids, deleted=np.ones(len(gone), dtype=bool))
    bad = sample("leads_bad_date")
    bad_ids = tables.idents("LB", first + np.arange(len(bad)), 8)
    unreadable = tables.leads_table(people, bad, bad_ids, unreadable=np.ones(len(bad), dtype=bool))
    return LeadDirt(
        rows=[old, *merged, deleted, unreadable],
        ids=pa.concat_arrays([merged_ids, middle_ids, far_ids, gone_ids]),
        ghosts=tables.idents("LX", first + np.arange(how_many("orphan_activities", count)), 8),
        counts=counts,
    )


def activities_of_extra_leads(rng: Generator, people: People, dirt: LeadDirt, as_of: int) -> Events:
    """Harmless activities (no points, no visit) of merged, deleted and unknown leads.

    Lead numbers continue after the people of the chunk: first `dirt.ids`, then `dirt.ghosts`.
    """
    log = EventLog()
    own, ghosts = len(dirt.ids), len(dirt.ghosts)
    low, high = int(people.created.min()), as_of
    email, newsletter = words.CHANNEL["email"], words.CONTENT["newsletter"]
    at = len(people) + np.arange(own)
    for _ in range(2):
        log.add("email_sent", at, rng.integers(low, high, own), content=newsletter, channel=email)
    at = len(people) + own + np.arange(ghosts)
    log.add("email_sent", at, rng.integers(low, high, ghosts), content=newsletter, channel=email)
    gone = dirt.counts["deleted_leads"]
    dirt.counts["orphan_activities"] = ghosts
    dirt.counts["activities_of_merged_leads"] = 2 * (own - gone)
    dirt.counts["activities_of_deleted_leads"] = 2 * gone
    return log.events()


def activity_rows(
    rng: Generator, events: Events, numbers: Ints, next_number: int, leads: int
) -> tuple[Events, Ints, np.ndarray, dict[str, int]]:
    """Adds rows that came twice and rows whose date nobody can read.

    Returns the events, their numbers, which of them have an unreadable date, and the counts.
    """
    twice = rng.choice(len(events), min(len(events), how_many("duplicate_activity_rows", leads)),
                       replace=False)  # fmt: skip
    visits = np.flatnonzero(events.kind == words.TYPE["page_view"])
    bad = rng.choice(visits, min(len(visits), how_many("activities_bad_date", leads)),
                     replace=False)  # fmt: skip
    every = concatenate([events, events.where(twice), events.where(bad)])
    numbers = np.concatenate([numbers, numbers[twice], next_number + np.arange(len(bad))])
    unreadable = np.zeros(len(every), dtype=bool)
    unreadable[len(every) - len(bad) :] = True
    counts = {"duplicate_activity_rows": len(twice), "activities_bad_date": len(bad)}
    order = np.argsort(every.at, kind="stable")
    return every.where(order), numbers[order], unreadable[order], counts
