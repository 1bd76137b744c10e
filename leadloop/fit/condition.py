"""A question that a scoring rule can ask, as a column of a fit table answers it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from leadloop.agreement.rule_language import LIST_SEPARATOR


@dataclass(frozen=True)
class Column:
    """How the rule language asks for a column of a fit table.

    `activity` is None for an attribute of the lead; else the column says whether the lead did that
    activity (with `content_id`, where one is named) before the instant at which it was frozen.
    """

    name: str
    field: str | None = None
    activity: str | None = None
    content_id: str | None = None


@dataclass(frozen=True)
class Condition:
    """One question: column, operator of the rule language and its value as a seed writes it."""

    column: Column
    operator: str
    value: str

    def holds(self, features: pd.DataFrame) -> np.ndarray:
        """Is it true? One boolean a row of `features`; a missing value is a no but to unknown."""
        answers = features[self.column.name]
        if self.operator == "exists":
            return answers.to_numpy(dtype=bool)
        if self.operator == "unknown":
            return answers.isna().to_numpy()
        if self.operator == "gte":
            return (answers >= float(self.value)).to_numpy(dtype=bool)
        if self.operator == "between":
            low, high = map(float, self.value.split(LIST_SEPARATOR))
            return answers.between(low, high).to_numpy(dtype=bool)
        return answers.isin(self.value.split(LIST_SEPARATOR)).to_numpy(dtype=bool)

    def __str__(self) -> str:
        if self.operator in ("exists", "unknown"):
            return f"{self.column.name} {self.operator}"
        return f"{self.column.name} {self.operator} {self.value}"
