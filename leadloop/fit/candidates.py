"""The conditions a rule could have: ranges of numbers, values and groups of values."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

from leadloop.agreement.rule_language import LIST_SEPARATOR
from leadloop.fit.condition import Column, Condition
from leadloop.fit.table import LEAST_ROWS, FitTable

# A number is cut where a small tree would cut it; more cuts fit noise.
_MOST_CUTS = 11
# A condition for fewer is one for a few people.
_LEAST_SHARE = 0.01


def candidates(table: FitTable, rows: np.ndarray) -> dict[Condition, np.ndarray]:
    """Every condition worth asking, with its answers for `rows` (positions in the table).

    A condition that holds for fewer rows than a suggestion needs, or for all but so few, is left
    out, and so is one that answers like an earlier one.
    """
    features, outcome = table.features.iloc[rows], table.outcome.iloc[rows]
    least = max(LEAST_ROWS, int(_LEAST_SHARE * len(rows)))
    found: dict[Condition, np.ndarray] = {}
    seen: set[bytes] = set()
    for name, column in table.columns.items():
        for condition in _of(column, features[name], outcome, least):
            answers = condition.holds(features)
            mirrored = {answers.tobytes(), (~answers).tobytes()}
            if least <= answers.sum() <= len(rows) - least and not mirrored & seen:
                seen |= mirrored
                found[condition] = answers
    return found


def _of(column: Column, answers: pd.Series, outcome: pd.Series, least: int) -> Iterator[Condition]:
    if column.activity:
        yield Condition(column, "exists", "")
        return
    if pd.api.types.is_numeric_dtype(answers):
        yield from _ranges(column, answers, outcome, least)
    else:
        yield from _groups(column, answers, outcome, least)
    yield Condition(column, "unknown", "")


def _ranges(
    column: Column, answers: pd.Series, outcome: pd.Series, least: int
) -> Iterator[Condition]:
    known = answers[answers.notna()]
    if known.nunique() < 2:
        return
    tree = DecisionTreeClassifier(
        max_leaf_nodes=_MOST_CUTS + 1, min_samples_leaf=least, random_state=0
    )
    tree.fit(known.to_frame(), outcome[answers.notna()])
    inner = tree.tree_.feature >= 0
    values = np.sort(known.unique().astype(float))
    # a tree cuts between two values; a rule names the values themselves
    starts = sorted({int(np.searchsorted(values, cut)) for cut in tree.tree_.threshold[inner]})
    for start in starts:
        yield Condition(column, "gte", _number(values[start]))
    for i, start in enumerate(starts):
        for end in starts[i + 1 :]:
            bounds = (values[start], values[end - 1])
            yield Condition(column, "between", LIST_SEPARATOR.join(map(_number, bounds)))


def _groups(
    column: Column, answers: pd.Series, outcome: pd.Series, least: int
) -> Iterator[Condition]:
    by_value = outcome.groupby(answers).agg(["mean", "count"])
    by_value = by_value[by_value["count"] >= least].sort_values("mean")
    # a value with the separator in it cannot be written in a list
    values = [v for v in by_value.index if LIST_SEPARATOR not in v]
    for value in values:
        yield Condition(column, "in", value)
    # the best values together: of k values in order of their rate, every upper part
    for start in range(1, len(values) - 1):
        yield Condition(column, "in", LIST_SEPARATOR.join(values[start:]))


def _number(value: float) -> str:
    return f"{value:.15g}"


def quiet() -> None:
    """Fits on few rows often end without having converged; the choice does not need it."""
    warnings.filterwarnings("ignore", module="sklearn")
