"""What the reader of the funnel page asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.ui import fields, urlstate
from dashboard.ui.context import Context
from dashboard.ui.filters import Segment


@dataclass(frozen=True)
class View:
    """Window, segment, step and way of counting; what every part of the page starts from."""

    window: str
    segment: Segment
    step: str
    basis: str
    funnel_type: str

    @property
    def stages(self) -> dict[str, str]:
        """The two stages of the step, as parameters."""
        start, end = self.step.split("-")
        return {"from_stage": start, "to_stage": end}

    @property
    def counted_basis(self) -> str:
        """The basis where figures have to add up: an estimate does not, so cohorts stand for it."""
        return "cohort" if self.basis == "kaplan_meier" else self.basis

    @property
    def is_arrival(self) -> bool:
        """Whether figures are dated by when the step was taken."""
        return self.basis == "period"


def day_of(value: object) -> date:
    """A date column's value as a plain day."""
    return pd.Timestamp(value).date()  # type: ignore[arg-type]


def window_days(ctx: Context, window: str) -> tuple[date | None, date, date] | None:
    """First day of the window before, first day, and the day after the last; None without data."""
    rows = ctx.store.ask("funnel_window", window=window)
    if rows.empty:
        return None
    row = next(rows.itertuples())
    before = None if pd.isna(row.previous_from_on) else day_of(row.previous_from_on)
    return before, day_of(row.from_on), day_of(row.until_on)


def choose_mark(raw: str) -> None:
    """Callback of a chart: the mark that was clicked goes into the address."""
    urlstate.put(fields.MARK, fields.MARK.parse(raw) or "")
    urlstate.put(fields.TAKEN, fields.TAKEN.default)
