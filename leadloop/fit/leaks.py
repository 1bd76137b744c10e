"""Columns that know the outcome: whoever has them needs no score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier

from leadloop.fit.rates import Rate
from leadloop.fit.table import FitTable

# No single trait of a lead tells a win from a loss so well. What does was written down
# afterwards, or defines it.
KNOWS_AUC = 0.95
KNOWS_RATE = 0.95
_FOLDS = 3


@dataclass(frozen=True)
class Leak:
    """Why a column was left out: its AUC by itself, or how its chances ended where it is an act."""

    auc: float
    ended: Rate | None = None


def leaks(table: FitTable, rows: np.ndarray) -> dict[str, Leak]:
    """Columns that by themselves, or by being filled at all, tell the outcome.

    An act tells it where nearly all who did it ended well, beyond chance, however few they are.
    """
    outcome = table.outcome.iloc[rows].to_numpy()
    found = {}
    for name, column in table.columns.items():
        answers = table.features[name].iloc[rows]
        if column.activity:
            did = answers.to_numpy(dtype=bool)
            ended = Rate(int(outcome[did].sum()), int(did.sum()))
            if ended.low >= KNOWS_RATE:
                found[name] = Leak(_auc_of(did, outcome), ended)
            continue
        auc = _auc_alone(answers, outcome)
        if auc >= KNOWS_AUC:
            found[name] = Leak(auc)
    return found


def _auc_of(did: np.ndarray, outcome: np.ndarray) -> float:
    return float(roc_auc_score(outcome, did))


def _auc_alone(answers: pd.Series, outcome: np.ndarray) -> float:
    codes = answers if pd.api.types.is_numeric_dtype(answers) else _codes(answers)
    asked = np.column_stack([codes.fillna(-1).to_numpy(dtype=float), answers.isna().to_numpy()])
    tree = DecisionTreeClassifier(max_depth=4, min_samples_leaf=5, random_state=0)
    folds = StratifiedKFold(_FOLDS)
    guessed = cross_val_predict(tree, asked, outcome, cv=folds, method="predict_proba")[:, 1]
    return float(roc_auc_score(outcome, guessed))


def _codes(answers: pd.Series) -> pd.Series:
    return pd.Series(pd.factorize(answers)[0], index=answers.index, dtype=float)
