"""Figures of the lead card: the score as a waterfall, the events as a timeline."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, categories, figure, nice_ticks, ticks
from dashboard.ui.format import Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.text import plotly

_MOST_RULES = 18
_GROUP_ORDER = ("web", "content", "event", "mail", "survey", "sales", "handoff")


def rule_name(row: object, fmt: Formatter) -> object:
    """The label of a rule in the page's language, else its id."""
    label = row.label_ja if fmt.tr.is_japanese else row.label_en  # type: ignore[attr-defined]
    return row.rule_id if missing(label) or not label else label  # type: ignore[attr-defined]


def waterfall_rows(breakdown: pd.DataFrame, fmt: Formatter) -> list[tuple[str, str, float, str]]:
    """Axis, name, points and hover of each bar; the smallest rules share one bar."""
    rows = [r for r in breakdown.itertuples() if not missing(r.points) and float(r.points) != 0]
    rows.sort(key=lambda r: (r.axis != "fit", -float(r.points)))
    kept = sorted(rows, key=lambda r: -abs(float(r.points)))[:_MOST_RULES]
    bars = []
    for row in rows:
        if row in kept:
            name = plotly(rule_name(row, fmt), 30)
            hover = f"{name}<br>{fmt.points(row.points)}" + _lost(row, fmt)
            bars.append((str(row.axis), name, float(row.points), hover))
    rest = sum(float(r.points) for r in rows if r not in kept)
    if len(rows) > len(kept):
        name = fmt.tr("lead.other_rules", n=len(rows) - len(kept))
        bars.append(("other", name, rest, f"{name}<br>{fmt.points(rest)}"))
    return bars


def _lost(row: object, fmt: Formatter) -> str:
    text = ""
    if not missing(row.points_lost_to_cap) and row.points_lost_to_cap:  # type: ignore[attr-defined]
        text += "<br>" + fmt.tr("lead.lost_cap", points=fmt.points(row.points_lost_to_cap))  # type: ignore[attr-defined]
    if not missing(row.points_lost_to_decay) and row.points_lost_to_decay:  # type: ignore[attr-defined]
        text += "<br>" + fmt.tr("lead.lost_decay", points=fmt.points(row.points_lost_to_decay))  # type: ignore[attr-defined]
    return text


def waterfall(breakdown: pd.DataFrame, fmt: Formatter) -> go.Figure:
    """Points rule by rule, from zero to the score."""
    bars = waterfall_rows(breakdown, fmt)
    total = sum(b[2] for b in bars)
    names = [f"{name}" for _, name, _, _ in bars]
    # a category axis folds equal names into one bar
    unique = [n + "\u200b" * names[:i].count(n) for i, n in enumerate(names)]
    fig = figure(max(190, 34 * (len(bars) + 1) + 70), right=50, bottom=46)
    fig.add_waterfall(
        orientation="h",
        measure=["relative"] * len(bars) + ["total"],
        y=[*unique, fmt.tr("lead.total_score")],
        x=[*(b[2] for b in bars), total],
        text=[
            *(("+" if b[2] > 0 else "") + fmt.points(b[2]) for b in bars),
            f"<b>{fmt.points(total)}</b>",
        ],
        textposition="outside",
        cliponaxis=False,
        hovertext=[*(b[3] for b in bars), fmt.points(total)],
        hovertemplate=HOVER,
        increasing={"marker": {"color": theme.ACTUAL}},
        decreasing={"marker": {"color": theme.BAD}},
        totals={"marker": {"color": theme.COMPARISON}},
        connector={"line": {"color": theme.GRID}},
    )
    reached = [0.0]
    for bar in bars:
        reached.append(reached[-1] + bar[2])
    low, high = min(reached), max(reached)
    span = (high - low) or 1.0
    fig.update_xaxes(
        title_text=fmt.tr("axis.points"),
        range=[low - (span * 0.12 if low < 0 else 0), high + span * 0.14],
        **ticks(nice_ticks(low, high), fmt.points),
    )
    categories(fig, autorange="reversed")
    return fig


def timeline(events: pd.DataFrame, stages: pd.DataFrame, fmt: Formatter, labels: Labels):
    """What the lead did when, a row for each kind of event; stages as vertical lines."""
    groups = [str(g) for g in events["event_group"].fillna("other").unique()]
    groups.sort(key=lambda g: (_GROUP_ORDER.index(g) if g in _GROUP_ORDER else 99, g))
    fig = figure(46 * max(len(groups), 1) + 120, right=24, top=34, bottom=48)
    for group in groups:
        part = events[events["event_group"].fillna("other") == group]
        fig.add_scatter(
            x=[fmt.local(t).replace(tzinfo=None) for t in part["occurred_at"]],
            y=[plotly(fmt.tr.get(f"event_group.{group}", group))] * len(part),
            mode="markers",
            marker={
                "size": 11,
                "color": theme.ACTUAL,
                "opacity": 0.6,
                # what a traffic filter leaves out is a hollow dot
                "symbol": ["circle" if missing(e) else "circle-open" for e in part["excluded_by"]],
                "line": {"color": theme.ACTUAL, "width": 1},
            },
            hovertext=[_event_hover(r, fmt, labels) for r in part.itertuples()],
            hovertemplate=HOVER,
        )
    for i, row in enumerate(stages.itertuples()):
        at = fmt.local(row.entered_at).replace(tzinfo=None)
        fig.add_vline(x=at, line={"color": theme.BAD, "width": 1.5, "dash": "dot"})
        fig.add_annotation(
            x=at,
            y=1.0,
            yref="paper",
            yanchor="bottom",
            # stages of one day share an instant: every other name stands higher
            yshift=1 + 15 * (i % 2),
            text=plotly(labels("stage", row.stage)),
            showarrow=False,
        )
    moments = [fmt.local(t).replace(tzinfo=None) for t in events["occurred_at"]]
    moments += [fmt.local(t).replace(tzinfo=None) for t in stages["entered_at"]]
    if moments:
        low, high = min(moments), max(moments)
        marks = [low + (high - low) * i / 5 for i in range(6)] if high > low else [low]
        fig.update_xaxes(
            tickmode="array", tickvals=marks, ticktext=[f"{m:%Y/%m/%d}" for m in marks]
        )
    fig.update_xaxes(title_text=fmt.tr("axis.time"), type="date")
    fig.update_yaxes(type="category", autorange="reversed")
    return fig


def event_name(row: object, fmt: Formatter) -> object:
    """What an event is called in the page's language."""
    label = row.label_ja if fmt.tr.is_japanese else row.label_en  # type: ignore[attr-defined]
    return row.activity_type if missing(label) or not label else label  # type: ignore[attr-defined]


def _event_hover(row: object, fmt: Formatter, labels: Labels) -> str:
    lines = [plotly(event_name(row, fmt), 40), fmt.instant(row.occurred_at)]  # type: ignore[attr-defined]
    if not missing(row.content_name):  # type: ignore[attr-defined]
        lines.append(plotly(row.content_name, 40))  # type: ignore[attr-defined]
    if not missing(row.excluded_by):  # type: ignore[attr-defined]
        reason = labels("traffic_filter", row.excluded_by)  # type: ignore[attr-defined]
        lines.append(fmt.tr("lead.not_counted_why", reason=plotly(reason, 40)))
    return "<br>".join(lines)
