"""How good points are on chances they were not made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.utils import resample

from leadloop.fit.rates import Rate, difference
from leadloop.fit.split import Split
from leadloop.fit.table import FitTable

_DRAWS = 200
_BANDS = 10


@dataclass(frozen=True)
class Auc:
    """Of a good and a bad chance, how often the good one has more points; 95% by bootstrap."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Band:
    """A tenth of the judging chances, by points: what was expected of it and what came."""

    least_points: float
    most_points: float
    rate: Rate
    expected: float
    lift: float
    lift_low: float
    lift_high: float

    @property
    def is_calibrated(self) -> bool:
        """Does the interval of the rate hold what was expected?"""
        return self.rate.low <= self.expected <= self.rate.high


@dataclass(frozen=True)
class Drift:
    """The share of good outcomes in the part fitted on and in the part that judges."""

    fitted: Rate
    judging: Rate
    low: float
    high: float

    @property
    def is_drifted(self) -> bool:
        """Is the difference more than chance?"""
        return not self.low <= 0 <= self.high


@dataclass(frozen=True)
class Judgement:
    """Everything that is said about a draft. `current` is None where no rules were in force."""

    draft: Auc
    boosting: Auc
    current: Auc | None
    bands: tuple[Band, ...]
    drift: Drift

    @property
    def has_signal(self) -> bool:
        """Is the draft better than a coin on what it has not seen?"""
        return self.draft.low > 0.5

    @property
    def kept_share(self) -> float:
        """The AUC of the draft as a share of what gradient boosting reaches on the same split."""
        return self.draft.value / self.boosting.value


def judge(table: FitTable, split: Split, points: np.ndarray) -> Judgement:
    """Judge `points` (one a row of the table) on the judging part alone."""
    outcome = table.outcome.to_numpy()
    came = outcome[split.judging]
    current = table.current_score
    return Judgement(
        draft=_auc(came, points[split.judging]),
        boosting=_auc(came, _boosted(table, split)),
        current=None
        if current is None
        else _auc(came, current.fillna(0).to_numpy()[split.judging]),
        bands=tuple(_bands(points, outcome, split)),
        drift=_drift(outcome, split),
    )


def _auc(outcome: np.ndarray, points: np.ndarray) -> Auc:
    drawn = [
        roc_auc_score(*resample(outcome, points, stratify=outcome, random_state=i))
        for i in range(_DRAWS)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Auc(float(roc_auc_score(outcome, points)), float(low), float(high))


def _boosted(table: FitTable, split: Split) -> np.ndarray:
    """What scikit-learn's gradient boosting makes of the same columns: what there is to know."""
    features = table.features.apply(
        lambda c: c if pd.api.types.is_numeric_dtype(c) else c.astype("category")
    )
    model = HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=0)
    model.fit(features.iloc[split.fitted], table.outcome.iloc[split.fitted])
    return model.predict_proba(features.iloc[split.judging])[:, 1]


def _bands(points: np.ndarray, outcome: np.ndarray, split: Split) -> list[Band]:
    curve = LogisticRegression(C=1e6)
    curve.fit(points[split.fitted].reshape(-1, 1), outcome[split.fitted])
    judged = pd.DataFrame({"points": points[split.judging], "won": outcome[split.judging]})
    judged["expected"] = curve.predict_proba(judged[["points"]].to_numpy())[:, 1]
    # equal points stay together, so that a band is one that a rule could name
    judged["band"] = pd.qcut(judged["points"], _BANDS, labels=False, duplicates="drop")
    base = judged["won"].mean()
    bands = []
    for _, rows in sorted(judged.groupby("band"), reverse=True):
        rate = Rate(int(rows["won"].sum()), len(rows))
        bands.append(
            Band(
                float(rows["points"].min()),
                float(rows["points"].max()),
                rate,
                float(rows["expected"].mean()),
                *(x / base for x in (rate.value, rate.low, rate.high)),
            )
        )
    return bands


def _drift(outcome: np.ndarray, split: Split) -> Drift:
    fitted, judging = (
        Rate(int(outcome[rows].sum()), len(rows)) for rows in (split.fitted, split.judging)
    )
    return Drift(fitted, judging, *difference(judging, fitted))
