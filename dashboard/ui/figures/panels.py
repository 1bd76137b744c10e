"""Small multiples: one step month by month, a panel a value."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, nice_ticks
from dashboard.ui.figures.funnel import rate_of
from dashboard.ui.format import Formatter
from dashboard.ui.labels import Labels
from dashboard.ui.rates import sentence
from dashboard.ui.text import plotly

_COLUMNS = 3


def split(frame: pd.DataFrame) -> list[tuple[str, bool, pd.DataFrame]]:
    """The panels: value, whether it stands for all the rest, and its months; the largest first."""
    parts = [
        (str(value), bool(is_rest), part.sort_values("period"))
        for (is_rest, value), part in frame.groupby(["is_rest", "value"], sort=False)
    ]
    return sorted(parts, key=lambda p: (p[1], -int(p[2]["n"].sum()), p[0]))


def name_of(value: str, is_rest: bool, kind: str, fmt: Formatter, labels: Labels) -> str:
    """What a panel is called."""
    return fmt.tr("funnel_page.rest") if is_rest else labels(kind, value)


def multiples(
    frame: pd.DataFrame,
    kind: str,
    fmt: Formatter,
    labels: Labels,
    mark: Callable[[str, bool, object], str],
) -> go.Figure:
    """Six panels at most on one scale; months below ten records leave a gap."""
    panels = split(frame)
    rows = math.ceil(len(panels) / _COLUMNS)
    fig = make_subplots(
        rows=rows,
        cols=_COLUMNS,
        shared_xaxes="all",
        shared_yaxes="all",
        horizontal_spacing=0.03,
        vertical_spacing=0.16 if rows > 1 else 0,
        subplot_titles=[plotly(name_of(v, r, kind, fmt, labels), 28) for v, r, _ in panels],
    )
    highest = 0.02
    for i, (value, is_rest, part) in enumerate(panels):
        months = list(part.itertuples())
        rates = [rate_of(row) for row in months]
        highest = max([highest, *(rate.shown or 0 for rate in rates)])
        fig.add_scatter(
            x=[row.period for row in months],
            y=[rate.shown for rate in rates],
            mode="lines+markers",
            line={"color": theme.ACTUAL, "width": 2},
            marker={
                "size": 8,
                "color": theme.ACTUAL,
                "symbol": ["circle" if row.is_mature else "circle-open" for row in months],
            },
            hovertext=[
                f"{fmt.month(row.period)}<br>{sentence(rate, fmt)}"
                for row, rate in zip(months, rates, strict=True)
            ],
            hovertemplate=HOVER,
            customdata=[mark(value, is_rest, row.period) for row in months],
            cliponaxis=False,
            row=i // _COLUMNS + 1,
            col=i % _COLUMNS + 1,
        )
    _axes(fig, frame, highest, fmt)
    fig.update_layout(
        height=210 * rows + 60,
        margin={"l": 10, "r": 10, "t": 36, "b": 36},
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        font={"size": theme.FONT_SIZE},
    )
    return fig


def _axes(fig: go.Figure, frame: pd.DataFrame, highest: float, fmt: Formatter) -> None:
    top = min(1.0, highest * 1.15)
    ticks = nice_ticks(0, top, 3)
    fig.update_yaxes(
        range=[0, top],
        tickmode="array",
        tickvals=ticks,
        ticktext=[fmt.percent(v, 0 if abs(v * 100 - round(v * 100)) < 1e-6 else 1) for v in ticks],
        gridcolor=theme.GRID,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    months = sorted(frame["period"].unique())
    shown = months[::-1][::6][::-1]
    fig.update_xaxes(
        tickmode="array",
        tickvals=shown,
        ticktext=[fmt.month_tick(pd.Timestamp(m)) for m in shown],
        gridcolor=theme.GRID,
        zeroline=False,
        fixedrange=True,
    )


def table(frame: pd.DataFrame, kind: str, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """A line a month, a column a panel."""
    panels = split(frame)
    months = sorted(frame["period"].unique(), reverse=True)
    cells = {
        (value, is_rest, row.period): sentence(rate_of(row), fmt)
        for value, is_rest, part in panels
        for row in part.itertuples()
    }
    return pd.DataFrame(
        [
            {
                fmt.tr("column.month"): fmt.month(pd.Timestamp(month)),
                **{
                    name_of(v, r, kind, fmt, labels): cells.get(
                        (v, r, pd.Timestamp(month)), fmt.tr("rate.no_records")
                    )
                    for v, r, _ in panels
                },
            }
            for month in months
        ]
    )
