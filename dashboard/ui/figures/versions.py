"""Figures of the definitions: the MQLs of two versions, and what became of them."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, categories, figure, nice_ticks, ticks
from dashboard.ui.format import Formatter, missing
from dashboard.ui.rates import Rate, sentence
from dashboard.ui.text import clean, plotly

GROUPS = ("before", "kept", "dropped", "gained", "after")
OUTCOMES = ("sql", "won", "lost", "returned")
# each with the ink that reads on it
_COLOURS = {
    "kept": (theme.ACTUAL, "white"),
    "dropped": (theme.COMPARISON, "black"),
    "gained": (theme.GOOD, "black"),
}


def rate_of(row: object) -> Rate:
    """The rate of a row of outcomes."""
    return Rate.of(row.n, row.k, row.rate, row.ci_low, row.ci_high)  # type: ignore[attr-defined]


def flow(outcomes: pd.DataFrame, old: str, new: str, fmt: Formatter) -> go.Figure:
    """The MQLs of each version: those that stay, and those that only one of them takes."""
    counts = {str(row.lead_group): int(row.n) for row in outcomes.itertuples()}
    names = [fmt.tr("definitions.bar", version=plotly(v)) for v in (old, new)]
    fig = figure(190, right=20)
    for group, bars in (("kept", names), ("dropped", names[:1]), ("gained", names[1:])):
        n = counts.get(group, 0)
        if not n:
            continue
        name = fmt.tr(f"definitions.group.{group}")
        text = f"{name} {fmt.count(n)}"
        colour, ink = _COLOURS[group]
        fig.add_bar(
            orientation="h",
            y=bars,
            x=[n] * len(bars),
            name=name,
            marker={"color": colour},
            text=[text] * len(bars),
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": ink},
            hovertext=[text] * len(bars),
            hovertemplate=HOVER,
        )
    longest = max(counts.get("before", 0), counts.get("after", 0), 1)
    marks = [m for m in nice_ticks(0, longest) if m == round(m)]
    fig.update_layout(barmode="stack", uniformtext={"minsize": 12, "mode": "hide"})
    fig.update_xaxes(
        title={"text": fmt.tr("definitions.flow_axis")},
        range=[0, longest * 1.04],
        **ticks(marks, lambda v: fmt.count(v, unit=False)),
    )
    categories(fig, categoryorder="array", categoryarray=names[::-1])
    return fig


def measures_table(rows: pd.DataFrame, old: str, new: str, fmt: Formatter) -> pd.DataFrame:
    """Every measure under both versions."""
    tr = fmt.tr

    def write(value: object, unit: str) -> str:
        return fmt.points(value) if unit == "points" else fmt.count(value)

    def change(row: object) -> str:
        value, unit = row.change_value, row.unit  # type: ignore[attr-defined]
        if missing(value):
            return write(value, unit)
        if unit != "points":
            return fmt.signed_count(value)
        return fmt.signed_points(float(value))

    return pd.DataFrame(
        [
            {
                tr("column.metric"): tr.get(f"measure.{row.measure}", clean(row.measure)),
                clean(old): write(row.from_value, row.unit),
                clean(new): write(row.to_value, row.unit),
                tr("definitions.change"): change(row),
            }
            for row in rows.itertuples()
        ]
    )


def outcomes_table(outcomes: pd.DataFrame, fmt: Formatter) -> pd.DataFrame:
    """A row a group, a column an outcome."""
    tr = fmt.tr
    cells = {(row.lead_group, row.outcome): row for row in outcomes.itertuples()}
    lines = []
    for group in GROUPS:
        mine = {o: cells[group, o] for o in OUTCOMES if (group, o) in cells}
        if not mine:
            continue
        n = next(iter(mine.values())).n
        line = {
            tr("definitions.lead_group"): tr(f"definitions.group.{group}"),
            tr("definitions.group_n"): fmt.count(n),
        }
        for outcome, row in mine.items():
            line[tr(f"label.stage.{outcome}")] = sentence(rate_of(row), fmt)
        lines.append(line)
    return pd.DataFrame(lines)
