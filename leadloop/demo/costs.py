"""Invoices for marketing: one a month and campaign, and one that never came."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from leadloop.demo import vocabulary as words
from leadloop.demo.draw import Ints, Span, jst_month, month_text
from leadloop.raw.contract import MARKETING_COSTS

UNREADABLE_AMOUNT = "請求書参照"


class CostBook:
    """Counts leads by month and campaign, then turns them into invoices."""

    def __init__(self, span: Span) -> None:
        self._first = int(jst_month(np.array([span.start]))[0])
        self._leads: Counter[tuple[int, int]] = Counter()
        self.missing = 0
        self._registered: Counter[int] = Counter()

    def observe(self, created: Ints, campaign: Ints) -> None:
        """Takes in the arrivals of one chunk."""
        paid = campaign >= 0
        key = (jst_month(created[paid]) - self._first) * 1_000 + campaign[paid]
        for value, number in zip(*(a.tolist() for a in np.unique(key, return_counts=True)),
                                 strict=True):  # fmt: skip
            self._leads[divmod(value, 1_000)] += number

    def registered(self) -> tuple[Ints, Ints]:
        """Channels and what was invoiced for them, once `table` has run."""
        channels = np.array(sorted(self._registered), dtype=np.int64)
        return channels, np.array([self._registered[c] for c in channels.tolist()], dtype=np.int64)

    def table(self, rng: Generator) -> tuple[pa.Table, int]:
        """The invoices, and how many of them carry an amount that nobody can read."""
        rows: list[dict[str, str]] = []
        for (month, code), leads in sorted(self._leads.items()):
            campaign = words.CAMPAIGNS[code]
            month_name = month_text(self._first + month)
            unit = words.COST_PER_LEAD.get(campaign.channel)
            amount = round(float(leads * (unit or 0) * rng.uniform(0.85, 1.15)) / 1_000) * 1_000
            if unit is None:
                continue
            if (campaign.channel, month_name) == words.MISSING_COST:
                self.missing += 1
                continue
            rows.append(_invoice(len(rows) + 1, campaign, month_name, str(amount)))
            self._registered[words.CHANNEL[campaign.channel]] += amount
        spoiled = _invoice(len(rows) + 1, words.CAMPAIGNS[2], rows[-1]["starts_on"][:7], "")
        rows.append(spoiled | {"amount": UNREADABLE_AMOUNT, "kind": "調整"})
        columns = {
            c: pa.array([row.get(c) for row in rows], pa.string()) for c in MARKETING_COSTS.columns
        }
        return pa.table(columns), 1


def _invoice(number: int, campaign: words.Campaign, month: str, amount: str) -> dict[str, str]:
    first = np.datetime64(month, "M")
    return {
        "cost_id": f"C{number:05d}",
        "channel": campaign.channel,
        "campaign": campaign.name,
        "starts_on": str(first.astype("datetime64[D]")),
        "ends_on": str((first + 1).astype("datetime64[D]") - 1),
        "amount": amount,
        "currency": "JPY",
        "kind": campaign.cost_kind,
    }
