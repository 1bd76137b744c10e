"""At most so many rules, in whole points: scikit-learn narrows down, selects and weighs."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from sklearn.feature_selection import SequentialFeatureSelector
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from leadloop.fit.condition import Condition

# So many conditions survive the first, coarse choice; the second looks at each of them closely.
_POOL = 32
_PATH = np.geomspace(10, 1_500, 12)
_FOLDS = 3
_OUTCOMES_A_RULE = 15
# What raises the AUC by less than about its own uncertainty is chance; that falls with the root.
_LEAST_GAIN = 0.02


@dataclass(frozen=True)
class PointRule:
    """A condition and its whole points."""

    condition: Condition
    points: int


def choose(
    answers: dict[Condition, np.ndarray], outcome: np.ndarray, most_rules: int, most_points: int
) -> list[PointRule]:
    """The rules, strongest first; none where no condition says anything.

    An L1 path narrows the conditions down to a few dozen (they join as the penalty falls); forward
    selection by cross-validated AUC takes at most `most_rules` of them; the weights of a logistic
    regression, scaled so that the largest is `most_points`, are rounded.
    """
    # small problems, thousands of them: threads would only wait for one another
    with threadpool_limits(1):
        return _choose(answers, outcome, most_rules, most_points)


def _choose(
    answers: dict[Condition, np.ndarray], outcome: np.ndarray, most_rules: int, most_points: int
) -> list[PointRule]:
    conditions = list(answers)
    asked = np.column_stack([answers[c] for c in conditions]).astype(np.float32)
    pool = _pool(asked, outcome)
    # a weight needs outcomes to be estimated from: one rule a handful of the rarer kind
    rarer = int(min(outcome.sum(), len(outcome) - outcome.sum()))
    most_rules = max(1, min(most_rules, rarer // _OUTCOMES_A_RULE))
    if len(pool) > 1:
        pool = _forward(asked, outcome, pool, most_rules, _LEAST_GAIN / sqrt(rarer))
    if not len(pool):
        return []
    weights = _logistic().fit(asked[:, pool], outcome).coef_[0]
    largest = np.abs(weights).max()
    if not largest:
        return []
    points = np.rint(weights * most_points / largest).astype(int)
    rules = [PointRule(conditions[i], int(p)) for i, p in zip(pool, points, strict=True) if p]
    return sorted(rules, key=lambda r: (-abs(r.points), str(r.condition)))


def total(rules: list[PointRule], features: pd.DataFrame) -> np.ndarray:
    """The points of each row."""
    points = np.zeros(len(features))
    for rule in rules:
        points += rule.points * rule.condition.holds(features)
    return points


def _forward(
    asked: np.ndarray, outcome: np.ndarray, pool: np.ndarray, most: int, least_gain: float
) -> np.ndarray:
    """As many as gain something, and at most so many."""
    for count in ("auto", most):
        selector = SequentialFeatureSelector(
            _logistic(),
            n_features_to_select=count,
            tol=least_gain,
            direction="forward",
            scoring="roc_auc",
            cv=StratifiedKFold(_FOLDS, shuffle=True, random_state=0),
        )
        chosen = pool[selector.fit(asked[:, pool], outcome).get_support()]
        if len(chosen) <= most:
            break
    return chosen


def _pool(asked: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    pool = np.array([], dtype=int)
    for strength in _PATH:
        # the loss is a sum over the rows, so the strength that admits a condition falls with them
        path = LogisticRegression(
            C=strength / len(outcome), l1_ratio=1, solver="liblinear", max_iter=300, random_state=0
        )
        pool = np.flatnonzero(path.fit(asked, outcome).coef_[0])
        if len(pool) >= _POOL:
            break
    return pool


def _logistic() -> LogisticRegression:
    return LogisticRegression(C=10, max_iter=200)
