"""Figures of the lead card: the score as a waterfall, the events as a timeline."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, categories, figure, nice_ticks, ticks
from dashboard.ui.format import Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.text import plotly

_MOST_RULES = 18
# in the order in which they stand below each other
_KINDS = ("fit", "engagement", "taken", "other", "lost")
_LOOKS = {
    "fit": (theme.ACTUAL, ""),
    "engagement": (theme.GOOD, ""),
    "taken": (theme.BAD, "x"),
    "other": (theme.COMPARISON, "."),
    "lost": (theme.HIGHLIGHT, "/"),
    "total": (theme.TARGET, ""),
}
_GROUP_ORDER = ("web", "content", "event", "mail", "survey", "sales", "handoff")


def rule_name(row: object, fmt: Formatter) -> object:
    """The label of a rule in the page's language, else its id."""
    label = row.label_ja if fmt.tr.is_japanese else row.label_en  # type: ignore[attr-defined]
    return row.rule_id if missing(label) or not label else label  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Bar:
    """One step of the waterfall: what it adds to what stands above it, and why."""

    kind: str
    name: str
    points: float
    hover: str


def _number(value: object) -> float:
    return 0.0 if missing(value) else float(value)  # type: ignore[arg-type]


def _given(row: object) -> float:
    """What a rule gave before caps and time took any of it."""
    lost = _number(row.points_lost_to_cap) + _number(row.points_lost_to_decay)  # type: ignore[attr-defined]
    return _number(row.points) + lost  # type: ignore[attr-defined]


def _kind(row: object) -> str:
    return "taken" if _given(row) < 0 else "fit" if row.axis == "fit" else "engagement"  # type: ignore[attr-defined]


def waterfall_bars(breakdown: pd.DataFrame, fmt: Formatter) -> list[Bar]:
    """What each rule gave, then what caps and time took; the smallest rules share one bar."""
    rows = [r for r in breakdown.itertuples() if round(_given(r), 9)]
    rows.sort(key=lambda r: (_KINDS.index(_kind(r)), -_given(r)))
    kept = sorted(rows, key=lambda r: -abs(_given(r)))[:_MOST_RULES]
    bars = []
    for row in rows:
        if row in kept:
            name = plotly(rule_name(row, fmt), 40)
            hover = f"{name}<br>{fmt.signed_points(_given(row))}" + _lost(row, fmt)
            bars.append(Bar(_kind(row), name, _given(row), hover))
    rest = sum(_given(r) for r in rows if r not in kept)
    if len(rows) > len(kept):
        name = fmt.tr("lead.other_rules", n=len(rows) - len(kept))
        bars.append(Bar("other", name, rest, f"{name}<br>{fmt.signed_points(rest)}"))
    for reason in ("cap", "decay"):
        lost = -float(breakdown[f"points_lost_to_{reason}"].fillna(0).sum())
        if round(lost, 9):
            name = fmt.tr(f"lead.bar_{reason}")
            bars.append(Bar("lost", name, lost, f"{name}<br>{fmt.signed_points(lost)}"))
    return bars


def _lost(row: object, fmt: Formatter) -> str:
    text = ""
    if _number(row.points_lost_to_cap):  # type: ignore[attr-defined]
        text += "<br>" + fmt.tr("lead.lost_cap", points=fmt.points(row.points_lost_to_cap))  # type: ignore[attr-defined]
    if _number(row.points_lost_to_decay):  # type: ignore[attr-defined]
        text += "<br>" + fmt.tr("lead.lost_decay", points=fmt.points(row.points_lost_to_decay))  # type: ignore[attr-defined]
    return text


def waterfall(breakdown: pd.DataFrame, fmt: Formatter) -> go.Figure:
    """From zero to the score: what the rules gave, what was taken off, what caps and time took."""
    bars = waterfall_bars(breakdown, fmt)
    reached = [0.0]
    for bar in bars:
        reached.append(reached[-1] + bar.points)
    total = reached[-1]
    bars.append(Bar("total", fmt.tr("lead.total_score"), total, fmt.points(total)))
    starts = [*reached[:-1], 0.0]
    # a category axis folds equal names into one bar
    names = [
        bar.name + "\u200b" * [b.name for b in bars[:i]].count(bar.name)
        for i, bar in enumerate(bars)
    ]
    fig = figure(max(200, 32 * len(bars) + 100), right=54, top=36, bottom=46)
    for kind in (*_KINDS, "total"):
        mine = [i for i, bar in enumerate(bars) if bar.kind == kind]
        if mine:
            _steps(fig, kind, mine, bars, names, starts, fmt)
    low, high = min(reached), max(reached)
    span = (high - low) or 1.0
    fig.update_xaxes(
        title_text=fmt.tr("axis.points"),
        range=[low - (span * 0.12 if low < 0 else 0), high + span * 0.14],
        **ticks(nice_ticks(low, high), fmt.points),
    )
    fig.update_layout(
        showlegend=True,
        barmode="overlay",
        # all at once: each one added alone costs Plotly some milliseconds
        annotations=[
            _amount(bar, name, start, fmt)
            for bar, name, start in zip(bars, names, starts, strict=True)
        ],
        shapes=[_riser(level, i) for i, level in enumerate(reached[1:])],
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False},
    )
    categories(fig, autorange="reversed", categoryorder="array", categoryarray=names)
    return fig


def _steps(
    fig: go.Figure,
    kind: str,
    places: list[int],
    bars: list[Bar],
    names: list[str],
    starts: list[float],
    fmt: Formatter,
) -> None:
    """The bars of one kind; its pattern says what its colour says."""
    colour, pattern = _LOOKS[kind]
    write = fmt.points if kind == "total" else fmt.signed_points
    fig.add_bar(
        orientation="h",
        name=fmt.tr(f"lead.kind_{kind}"),
        y=[names[i] for i in places],
        x=[bars[i].points for i in places],
        base=[starts[i] for i in places],
        marker={
            "color": colour,
            "pattern": {
                "shape": pattern,
                # over the colour: by itself the pattern would be all there is
                "fillmode": "overlay",
                "fgcolor": "white",
                "solidity": 0.3,
            },
        },
        text=[write(bars[i].points) for i in places],
        textposition="none",
        hovertext=[bars[i].hover for i in places],
        hovertemplate=HOVER,
        width=0.66,
    )


def _amount(bar: Bar, name: str, start: float, fmt: Formatter) -> dict[str, object]:
    """The points of a bar, beside its end on the right, whichever way the bar goes."""
    is_total = bar.kind == "total"
    text = f"<b>{fmt.points(bar.points)}</b>" if is_total else fmt.signed_points(bar.points)
    return {
        "x": max(start, start + bar.points),
        "y": name,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "xshift": 4,
    }


def _riser(level: float, place: int) -> dict[str, object]:
    """The dotted line from the end of one bar to the beginning of the next."""
    return {
        "type": "line",
        "x0": level,
        "x1": level,
        "y0": place,
        "y1": place + 1,
        "line": {"color": theme.TARGET, "width": 1, "dash": "dot"},
        "layer": "below",
    }


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
