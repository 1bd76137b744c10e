"""What the generator knows and the data must reveal; written to truth.json, never loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from leadloop.demo import vocabulary as words
from leadloop.demo.draw import Bools, Ints, jst_month, month_text
from leadloop.demo.events import Events
from leadloop.demo.people import People
from leadloop.demo.plants import PLACEBO_CONTENT, SELLING_CONTENT
from leadloop.demo.qualification import Qualification
from leadloop.demo.sales import Outcome

_SMALL_HABIT = 3  # newsletters opened; the plant of the worthless rule splits MQLs here


@dataclass
class Truth:
    """Sums over all chunks: k of n by step and dimension, plants, dirt, rows."""

    rates: dict[str, dict[str, dict[str, list[int]]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    dirt: Counter[str] = field(default_factory=Counter)
    activity_types: Counter[str] = field(default_factory=Counter)
    money: dict[str, Counter[str]] = field(default_factory=dict)

    def tally(self, step: str, dimension: str, value: str, n: Bools, k: Bools) -> None:
        """Adds the k of n of one value of a dimension."""
        pair = self.rates.setdefault(step, {}).setdefault(dimension, {}).setdefault(value, [0, 0])
        pair[0] += int(n.sum())
        pair[1] += int((n & k).sum())

    def tally_codes(self, step: str, dimension: str, codes: Ints, labels: list[str],
                    n: Bools, k: Bools) -> None:  # fmt: skip
        for code in np.unique(codes[codes >= 0]):
            chosen = codes == code
            self.tally(step, dimension, labels[code] or "unknown", n & chosen, k)

    def observe(
        self,
        people: People,
        mql: Qualification,
        outcome: Outcome,
        exposed: dict[str, Bools],
        opens: Ints,
        as_of: int,
    ) -> None:
        """Takes in the first episodes of one chunk."""
        everyone = np.ones(len(people), dtype=bool)
        is_mql, is_sql = mql.mql_at < as_of, outcome.sql_at < as_of
        deal, won = outcome.deal_at < as_of, outcome.won_at < as_of
        decided = won | (outcome.lost_at < as_of)
        steps = {
            "lead>mql": (everyone, is_mql),
            "mql>sql": (is_mql, is_sql),
            "sql>opportunity": (is_sql, deal),
            "opportunity>won": (deal, won),
            "decided>won": (decided, won),
            "sql>won": (is_sql, won),
            "sql>returned": (is_sql, outcome.returned_at < as_of),
        }
        contents = [c.content_id for c in words.CONTENTS]
        for step, (n, k) in steps.items():
            self.tally(step, "all", "all", n, k)
            self.tally_codes(step, "channel", people.channel, list(words.CHANNEL_CODES), n, k)
            self.tally_codes(step, "job_level", people.level, list(words.LEVELS), n, k)
            self.tally_codes(step, "content", people.content, contents, n, k)
        for name, met in exposed.items():
            self.tally("mql>sql", "met_content", name, is_mql & met, is_sql)
        neither = ~(exposed[SELLING_CONTENT] | exposed[PLACEBO_CONTENT])
        self.tally("mql>sql", "met_content", "neither", is_mql & neither, is_sql)
        honest = is_mql & ~people.false_alarm
        often = opens >= _SMALL_HABIT
        self.tally("mql>sql", "newsletters_opened", "0-2", honest & ~often, is_sql)
        self.tally("mql>sql", "newsletters_opened", "3+", honest & often, is_sql)
        for name, group in (("hidden_gem", people.gem), ("false_alarm", people.false_alarm)):
            for step in ("lead>mql", "lead>sql", "lead>opportunity", "opportunity>won"):
                n = deal if step.startswith("opp") else everyone
                k = {"mql": is_mql, "sql": is_sql, "opportunity": deal, "won": won}[
                    step.split(">")[1]
                ]
                self.tally(step, "group", name, group & n, k)
        months = jst_month(people.created)
        for month in np.unique(months):
            chosen = months == month
            self.tally("lead>mql", "lead_month", month_text(month), chosen, is_mql)
        months = jst_month(np.where(is_mql, mql.mql_at, 0))
        for month in np.unique(months[is_mql]):
            chosen = is_mql & (months == month)
            self.tally("mql>sql", "mql_month", month_text(month), chosen, is_sql)
        self.counts.update(
            leads=len(people),
            mqls=int(is_mql.sum()),
            mqls_disqualified=int((is_mql & people.disqualified).sum()),
            mqls_below_v2_threshold=int((is_mql & mql.below_v2).sum()),
            sqls=int(is_sql.sum()),
            sqls_without_mql=int((is_sql & ~is_mql).sum()),
            second_sqls=int((outcome.second_sql_at < as_of).sum()),
            hidden_gems=int(people.gem.sum()),
            false_alarms=int(people.false_alarm.sum()),
        )

    def observe_money(self, what: str, channel: Ints, amount: Ints) -> None:
        """Adds yen by channel; a negative channel means no lead, hence no channel."""
        for code in np.unique(channel):
            name = words.CHANNEL_CODES[code] if code >= 0 else "unattributed"
            self.money.setdefault(name, Counter())[what] += int(amount[channel == code].sum())

    def observe_events(self, events: Events) -> None:
        types, numbers = np.unique(events.kind, return_counts=True)
        for code, number in zip(types.tolist(), numbers.tolist(), strict=True):
            self.activity_types[words.ACTIVITY_TYPES[code].code] += number

    def as_dict(self) -> dict[str, Any]:
        return {
            "counts": dict(sorted(self.counts.items())),
            "rows": dict(sorted(self.rows.items())),
            "dirt": dict(sorted(self.dirt.items())),
            "activity_types": dict(sorted(self.activity_types.items())),
            "money": {c: dict(sorted(sums.items())) for c, sums in sorted(self.money.items())},
            "rates": {
                step: {d: dict(sorted(v.items())) for d, v in sorted(dims.items())}
                for step, dims in sorted(self.rates.items())
            },
        }
