"""Figures of the page on returned leads: reasons, traits, what came after, reason by channel."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, categories, figure, nice_ticks, rate_axis, ticks
from dashboard.ui.figures.funnel import rate_of
from dashboard.ui.format import Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.rates import Rate, sentence
from dashboard.ui.text import plotly

MOST_TRAITS = 12
# the levels of the flow after a return, from left to right
GROUPS = ("timing", "wrong_fit", "unreachable", "not_a_prospect", "other")
FOLLOW_UPS = ("nurturing", "excluded")
AFTER = ("mql", "sql", "won")


def share_of(row: object) -> Rate:
    """A reason's share of the returns."""
    return Rate.of(row.n, row.k, row.share, row.ci_low, row.ci_high)  # type: ignore[attr-defined]


def pareto(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> go.Figure:
    """Reasons as bars, the window before as rings, the cumulative share as a line."""
    rows = list(frame.itertuples())
    names = [_wrapped(labels("return_reason", r.return_reason)) for r in rows]
    counts = [int(r.k) for r in rows]
    fig = figure(400, right=60, top=30, bottom=20)
    fig.add_bar(
        x=names,
        y=counts,
        marker_color=theme.ACTUAL,
        text=[fmt.count(c, unit=False) for c in counts],
        textposition="outside",
        cliponaxis=False,
        name=fmt.tr("returns.this_period"),
        customdata=[[r.return_reason] for r in rows],
        hovertext=[
            f"{n}<br>{sentence(share_of(r), fmt)}" for n, r in zip(names, rows, strict=True)
        ],
        hovertemplate=HOVER,
        width=0.62,
    )
    before = [None if missing(r.previous_k) else int(r.previous_k) for r in rows]  # type: ignore[call-overload]
    if any(b is not None for b in before):
        fig.add_scatter(
            x=names,
            y=before,
            mode="markers",
            name=fmt.tr("returns.previous_period"),
            marker={
                "size": 12,
                "symbol": "diamond-open",
                "color": theme.BAD,
                "line": {"width": 2.5},
            },
            customdata=[[r.return_reason] for r in rows],
            hovertext=[
                f"{n}<br>{fmt.tr('returns.previous_period')}: {fmt.count(b)}"
                for n, b in zip(names, before, strict=True)
            ],
            hovertemplate=HOVER,
        )
    shares = [None if missing(r.cumulative_share) else float(r.cumulative_share) for r in rows]  # type: ignore[arg-type]
    fig.add_scatter(
        x=names,
        y=shares,
        yaxis="y2",
        mode="lines+markers",
        name=fmt.tr("returns.cumulative"),
        line={"color": theme.COMPARISON, "width": 2},
        marker={"size": 6},
        customdata=[[r.return_reason] for r in rows],
        hovertext=[
            f"{n}<br>{fmt.tr('returns.cumulative')}: {fmt.percent(s)}"
            for n, s in zip(names, shares, strict=True)
        ],
        hovertemplate=HOVER,
    )
    top = max([1, *counts, *(b for b in before if b is not None)]) * 1.15
    fig.update_yaxes(
        title_text=fmt.tr("axis.returns"),
        range=[0, top],
        **ticks(nice_ticks(0, top), lambda v: fmt.count(v, unit=False)),
    )
    fig.update_xaxes(type="category", showgrid=False, tickangle=0)
    fig.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.14, "font": {"size": theme.FONT_SIZE}},
        yaxis2={
            "overlaying": "y",
            "side": "right",
            "range": [0, 1.15],
            "showgrid": False,
            "fixedrange": True,
            "tickfont": {"size": theme.FONT_SIZE},
            **ticks([0, 0.25, 0.5, 0.75, 1.0], lambda v: fmt.percent(v, 0)),
        },
    )
    return fig


def trait_name(row: object, fmt: Formatter, labels: Labels) -> str:
    """`Channel: Exhibition`."""
    kind = str(row.trait)  # type: ignore[attr-defined]
    named = {"top_rule": "rule", "content_read": "content"}.get(kind, kind)
    return fmt.tr(
        "returns.trait_value",
        trait=fmt.tr(f"returns.trait.{kind}"),
        value=labels(named, row.value),  # type: ignore[attr-defined]
    )


def shown_traits(frame: pd.DataFrame) -> list:
    """The rows that are drawn: what holds, then what is least likely chance; never below ten."""
    rows = [r for r in frame.itertuples() if rate_of(r).shown is not None]
    return rows[:MOST_TRAITS]


def traits(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> go.Figure:
    """Rates with their intervals against everybody's; dark only where the correction leaves it."""
    rows = sorted(shown_traits(frame), key=lambda r: float(r.rate))
    rates = [rate_of(r) for r in rows]
    names = [plotly(trait_name(r, fmt, labels), 40) for r in rows]
    colours = [theme.ACTUAL if r.is_trait else theme.COMPARISON for r in rows]
    fig = figure(max(160, 34 * len(rows) + 80), right=150, top=26, bottom=46)
    for row, rate, name, colour in zip(rows, rates, names, colours, strict=True):
        verdict = fmt.tr("returns.is_trait" if row.is_trait else "returns.no_trait")
        y = rate.shown or 0.0
        fig.add_scatter(
            x=[y],
            y=[name],
            mode="markers",
            marker={"size": 11, "color": colour, "symbol": "circle" if row.is_trait else "diamond"},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [(rate.high if rate.high is not None else y) - y],
                "arrayminus": [y - (rate.low if rate.low is not None else y)],
                "color": colour,
                "thickness": 2 if row.is_trait else 1.3,
            },
            customdata=[[f"{row.trait}:{row.value}"]],
            hovertext=[
                f"{name}<br>{sentence(rate, fmt)}<br>{verdict}"
                + ("" if missing(row.q_value) else f" (q={float(row.q_value):.3f})")
            ],
            hovertemplate=HOVER,
        )
        fig.add_annotation(
            x=1.01,
            xref="paper",
            y=name,
            text=f"{fmt.percent(rate.shown)} ({rate.k:,}/{rate.n:,})"
            + (" ★" if row.is_trait else ""),
            showarrow=False,
            xanchor="left",
        )
    base = None if not rows else float(rows[0].base_rate)
    if base is not None:
        fig.add_vline(
            x=base,
            line={"color": theme.TARGET, "width": 2, "dash": "dash"},
            annotation_text=fmt.tr("chart.overall", value=fmt.percent(base)),
            annotation_position="top",
        )
    top = max([*(r.high or 0 for r in rates), base or 0, 0.02])
    fig.update_xaxes(
        title_text=fmt.tr("axis.return_rate"), **rate_axis(top, lambda v: fmt.percent(v, 0))
    )
    categories(fig, categoryorder="array", categoryarray=names)
    return fig


def _flow_rows(frame: pd.DataFrame) -> dict[tuple[str, str], object]:
    """Cells by reason group and follow-up, without the level of single reasons."""
    cut = frame[frame["return_reason"] == "all"]
    return {(r.reason_group, r.follow_up): r for r in cut.itertuples()}


def flow_links(frame: pd.DataFrame) -> list[tuple[str, str, int]]:
    """Who flows where: from, to, leads. What enters a node is at least what leaves it."""
    rows = _flow_rows(frame)
    links = [
        (f"group:{group}", follow_up, int(row.returned_count))  # type: ignore[attr-defined]
        for group in GROUPS
        for follow_up in FOLLOW_UPS
        if (row := rows.get((group, follow_up))) is not None
    ]
    for follow_up in FOLLOW_UPS:
        row = rows.get(("all", follow_up))
        if row is not None:
            links.append((follow_up, "mql", int(row.mql_k)))  # type: ignore[attr-defined]
    whole = rows.get(("all", "all"))
    if whole is not None:
        links.append(("mql", "sql", int(whole.sql_k)))  # type: ignore[attr-defined]
        links.append(("sql", "won", int(whole.won_k)))  # type: ignore[attr-defined]
    return [link for link in links if link[2] > 0]


def node_counts(frame: pd.DataFrame) -> dict[str, int]:
    """How many leads are or were in each node."""
    rows = _flow_rows(frame)
    counts: dict[str, int] = {}
    for group in GROUPS:
        if (row := rows.get((group, "all"))) is not None:
            counts[f"group:{group}"] = int(row.returned_count)  # type: ignore[attr-defined]
    whole = rows.get(("all", "all"))
    if whole is not None:
        counts["nurturing"] = int(whole.nurturing_count)  # type: ignore[attr-defined]
        counts["excluded"] = int(whole.excluded_count)  # type: ignore[attr-defined]
        counts |= {stage: int(getattr(whole, f"{stage}_k")) for stage in AFTER}
    return {node: n for node, n in counts.items() if n > 0}


def node_name(node: str, fmt: Formatter, labels: Labels) -> str:
    """What a node is called."""
    kind, _, code = node.partition(":")
    return labels("return_reason_group", code) if code else fmt.tr(f"returns.node.{kind}")


_NODE_COLOURS = {
    "nurturing": "#56B4E9",
    "excluded": "#8A8F98",
    "mql": "#0072B2",
    "sql": "#E69F00",
    "won": "#009E73",
}
_PLACES = {"nurturing": 0.36, "excluded": 0.36, "mql": 0.6, "sql": 0.8, "won": 0.98}


def flows(frame: pd.DataFrame, fmt: Formatter, labels: Labels) -> go.Figure:
    """Where returned leads went: reason, nurturing or out, MQL again, SQL again, won."""
    links = flow_links(frame)
    counts = node_counts(frame)
    nodes = list(counts)
    place = {node: i for i, node in enumerate(nodes)}
    total = sum(n for node, n in counts.items() if node.startswith("group:")) or 1
    fig = figure(440, left=10, right=20, top=20, bottom=30)
    fig.add_sankey(
        arrangement="snap",
        textfont={"size": theme.FONT_SIZE, "shadow": "none"},
        node={
            "label": [
                f"{plotly(node_name(node, fmt, labels), 20)} {fmt.count(n)}"
                for node, n in counts.items()
            ],
            "color": [_NODE_COLOURS.get(node, "#B7BDC6") for node in nodes],
            "x": [_PLACES.get(node, 0.001) for node in nodes],
            "y": _heights(nodes, counts, total),
            "pad": 18,
            "thickness": 18,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        link={
            "source": [place[a] for a, _, _ in links],
            "target": [place[b] for _, b, _ in links],
            "value": [n for _, _, n in links],
            "color": [theme.SOFT_BLUE if b != "excluded" else theme.SOFT_GREY for _, b, _ in links],
            "hovertemplate": "%{source.label} → %{target.label}: %{value:,}<extra></extra>",
        },
    )
    return fig


def _heights(nodes: Sequence[str], counts: dict[str, int], total: int) -> list[float]:
    """The middle of each node: groups below one another, the later nodes on one line."""
    found, passed = [], 0.0
    for node in nodes:
        share = counts[node] / total
        if node.startswith("group:"):
            found.append(0.02 + 0.9 * (passed + share / 2))
            passed += share
        elif node == "excluded":
            found.append(0.84)
        else:
            found.append({"nurturing": 0.36, "mql": 0.14, "sql": 0.12, "won": 0.1}[node])
    return found


def cells(frame: pd.DataFrame, fmt: Formatter, labels: Labels, by_share: bool) -> go.Figure:
    """Reasons by channel: the figure in each cell, grey for shares of fewer than ten."""
    channels = list(dict.fromkeys(frame["channel"]))[::-1]
    sums = frame.groupby("return_reason")["k"].sum().sort_values(ascending=False)
    reasons = [r for r, k in sums.items() if k > 0]
    rows = {(r.channel, r.return_reason): r for r in frame.itertuples()}
    sizes = frame.groupby("channel")["n"].max()
    x = [_wrapped(labels("return_reason", r)) for r in reasons]
    y = [f"{plotly(labels('channel', c), 24)}  n={int(sizes[c]):,}" for c in channels]
    values, small, texts, small_texts = [], [], [], []
    for channel in channels:
        drawn = [_cell(rows.get((channel, reason)), fmt, by_share) for reason in reasons]
        values.append([c[0] for c in drawn])
        texts.append([c[1] for c in drawn])
        small.append([0.0 if c[2] else None for c in drawn])
        small_texts.append([c[2] for c in drawn])
    fig = figure(34 * len(channels) + 110, top=56)
    common = {"x": x, "y": y, "xgap": 2, "ygap": 2, "showscale": False, "hoverinfo": "skip"}
    fig.add_heatmap(
        z=small,
        text=small_texts,
        texttemplate="%{text}",
        textfont={"color": "#3C4149"},
        colorscale=theme.TOO_SMALL_SCALE,
        hoverongaps=False,
        **common,
    )
    fig.add_heatmap(
        z=values,
        text=texts,
        texttemplate="%{text}",
        colorscale=theme.SEQUENTIAL,
        zmin=0,
        hoverongaps=False,
        **common,
    )
    # a heat map answers no click: points that nobody sees lie over its cells
    places = [
        (x[j], y[i], f"{channel}|{reason}", rows[channel, reason])
        for i, channel in enumerate(channels)
        for j, reason in enumerate(reasons)
        if (channel, reason) in rows and rows[channel, reason].k > 0
    ]
    unseen = {"marker": {"opacity": 0}}
    fig.add_scatter(
        x=[p[0] for p in places],
        y=[p[1] for p in places],
        mode="markers",
        marker={"size": 30, "opacity": 0, "symbol": "square"},
        selected=unseen,
        unselected=unseen,
        customdata=[[p[2]] for p in places],
        hovertext=[f"{p[1]}<br>{p[0]}: {sentence(share_of(p[3]), fmt)}" for p in places],
        hovertemplate=HOVER,
    )
    fig.update_xaxes(side="top", showgrid=False, type="category", tickangle=0)
    fig.update_yaxes(showgrid=False, type="category")
    return fig


def _wrapped(name: str) -> str:
    """A name on several short lines, so that it stands upright over its column."""
    if name.isascii():
        lines = textwrap.wrap(name, 12)
    else:
        lines = [name[i : i + 5] for i in range(0, len(name), 5)]
    return "<br>".join(plotly(line) for line in lines[:3])


def _cell(row: object, fmt: Formatter, by_share: bool) -> tuple[float | None, str, str]:
    """Value, its text, and the text where there are too few returns for a share."""
    if row is None or row.k == 0:  # type: ignore[attr-defined]
        return None, "", ""
    share = share_of(row)
    if not by_share:
        return float(share.k), fmt.count(share.k, unit=False), ""
    if share.shown is None:
        return None, "", f"{share.k}/{share.n}"
    return share.shown, fmt.percent(share.shown, 0), ""
