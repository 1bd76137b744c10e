"""Figures of channel ROI: the slope of shares, and cost against outcome."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, figure, log_ticks, rate_axis, ticks
from dashboard.ui.format import MISSING, Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.rates import Rate, sentence
from dashboard.ui.text import plotly

# deals that no touch led to; nobody pays for that "channel"
UNATTRIBUTED = "unattributed"
SHARES = ("leads_share", "mqls_share", "sqls_share", "won_share")
_COUNTS = ("leads", "mqls", "sqls", "won")


def spread(positions: Sequence[float], distance: float) -> list[float]:
    """Positions moved apart so that no two labels are closer than `distance`."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed = [float(p) for p in positions]
    for before, after in pairwise(order):
        placed[after] = max(placed[after], placed[before] + distance)
    if order:
        # what was pushed over the top moves down again as a whole
        excess = max(0.0, placed[order[-1]] - max(max(positions), distance * (len(order) - 1)))
        for i in order:
            placed[i] -= excess
    return placed


def _peaks(frame: pd.DataFrame) -> dict[str, float]:
    """The largest share of each channel at any stage; channels without any are left out."""
    peaks = {
        str(row.channel): max((_number(getattr(row, c)) or 0.0 for c in SHARES), default=0.0)
        for row in frame.itertuples()
    }
    return {channel: peak for channel, peak in peaks.items() if peak > 0}


def slope(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> go.Figure:
    """Each channel's share of leads, MQL, SQL and won deals: who punches above its weight."""
    peaks = _peaks(frame)
    # the six largest stand out and carry a name, the rest stays in the background
    named = sorted(peaks, key=lambda c: -peaks[c])[: len(theme.CATEGORIES)]
    colours = {c: theme.CATEGORIES[i] for i, c in enumerate(c for c in peaks if c in named)}
    x = [fmt.tr(f"stage_count.{name}") for name in _COUNTS]
    fig = figure(460, left=20, right=230, top=20, bottom=40)
    ends: list[tuple[float, str]] = []
    for row in frame.itertuples():
        if str(row.channel) not in peaks:
            continue
        shares = [_number(getattr(row, c)) for c in SHARES]
        name = plotly(labels("channel", row.channel))
        colour = colours.get(str(row.channel), theme.COMPARISON)
        fig.add_scatter(
            x=x,
            y=shares,
            mode="lines+markers",
            name=name,
            line={"color": colour, "width": 2.5 if str(row.channel) in colours else 1},
            marker={"size": 8 if str(row.channel) in colours else 5},
            cliponaxis=False,
            hovertext=[
                f"{name}<br>{label}: {fmt.percent(share)} ({fmt.count(getattr(row, count))})"
                for label, share, count in zip(x, shares, _COUNTS, strict=True)
            ],
            hovertemplate=HOVER,
        )
        if str(row.channel) in colours:
            last = next((s for s in reversed(shares) if s is not None), 0.0)
            # the text itself stays in the ink of the page: two of the colours are too pale
            mark = f'<span style="color:{colour}">●</span>'
            ends.append((last, f"{mark} {name} {fmt.percent(shares[-1])}"))
    top = max(peaks.values(), default=0.1)
    for (_, text), place in zip(ends, spread([e[0] for e in ends], top * 0.06), strict=True):
        fig.add_annotation(
            x=1.0,
            xref="paper",
            y=place,
            text=text,
            showarrow=False,
            xanchor="left",
            xshift=10,
        )
    fig.update_yaxes(title_text=fmt.tr("axis.share"), **rate_axis(top, lambda v: fmt.percent(v, 0)))
    fig.update_xaxes(type="category", range=[-0.15, len(x) - 1 + 0.02])
    return fig


def _number(value: object) -> float | None:
    return None if missing(value) else float(value)  # type: ignore[arg-type]


def drawable(frame: pd.DataFrame) -> pd.DataFrame:
    """The channels a cost chart can place: a cost per SQL, and enough SQLs for a rate."""
    keep = [
        not missing(r.cost_per_sql) and float(r.cost_per_sql) > 0 and win_rate(r).shown is not None
        for r in frame.itertuples()
    ]
    return frame[keep]


def win_rate(row: object) -> Rate:
    """SQL to won of one channel."""
    return Rate.of(row.win_n, row.win_k, row.win_rate, row.win_ci_low, row.win_ci_high)  # type: ignore[attr-defined]


def sql_rate(row: object) -> Rate:
    """MQL to SQL of one channel."""
    return Rate.of(row.sql_n, row.sql_k, row.sql_rate, row.sql_ci_low, row.sql_ci_high)  # type: ignore[attr-defined]


def bubbles(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> go.Figure:
    """Cost of an SQL against how often it is won; the area is the gross profit."""
    rows = list(drawable(frame).itertuples())
    rates = [win_rate(r) for r in rows]
    costs = [float(r.cost_per_sql) for r in rows]  # type: ignore[arg-type]
    profits = [max(_number(r.gross_profit) or 0.0, 0.0) for r in rows]
    largest = max(profits, default=0.0) or 1.0
    sizes = [12 + 44 * math.sqrt(p / largest) for p in profits]
    y = [rate.shown or 0.0 for rate in rates]
    fig = figure(460, left=20, right=30, top=20, bottom=50)
    fig.add_scatter(
        x=costs,
        y=y,
        mode="markers",
        marker={
            "size": sizes,
            "color": theme.ACTUAL,
            "opacity": 0.75,
            "line": {"color": "white", "width": 1},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [
                (r.high if r.high is not None else v) - v for r, v in zip(rates, y, strict=True)
            ],
            "arrayminus": [
                v - (r.low if r.low is not None else v) for r, v in zip(rates, y, strict=True)
            ],
            "color": theme.COMPARISON,
            "thickness": 1.4,
        },
        hovertext=[
            "<br>".join(
                (
                    plotly(labels("channel", row.channel)),
                    f"{fmt.tr('column.cost_per_sql')}: {fmt.money(row.cost_per_sql)}",
                    f"{fmt.tr('column.win_rate')}: {sentence(rate, fmt)}",
                    f"{fmt.tr('column.gross_profit')}: {fmt.money(row.gross_profit)}",
                )
            )
            for row, rate in zip(rows, rates, strict=True)
        ],
        hovertemplate=HOVER,
    )
    for row, cost, value, size in zip(rows, costs, y, sizes, strict=True):
        fig.add_annotation(
            x=math.log10(cost),
            y=value,
            text=plotly(labels("channel", row.channel)),
            showarrow=False,
            xanchor="left",
            xshift=size / 2 + 3,
            yshift=9,
        )
    low, high = min(costs, default=1.0) / 1.5, max(costs, default=10.0) * 2.2
    fig.update_xaxes(
        type="log",
        range=[math.log10(low), math.log10(high)],
        title_text=fmt.tr("axis.cost_per_sql"),
        **ticks(log_ticks(low, high), fmt.money),
    )
    top = max([*(r.high or 0 for r in rates), *y, 0.05])
    if len(rows) > 2:
        _quadrants(fig, costs, y, fmt)
    fig.update_yaxes(
        title_text=fmt.tr("axis.win_rate"), **rate_axis(top, lambda v: fmt.percent(v, 0))
    )
    return fig


def _quadrants(
    fig: go.Figure, costs: Sequence[float], rates: Sequence[float], fmt: Formatter
) -> None:
    """The medians cut the picture into four fields, each named by what it asks for."""
    quiet = {"color": theme.TARGET, "width": 1, "dash": "dot"}
    fig.add_vline(x=median(costs), line=quiet)
    fig.add_hline(y=median(rates), line=quiet)
    for name, x, y in (("more", 0, 1), ("cheaper", 1, 1), ("better", 0, 0), ("stop", 1, 0)):
        fig.add_annotation(
            text=fmt.tr(f"roi_decision.quadrant_{name}"),
            x=x,
            y=y,
            xref="paper",
            yref="paper",
            xanchor="right" if x else "left",
            yanchor="top" if y else "bottom",
            showarrow=False,
            opacity=0.75,
        )


def table(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """Every channel as text; a cost that nobody registered says so."""
    tr = fmt.tr

    def cost(value: object, row: object) -> str:
        if row.channel == UNATTRIBUTED:  # type: ignore[attr-defined]
            return MISSING
        return tr("roi.no_cost") if missing(row.cost) else fmt.money(value)  # type: ignore[attr-defined]

    lines = []
    for row in frame.itertuples():
        line = {
            tr("column.channel"): labels("channel", row.channel),
            tr("column.cost"): cost(row.cost, row),
            tr("column.gross_profit"): fmt.money(row.gross_profit),
            tr("column.roi"): cost(None, row) if missing(row.cost) else fmt.multiple(row.roi),
        }
        for name in ("leads", "mqls", "sqls", "opportunities", "won"):
            line[tr(f"column.{name}")] = fmt.count(getattr(row, name), unit=False)
        for name in (
            "cost_per_lead",
            "cost_per_mql",
            "cost_per_sql",
            "cost_per_opportunity",
            "cac",
        ):
            line[tr(f"column.{name}")] = cost(getattr(row, name), row)
        line |= {
            tr("column.revenue"): fmt.money(row.revenue),
            tr("column.sql_rate"): sentence(sql_rate(row), fmt),
            tr("column.win_rate"): sentence(win_rate(row), fmt),
            tr("column.mature"): tr("rate.mature" if row.is_mature else "rate.immature"),
        }
        lines.append(line)
    return pd.DataFrame(lines)
