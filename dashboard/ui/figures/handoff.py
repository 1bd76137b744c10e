"""Figures of the hand-over page: contact curve, backlog, delays, hours of the week, weekly updates.

Every mark carries what it stands for (`kind:key`), so that a click lists its hand-overs.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, figure, rate_axis, ticks
from dashboard.ui.figures.funnel import rate_of
from dashboard.ui.format import Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.rates import Rate, sentence
from dashboard.ui.text import plotly

# a forgotten lead waits for a year: on a plain axis it would press all others into a line
_DAY_MARKS = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
_CURVE_HOURS = 54
_DASHES = ("solid", "dash", "dot", "dashdot")
_SYMBOLS = ("circle", "diamond", "square", "cross")
_COLOURS = (theme.ACTUAL, theme.HIGHLIGHT, theme.GOOD, theme.COMPARISON)
_LAST_SLOT = 72


def met_rate(row: Any) -> Rate:
    """The share of a month that was contacted in time."""
    return Rate.of(row.met_n, row.met_k, row.met_rate, row.met_ci_low, row.met_ci_high)


def contact_curve(frame: pd.DataFrame, fmt: Formatter) -> go.Figure:
    """Share of a month's hand-overs that had been contacted, by working hours; a line a month."""
    shown = frame[frame["business_hours"] <= _CURVE_HOURS]
    fig = figure(380, right=24, top=34, bottom=54)
    months = sorted(shown["period"].unique(), reverse=True)
    for place, month in enumerate(months):
        rows = list(shown[shown["period"] == month].sort_values("business_hours").itertuples())
        rates = [rate_of(r) for r in rows]
        fig.add_scatter(
            x=[int(r.business_hours) for r in rows],
            y=[rate.shown for rate in rates],
            mode="lines+markers",
            line={
                "shape": "hv",
                "width": 3 if place == 0 else 2,
                "color": _COLOURS[place % 4],
                "dash": _DASHES[place % 4],
            },
            marker={"size": 5 if place == 0 else 4, "symbol": _SYMBOLS[place % 4]},
            name=f"{fmt.month(month)}  {sentence(met_rate(rows[0]), fmt)}",
            customdata=[f"month:{pd.Timestamp(month):%Y-%m-%d}"] * len(rows),
            hovertext=[_curve_hover(r, rate, fmt) for r, rate in zip(rows, rates, strict=True)],
            hovertemplate=HOVER,
            cliponaxis=False,
        )
    _limit_band(fig, shown["least_hours"].min(), shown["most_hours"].max(), fmt)
    fig.update_layout(
        showlegend=True,
        legend={
            "x": 0.99,
            "xanchor": "right",
            "y": 0.04,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
    )
    fig.update_xaxes(
        title_text=fmt.tr("handoff.axis_business_hours"), range=[0, _CURVE_HOURS], dtick=9
    )
    fig.update_yaxes(
        title_text=fmt.tr("handoff.axis_contacted"), **rate_axis(1, lambda v: fmt.percent(v, 0))
    )
    return fig


def _curve_hover(row: Any, rate: Rate, fmt: Formatter) -> str:
    hours = fmt.tr("handoff.after_hours", hours=int(row.business_hours))
    return f"{fmt.month(row.period)}<br>{hours}: {sentence(rate, fmt)}"


def _limit_band(fig: go.Figure, low: object, high: object, fmt: Formatter) -> None:
    """When it had to be done: at the end of a day, so that the hour of the hand-over matters."""
    if missing(low) or missing(high):
        return
    fig.add_vrect(
        x0=low,
        x1=high,
        fillcolor=theme.SOFT_GREY,
        line={"color": theme.TARGET, "width": 1, "dash": "dash"},
        annotation_text=fmt.tr("handoff.limit_band"),
        annotation_position="top left",
    )


def backlog(calls: pd.DataFrame, fmt: Formatter) -> go.Figure:
    """Every hand-over without a contact: how long it waits, and its score."""
    fig = figure(340, right=24, top=34, bottom=54)
    for is_late, colour, symbol in (
        (False, theme.ACTUAL, "circle"),
        (True, theme.BAD, "diamond"),
    ):
        rows = list(calls[calls["is_late"].astype(bool) == is_late].itertuples())
        if not rows:
            continue
        fig.add_scatter(
            x=[place(r.waiting_business_days) for r in rows],
            y=[0.0 if missing(r.score) else float(r.score) for r in rows],
            mode="markers",
            marker={"size": 12, "color": colour, "symbol": symbol, "opacity": 0.75},
            name=fmt.tr("handoff.late" if is_late else "handoff.in_time"),
            customdata=[str(r.lead_id) for r in rows],
            hovertext=[_call_hover(r, fmt) for r in rows],
            hovertemplate=HOVER,
            cliponaxis=False,
        )
    allowed = calls["allowed_business_days"].dropna()
    if len(allowed):
        _limit_band(fig, place(allowed.min()), place(allowed.max()), fmt)
    longest = max(3.0, float(calls["waiting_business_days"].max()))
    marks = [day for day in _DAY_MARKS if day <= longest * 1.1]
    fig.update_xaxes(
        title_text=fmt.tr("handoff.axis_waiting"),
        range=[-0.06, place(longest) * 1.04],
        tickmode="array",
        tickvals=[place(day) for day in marks],
        ticktext=[f"{day:g}" for day in marks],
    )
    fig.update_yaxes(title_text=fmt.tr("handoff.axis_score"), rangemode="tozero")
    fig.update_layout(
        showlegend=True, legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.14}
    )
    return fig


def place(days: float) -> float:
    """Where a number of days stands on the strip: equal steps for equal ratios, from 0 on."""
    return math.log1p(max(float(days), 0.0))


def _call_hover(row: Any, fmt: Formatter) -> str:
    waiting = fmt.tr("unit.business_days", n=fmt.points(row.waiting_business_days))
    return "<br>".join(
        [
            plotly(row.company_name or row.lead_id),
            f"{fmt.tr('handoff.column_score')} {fmt.points(row.score)}",
            f"{fmt.tr('handoff.column_waiting')} {waiting}",
            f"{fmt.tr('handoff.column_due')} {fmt.instant(row.due_at)}",
        ]
    )


def slot_name(hours: int, fmt: Formatter) -> str:
    """A slot of four hours in words."""
    if hours >= _LAST_SLOT:
        return fmt.tr("handoff.slot_last", hours=hours)
    return fmt.tr("handoff.slot", low=hours, high=hours + 4)


def delays(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> go.Figure:
    """How long the way into the SFA took, in slots of four hours; late ones apart."""
    fig = figure(320, right=16, top=34, bottom=54)
    for status, colour, pattern in (("met", theme.ACTUAL, ""), ("breached", theme.BAD, "/")):
        rows = list(frame[frame["status"] == status].itertuples())
        if not rows:
            continue
        fig.add_bar(
            x=[int(r.from_hours) + 2 for r in rows],
            y=[int(r.handoffs) for r in rows],
            width=3.6,
            marker={"color": colour, "pattern": {"shape": pattern}},
            name=labels("sla_status", status),
            customdata=[f"delay:{int(r.from_hours)}" for r in rows],
            hovertext=[
                f"{slot_name(int(r.from_hours), fmt)}<br>{fmt.count(r.handoffs)}" for r in rows
            ],
            hovertemplate=HOVER,
        )
    limit = frame["allowed_hours"].max()
    if not missing(limit):
        fig.add_vline(
            x=float(limit),
            line={"color": theme.TARGET, "width": 2, "dash": "dash"},
            annotation_text=fmt.tr("handoff.limit_hours", hours=fmt.points(limit)),
            annotation_position="top right",
        )
    fig.update_layout(barmode="stack", showlegend=True)
    fig.update_layout(legend={"x": 0.99, "xanchor": "right", "y": 0.98})
    marks = [float(h) for h in range(0, _LAST_SLOT + 1, 12)]
    fig.update_xaxes(
        title_text=fmt.tr("handoff.axis_delay"),
        range=[0, _LAST_SLOT + 5],
        **ticks(marks, lambda v: f"{v:g}" + ("+" if v == _LAST_SLOT else "")),
    )
    fig.update_yaxes(title_text=fmt.tr("handoff.axis_handoffs"), rangemode="tozero")
    return fig


def week(frame: pd.DataFrame, kind: str, fmt: Formatter) -> go.Figure:
    """Hours of the week: the larger and darker a square, the more happened then."""
    rows = list(frame[frame["kind"] == kind].itertuples())
    most = max((int(r.handoffs) for r in rows), default=1)
    fig = figure(300, top=20, bottom=54)
    fig.add_scatter(
        x=[int(r.hour) for r in rows],
        y=[int(r.weekday) for r in rows],
        mode="markers",
        marker={
            "symbol": "square",
            "size": [8 + 14 * (int(r.handoffs) / most) ** 0.5 for r in rows],
            "color": [int(r.handoffs) for r in rows],
            "colorscale": theme.SEQUENTIAL,
            "cmin": 0,
            "cmax": most,
            "line": {"color": theme.ACTUAL, "width": 0.5},
        },
        customdata=[f"{kind}:{int(r.weekday)}:{int(r.hour)}" for r in rows],
        hovertext=[
            f"{fmt.tr(f'handoff.weekday_{int(r.weekday)}')} {int(r.hour)}:00"
            f"<br>{fmt.count(r.handoffs)}"
            for r in rows
        ],
        hovertemplate=HOVER,
    )
    fig.update_xaxes(title_text=fmt.tr("handoff.axis_hour"), range=[-0.8, 23.8], dtick=3)
    fig.update_yaxes(
        range=[7.6, 0.4],
        showgrid=False,
        **ticks([float(d) for d in range(1, 8)], lambda v: fmt.tr(f"handoff.weekday_{int(v)}")),
    )
    return fig


def weekly(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> go.Figure:
    """Share of open deals whose phase was updated in time, week by week; a line a team."""
    fig = figure(340, right=24, top=34, bottom=54)
    teams = sorted(frame["value"].unique(), key=lambda team: (team != "all", str(team)))
    highest = 0.1
    for place, team in enumerate(teams[:4]):
        rows = list(frame[frame["value"] == team].sort_values("period").itertuples())
        rates = [rate_of(r) for r in rows]
        shown = [rate.shown if r.is_mature else None for r, rate in zip(rows, rates, strict=True)]
        highest = max([highest, *(v for v in shown if v is not None)])
        other = "" if team == "all" else f":{team}"
        fig.add_scatter(
            x=[r.period for r in rows],
            y=shown,
            mode="lines+markers",
            line={
                "color": _COLOURS[place % 4],
                "dash": _DASHES[place % 4],
                "width": 3 if place == 0 else 2,
            },
            marker={"size": 9, "symbol": _SYMBOLS[place % 4]},
            name=plotly(labels("team", team)),
            customdata=[f"week:{pd.Timestamp(r.period):%Y-%m-%d}{other}" for r in rows],
            hovertext=[
                f"{plotly(labels('team', team))} {fmt.day(r.period)}<br>{sentence(rate, fmt)}"
                for r, rate in zip(rows, rates, strict=True)
            ],
            hovertemplate=HOVER,
            cliponaxis=False,
        )
    target = frame["target"].max()
    if not missing(target):
        highest = max(highest, float(target))
        fig.add_hline(
            y=float(target),
            line={"color": theme.TARGET, "width": 2, "dash": "dash"},
            annotation_text=fmt.tr("chart.target", value=fmt.percent(target)),
            annotation_position="top left",
        )
    fig.update_layout(
        showlegend=True, legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.16}
    )
    weeks = sorted(frame["period"].unique())
    fig.update_xaxes(
        title_text=fmt.tr("handoff.axis_week"),
        tickmode="array",
        tickvals=weeks[::2],
        ticktext=[f"{pd.Timestamp(w):%m/%d}" for w in weeks[::2]],
    )
    fig.update_yaxes(
        title_text=fmt.tr("axis.rate"), **rate_axis(highest, lambda v: fmt.percent(v, 0))
    )
    return fig
