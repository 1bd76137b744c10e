"""Which chances are fitted on, and which judge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadloop.errors import LeadloopError
from leadloop.fit.table import FitTable

FITTED_SHARE = 0.7
# What a company needs at least on either side to be told anything (docs/fit.md).
LEAST_OUTCOMES = 30


class TooFewOutcomes(LeadloopError):
    """There is not enough to learn from."""

    exit_code = 3


@dataclass(frozen=True)
class Split:
    """Positions of the rows that are fitted on and of those that judge."""

    fitted: np.ndarray
    judging: np.ndarray
    by_time: bool


def split(table: FitTable, by_time: bool, seed: int) -> Split:
    """The earlier part to fit on and the later to judge, or a random share of the same size.

    Raises:
        TooFewOutcomes: either part has too few good or too few bad outcomes.
    """
    count = len(table.outcome)
    order = np.arange(count) if by_time else np.random.default_rng(seed).permutation(count)
    cut = int(FITTED_SHARE * count)
    made = Split(order[:cut], order[cut:], by_time)
    for rows in (made.fitted, made.judging):
        _require(int(table.outcome.iloc[rows].sum()), len(rows))
    return made


def _require(won: int, count: int) -> None:
    for found, en, ja in ((won, "won", "受注"), (count - won, "not won", "受注以外")):
        if found < LEAST_OUTCOMES:
            missing = LEAST_OUTCOMES - found
            raise TooFewOutcomes(
                f"a part of the data has {found} chances that were {en}; {LEAST_OUTCOMES} are "
                f"needed, {missing} are missing",
                f"データの片方に「{ja}」の機会が{found}件しかありません。{LEAST_OUTCOMES}件必要で、あと{missing}件足りません",
                "wait for more outcomes; until then the rules that both departments agreed on are "
                "better than points from chance",
                "結果が増えるのを待ってください。それまでは、偶然から作った配点より両部門で合意した基準のほうが確かです",
            )
