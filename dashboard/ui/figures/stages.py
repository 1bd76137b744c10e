"""The funnel of one cohort: bars with next step, share of the whole, and who went no further."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import categories, figure
from dashboard.ui.format import MISSING, Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.rates import Rate, sentence
from dashboard.ui.text import plotly

# who went no further, in the order in which it is told
STOPS = ("open", "returned", "lost", "won")


def _next_rate(row: object) -> Rate:
    return Rate.of(row.next_n, row.next_k, row.next_rate, row.next_ci_low, row.next_ci_high)  # type: ignore[attr-defined]


def _whole_rate(row: object) -> Rate:
    return Rate.of(
        row.cumulative_n,  # type: ignore[attr-defined]
        row.cumulative_k,  # type: ignore[attr-defined]
        row.cumulative_rate,  # type: ignore[attr-defined]
        row.cumulative_ci_low,  # type: ignore[attr-defined]
        row.cumulative_ci_high,  # type: ignore[attr-defined]
    )


def next_step(row: object, fmt: Formatter) -> str:
    """How many go on; of the last stage, nothing."""
    return "" if missing(row.next_n) else sentence(_next_rate(row), fmt)  # type: ignore[attr-defined]


def cumulative(row: object, fmt: Formatter) -> str:
    """The share of those with whom the funnel begins."""
    shown = _whole_rate(row).shown
    return MISSING if shown is None else fmt.percent(shown)


def stopped(row: object, fmt: Formatter) -> str:
    """Who went no further, by what became of them."""
    if missing(row.next_n):  # type: ignore[attr-defined]
        return ""
    parts = [(name, int(getattr(row, f"{name}_count"))) for name in STOPS]
    return " · ".join(
        fmt.tr(f"funnel_page.stopped_{name}", n=fmt.count(n, unit=False)) for name, n in parts if n
    )


def bars(
    frame: pd.DataFrame, fmt: Formatter, labels: Labels, mark: Callable[[str], str]
) -> go.Figure:
    """Leads in each stage on one baseline, those of the window before behind them."""
    rows = list(frame.itertuples())
    names = [plotly(labels("stage", row.stage)) for row in rows]
    fig = figure(84 * len(rows) + 60, bottom=44)
    before = [0 if missing(row.previous_n) else int(row.previous_n) for row in rows]
    if any(before):
        fig.add_bar(
            x=before,
            y=names,
            orientation="h",
            marker={"color": theme.SOFT_GREY, "line": {"color": theme.COMPARISON, "width": 1}},
            hovertext=[
                fmt.tr("funnel_page.previous", name=name, n=fmt.count(n))
                for name, n in zip(names, before, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            name="previous",
            width=0.8,
        )
    fig.add_bar(
        x=[int(row.n) for row in rows],
        y=names,
        orientation="h",
        marker_color=theme.ACTUAL,
        # `skip` would take the click away with the hover
        hoverinfo="none",
        customdata=[mark(str(row.stage)) for row in rows],
        name="actual",
        width=0.5,
    )
    fig.update_layout(barmode="overlay")
    # beside the longer of the two bars; a bar's own text would run into the other one
    for row, name, earlier in zip(rows, names, before, strict=True):
        fig.add_annotation(
            x=max(int(row.n), earlier),
            y=name,
            text=_text(row, fmt),
            showarrow=False,
            xanchor="left",
            align="left",
            xshift=6,
        )
    categories(fig, autorange="reversed")
    longest = max([*(int(row.n) for row in rows), *before, 1])
    # the texts of the longest bar stand beside it
    fig.update_xaxes(
        range=[0, longest * 2.0],
        showgrid=False,
        showticklabels=False,
        title_text=fmt.tr("funnel_page.axis_leads"),
    )
    return fig


def _text(row: object, fmt: Formatter) -> str:
    going = next_step(row, fmt)
    lines = [f"<b>{fmt.count(row.n)}</b>"]  # type: ignore[attr-defined]
    if going:
        lines[0] += "  " + fmt.tr("funnel.next_step", rate=going)
    if row.stage != "lead":  # type: ignore[attr-defined]
        lines.append(fmt.tr("funnel_page.cumulative", rate=cumulative(row, fmt)))
    halted = stopped(row, fmt)
    if halted:
        lines.append(fmt.tr("funnel_page.stopped", parts=halted))
    return "<br>".join([lines[0], " / ".join(lines[1:])]) if lines[1:] else lines[0]


def table(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """The bars as text, a line a stage."""
    tr = fmt.tr
    rows = list(frame.itertuples())
    return pd.DataFrame(
        [
            {
                tr("column.stage"): labels("stage", row.stage),
                tr("column.n"): fmt.count(row.n),
                tr("funnel_page.column_previous"): fmt.count(row.previous_n),
                tr("funnel_page.column_next"): next_step(row, fmt) or MISSING,
                tr("funnel_page.column_cumulative"): sentence(_whole_rate(row), fmt),
                **{
                    tr(f"funnel_page.column_{name}"): fmt.count(getattr(row, f"{name}_count"))
                    for name in STOPS
                },
            }
            for row in rows
        ]
    )
