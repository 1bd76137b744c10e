"""The table twins: what a chart shows, as text in the language of the page."""

from __future__ import annotations

import pandas as pd

from dashboard.ui.figures.funnel import rate_of
from dashboard.ui.figures.roi import win_rate
from dashboard.ui.format import MISSING, Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.rates import sentence

_ORDER = ("lead", "mql", "sql", "opportunity", "won", "returned")


def _days(value: object, fmt: Formatter) -> str:
    return MISSING if missing(value) else fmt.tr("unit.days", n=fmt.points(value))


def _mature(row: object, fmt: Formatter) -> str:
    return fmt.tr("rate.mature" if row.is_mature else "rate.immature")  # type: ignore[attr-defined]


def steps(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """Every step of the window, with the time it takes."""
    tr = fmt.tr

    def place(row: object) -> tuple[int, int]:
        ends = (row.from_stage, row.to_stage)  # type: ignore[attr-defined]
        return tuple(_ORDER.index(e) if e in _ORDER else 9 for e in ends)  # type: ignore[return-value]

    return pd.DataFrame(
        [
            {
                tr("column.from"): labels("stage", row.from_stage),
                tr("column.to"): labels("stage", row.to_stage),
                tr("column.rate"): sentence(rate_of(row), fmt),
                tr("column.median_days"): _days(row.median_days, fmt),
                tr("column.p90_days"): _days(row.p90_days, fmt),
                tr("column.mature"): _mature(row, fmt),
            }
            for row in sorted(frame.itertuples(), key=place)
        ]
    )


def cohorts(frame: pd.DataFrame, fmt: Formatter) -> pd.DataFrame:
    """A row a cohort, a column an age."""
    tr = fmt.tr
    lines = []
    for period, part in sorted(frame.groupby("period"), key=lambda p: p[0], reverse=True):
        line = {
            tr("column.month"): fmt.month(period),
            tr("column.n"): fmt.count(part["n"].max(), unit=False),
        }
        for row in part.sort_values("age_days").itertuples():
            shown = sentence(rate_of(row), fmt) if row.is_observed else tr("cohort.not_yet")
            line[tr("cohort.age", days=int(row.age_days))] = shown
        lines.append(line)
    return pd.DataFrame(lines)


def by_value(frame: pd.DataFrame, kind: str, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """One step for each value of a dimension."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr(f"dimension.{kind}"): labels(kind, row.value),
                tr("column.rate"): sentence(rate_of(row), fmt),
                tr("column.mature"): _mature(row, fmt),
            }
            for row in frame.itertuples()
        ]
    )


def shares(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """Counts and shares of each channel, stage by stage."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr("column.channel"): labels("channel", row.channel),
                **{
                    tr(f"stage_count.{name}"): (
                        f"{fmt.percent(getattr(row, f'{name}_share'))} "
                        f"({fmt.count(getattr(row, name))})"
                    )
                    for name in ("leads", "mqls", "sqls", "won")
                },
            }
            for row in frame.itertuples()
        ]
    )


def bubbles(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """What a bubble stands for."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr("column.channel"): labels("channel", row.channel),
                tr("column.cost_per_sql"): fmt.money(row.cost_per_sql),
                tr("column.win_rate"): sentence(win_rate(row), fmt),
                tr("column.gross_profit"): fmt.money(row.gross_profit),
            }
            for row in frame.itertuples()
        ]
    )
