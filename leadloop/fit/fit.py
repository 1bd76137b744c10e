"""From a table of chances to a judged draft."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadloop.errors import LeadloopError
from leadloop.fit.candidates import candidates, quiet
from leadloop.fit.choose import PointRule, choose, total
from leadloop.fit.judge import Judgement, judge
from leadloop.fit.leaks import Leak, leaks
from leadloop.fit.split import Split, split
from leadloop.fit.table import FitTable

MOST_RULES = 12
MOST_POINTS = 25


class NothingToSay(LeadloopError):
    """No condition goes with the outcome."""

    exit_code = 3


@dataclass(frozen=True)
class Fitted:
    """A draft: its rules, how it was judged, and what was left out because it knew the outcome."""

    table: FitTable
    split: Split
    rules: tuple[PointRule, ...]
    points: np.ndarray
    judgement: Judgement
    leaks: dict[str, Leak]


def fit(
    table: FitTable,
    by_time: bool = True,
    seed: int = 0,
    most_rules: int = MOST_RULES,
    most_points: int = MOST_POINTS,
) -> Fitted:
    """At most `most_rules` rules within ±`most_points` whole points, judged on unseen chances.

    Raises:
        TooFewOutcomes: too few good or bad outcomes in either part.
        NothingToSay: nothing goes with the outcome, not even on the part fitted on.
    """
    quiet()
    parts = split(table, by_time, seed)
    knowing = leaks(table, parts.fitted)
    honest = table.without(list(knowing))
    answers = candidates(honest, parts.fitted)
    outcome = honest.outcome.to_numpy()
    rules = choose(answers, outcome[parts.fitted], most_rules, most_points) if answers else []
    if not rules:
        raise NothingToSay(
            "nothing in this data goes with the outcome",
            "このデータには、結果と関係のある項目がありません",
            "keep the rules as they are; see whether outcomes and activities reach leadloop at all",
            "基準はそのままにしてください。結果と行動が取り込まれているかも確かめてください",
        )
    points = total(rules, honest.features)
    return Fitted(honest, parts, tuple(rules), points, judge(honest, parts, points), knowing)
