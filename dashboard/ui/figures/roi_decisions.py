"""Figures for a decision on money: what all models say, contents, campaigns at one age."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, categories, figure, nice_ticks, rate_axis, ticks
from dashboard.ui.figures.roi import spread
from dashboard.ui.format import Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.rates import Rate, sentence
from dashboard.ui.text import clean, plotly, shorten

_ROW = 34
_LONGEST = 28
_VERDICT_COLOURS = {
    "earns": theme.GOOD,
    "more": theme.GOOD,
    "costs": theme.BAD,
    "less": theme.BAD,
}
# an ROI beyond this is drawn at the edge: one cheap channel would press all others together
_HIGHEST_ROI = 10.0


def _multiple_axis(low: float, high: float, fmt: Formatter) -> dict[str, object]:
    return {"range": [low, high], **ticks(nice_ticks(low, high), fmt.multiple)}


def agreement(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> go.Figure:
    """For each channel the span of its ROI over all models, beside the line of breaking even."""
    rows = list(frame.itertuples())
    names = [plotly(labels("channel", r.channel)) for r in rows]
    fig = figure(90 + _ROW * len(rows), left=20, right=30, top=20, bottom=50)
    for row, name in zip(rows, names, strict=True):
        low, high = (min(float(v), _HIGHEST_ROI) for v in (row.roi_low, row.roi_high))  # type: ignore[arg-type]
        fig.add_scatter(
            x=[low, high],
            y=[name, name],
            mode="lines+markers",
            line={"color": _VERDICT_COLOURS.get(str(row.verdict), theme.COMPARISON), "width": 4},
            marker={"size": 10},
            hovertext=[
                f"{name}<br>ROI {fmt.multiple(row.roi_low)} – {fmt.multiple(row.roi_high)}"
                f"<br>{fmt.tr(f'roi_decision.verdict.{row.verdict}')}"
            ]
            * 2,
            hovertemplate=HOVER,
        )
    fig.add_vline(x=0, line={"color": theme.TARGET, "width": 1.5, "dash": "dash"})
    ends = [min(float(v), _HIGHEST_ROI) for r in rows for v in (r.roi_low, r.roi_high)]  # type: ignore[arg-type]
    low, high = min([-1.0, *ends]) * 1.05, max([1.0, *ends]) * 1.05
    fig.update_xaxes(title_text=fmt.tr("roi_decision.axis_roi"), **_multiple_axis(low, high, fmt))
    categories(fig, autorange="reversed")
    return fig


def agreement_table(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """The same as text, with the ranks."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr("column.channel"): labels("channel", r.channel),
                tr("roi_decision.verdict_title"): tr(f"roi_decision.verdict.{r.verdict}"),
                tr("roi_decision.roi_low"): fmt.multiple(r.roi_low),
                tr("roi_decision.roi_high"): fmt.multiple(r.roi_high),
                tr("roi_decision.models"): f"{int(r.earning_count)}/{int(r.model_count)}",  # type: ignore[arg-type]
                tr("roi_decision.ranks"): f"{int(r.rank_high)}–{int(r.rank_low)}",  # type: ignore[arg-type]
            }
            for r in frame.itertuples()
        ]
    )


def moves_table(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """Moves of a budget with what they would have changed, and how sure that is."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr("roi_decision.from"): labels("channel", r.from_channel),
                tr("roi_decision.to"): labels("channel", r.to_channel),
                tr("roi_decision.change"): fmt.signed_money(float(r.change_amount)),  # type: ignore[arg-type]
                tr("roi_decision.interval"): f"{fmt.signed_money(float(r.change_low_amount))}"  # type: ignore[arg-type]
                f" – {fmt.signed_money(float(r.change_high_amount))}",  # type: ignore[arg-type]
                tr("roi_decision.wins"): f"{int(r.from_won)} / {int(r.to_won)}",  # type: ignore[arg-type]
            }
            for r in frame.itertuples()
        ]
    )


def content_name(row: object) -> str:
    """What a content is called: by its name, else by its id."""
    name = row.content if missing(row.content_name) else row.content_name  # type: ignore[attr-defined]
    return clean(name)


def _rate(row: object) -> Rate:
    return Rate.of(row.n, row.k, row.rate, row.ci_low, row.ci_high)  # type: ignore[attr-defined]


def contents(frame: pd.DataFrame, fmt: Formatter) -> go.Figure:
    """A forest plot: the rate after each content with its interval, beside the rate of all."""
    rows = list(frame.itertuples())
    names = [plotly(shorten(content_name(r), _LONGEST)) for r in rows]
    # two contents of one name stay two rows
    names = [n if names.count(n) == 1 else f"{n} [{i}]" for i, n in enumerate(names, 1)]
    rates = [_rate(r) for r in rows]
    values = [r.rate or 0.0 for r in rates]
    fig = figure(100 + 26 * len(rows), left=20, right=30, top=20, bottom=50)
    fig.add_scatter(
        x=values,
        y=names,
        mode="markers",
        marker={
            "size": 10,
            "color": [_VERDICT_COLOURS.get(str(r.verdict), theme.COMPARISON) for r in rows],
            "symbol": [
                {"more": "triangle-up", "less": "triangle-down"}.get(str(r.verdict), "circle")
                for r in rows
            ],
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [(r.high or v) - v for r, v in zip(rates, values, strict=True)],
            "arrayminus": [v - (r.low or 0.0) for r, v in zip(rates, values, strict=True)],
            "color": theme.COMPARISON,
            "thickness": 1.6,
        },
        hovertext=[
            f"{plotly(content_name(row))}<br>{sentence(rate, fmt)}"
            f"<br>{fmt.tr(f'roi_decision.content.{row.verdict}')}"
            for row, rate in zip(rows, rates, strict=True)
        ],
        hovertemplate=HOVER,
    )
    if rows and not missing(rows[0].base_rate):
        fig.add_vline(
            x=float(rows[0].base_rate),  # type: ignore[arg-type]
            line={"color": theme.TARGET, "width": 1.5, "dash": "dash"},
        )
    top = max([r.high or 0.0 for r in rates], default=0.1)
    fig.update_xaxes(
        title_text=fmt.tr("roi_decision.axis_rate"), **rate_axis(top, lambda v: fmt.percent(v, 0))
    )
    categories(fig, autorange="reversed")
    return fig


def contents_table(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """The same as text."""
    tr = fmt.tr
    return pd.DataFrame(
        [
            {
                tr("column.content"): content_name(r),
                tr("roi_decision.kind"): labels("content_type", r.content_type),
                tr("roi_decision.rate"): sentence(_rate(r), fmt),
                tr("roi_decision.base_rate"): fmt.percent(r.base_rate),
                tr("roi_decision.lift"): fmt.multiple(r.lift),
                tr("roi_decision.verdict_title"): tr(f"roi_decision.content.{r.verdict}"),
            }
            for r in frame.itertuples()
        ]
    )


def ages(frame: pd.DataFrame, fmt: Formatter) -> go.Figure:
    """What each campaign had earned on its cost, month by month of its own age."""
    lasts = frame.dropna(subset=["roi"]).groupby(["channel", "campaign"], sort=False).last()
    named = list(lasts.sort_values("cost", ascending=False).index[: len(theme.CATEGORIES)])
    fig = figure(460, left=20, right=260, top=20, bottom=50)
    ends: list[tuple[float, str]] = []
    lowest, highest = -1.0, 1.0
    for key, rows in frame.groupby(["channel", "campaign"], sort=False):
        colour = theme.CATEGORIES[named.index(key)] if key in named else theme.COMPARISON
        name = plotly(shorten(clean(key[1]), _LONGEST))
        drawn = [None if missing(v) else min(float(v), _HIGHEST_ROI) for v in rows["roi"]]
        known = [v for v in drawn if v is not None]
        lowest, highest = min([lowest, *known]), max([highest, *known])
        fig.add_scatter(
            x=list(rows["age_months"]),
            y=drawn,
            mode="lines",
            line={"color": colour, "width": 2.5 if key in named else 1},
            hovertext=[
                f"{name}<br>{fmt.tr('roi_decision.age', n=int(r.age_months))}: "
                f"ROI {fmt.multiple(r.roi)}"
                for r in rows.itertuples()
            ],
            hovertemplate=HOVER,
        )
        if key in named and known:
            ends.append((known[-1], f'<span style="color:{colour}">●</span> {name}'))
    gap = (highest - lowest) * 0.06
    for (_, text), place in zip(ends, spread([e[0] for e in ends], gap), strict=True):
        fig.add_annotation(
            x=1.0, xref="paper", y=place, text=text, showarrow=False, xanchor="left", xshift=10
        )
    fig.add_hline(y=0, line={"color": theme.TARGET, "width": 1.5, "dash": "dash"})
    fig.update_xaxes(title_text=fmt.tr("roi_decision.axis_age"))
    fig.update_yaxes(
        title_text=fmt.tr("roi_decision.axis_roi"),
        **_multiple_axis(lowest * 1.05, highest * 1.05, fmt),
    )
    return fig


def ages_table(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """Where each campaign stands at its present age, and when it paid back."""
    tr = fmt.tr
    last = frame.groupby(["channel", "campaign"], sort=False).tail(1)
    return pd.DataFrame(
        [
            {
                tr("roi_decision.campaign"): clean(r.campaign),
                tr("column.channel"): labels("channel", r.channel),
                tr("roi_decision.axis_age"): int(r.age_months),  # type: ignore[arg-type]
                tr("column.cost"): fmt.money(r.cost),
                tr("column.gross_profit"): fmt.money(r.gross_profit),
                tr("column.roi"): fmt.multiple(r.roi),
                tr("roi_decision.payback"): tr("roi_decision.not_yet")
                if missing(r.payback_months)
                else tr("roi_decision.age", n=int(r.payback_months)),  # type: ignore[arg-type]
            }
            for r in last.itertuples()
        ]
    )
