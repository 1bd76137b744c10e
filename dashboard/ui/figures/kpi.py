"""Figures of the meeting home: the word-sized trend of a tile, and where the gap is."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.ui import theme
from dashboard.ui.figures.base import HOVER, categories, figure, nice_ticks, ticks
from dashboard.ui.figures.funnel import forest
from dashboard.ui.format import Formatter, missing
from dashboard.ui.labels import Labels
from dashboard.ui.rates import Rate, sentence
from dashboard.ui.text import plotly


def plotted_value(row: object) -> float | None:
    """What a series shows of a mart row: no rate below the smallest n."""
    rate = Rate.of(row.n, row.k, row.actual, row.ci_low, row.ci_high)  # type: ignore[attr-defined]
    value = rate.shown if row.unit == "rate" else row.actual  # type: ignore[attr-defined]
    return None if missing(value) else float(value)  # type: ignore[arg-type]


def _hover(row: object, unit: str, fmt: Formatter) -> str:
    month = fmt.month(row.period)  # type: ignore[attr-defined]
    if unit == "rate":
        rate = Rate.of(row.n, row.k, row.actual, row.ci_low, row.ci_high)  # type: ignore[attr-defined]
        text = sentence(rate, fmt)
    else:
        text = fmt.value(row.actual, unit)  # type: ignore[attr-defined]
    if not row.is_mature:  # type: ignore[attr-defined]
        text += " · " + fmt.tr("rate.immature")
    return f"{month}<br>{text}"


def sparkline(series: pd.DataFrame, unit: str, fmt: Formatter) -> go.Figure:
    """Thirteen months of one metric; months that are not mature yet are dashed."""
    fig = figure(64, left=2, right=6, top=4, bottom=2)
    rows = list(series.itertuples())
    points = [(r.period, plotted_value(r), _hover(r, unit, fmt), bool(r.is_mature)) for r in rows]
    split = next((i for i, p in enumerate(points) if not p[3]), len(points))
    # the dashed part starts at the last mature month, so that the line does not break
    for part, dash in ((points[:split], "solid"), (points[max(split - 1, 0) :], "dot")):
        if part and not (dash == "dot" and split == len(points)):
            fig.add_scatter(
                x=[p[0] for p in part],
                y=[p[1] for p in part],
                mode="lines",
                line={"color": theme.ACTUAL, "width": 2, "dash": dash},
                hovertext=[p[2] for p in part],
                hovertemplate=HOVER,
            )
    targets = [None if missing(r.target) else float(r.target) for r in rows]  # type: ignore[arg-type]
    if any(t is not None for t in targets):
        fig.add_scatter(
            x=[r.period for r in rows],
            y=targets,
            mode="lines",
            line={"color": theme.TARGET, "width": 1, "dash": "dash", "shape": "hv"},
            hoverinfo="skip",
        )
    if points and points[-1][1] is not None:
        fig.add_scatter(
            x=[points[-1][0]],
            y=[points[-1][1]],
            mode="markers",
            marker={
                "color": theme.ACTUAL,
                "size": 7,
                "symbol": "circle" if points[-1][3] else "circle-open",
            },
            hoverinfo="skip",
        )
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False, rangemode="tozero")
    return fig


def gap_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows a gap chart can draw: those with a gap, the largest first, at most twelve."""
    return frame[frame["gap"].notna()].head(12)


def _mark(gap: float) -> str:
    return "▼" if gap < 0 else "▲" if gap > 0 else "●"


def _colour(gap: float, judged: bool, fewer_is_better: bool) -> str:
    """Grey for what must not be judged: immature, or fewer than ten records."""
    if not judged:
        return theme.COMPARISON
    return theme.BAD if (gap > 0) == fewer_is_better and gap != 0 else theme.ACTUAL


def gap_bars(
    frame: pd.DataFrame,
    kind: str,
    unit: str,
    fmt: Formatter,
    labels: Labels,
    fewer_is_better: bool = False,
) -> go.Figure:
    """The gap to target of each value, in records (or money), the largest on top."""
    rows = gap_rows(frame).iloc[::-1]
    gaps = [float(g) for g in rows["gap"]]
    write = fmt.signed_money if unit == "amount" else fmt.signed_count
    texts, hovers, colours = [], [], []
    for row in rows.itertuples():
        rate = Rate.of(row.n, row.k, row.actual, row.ci_low, row.ci_high)
        judged = bool(row.is_mature) and (unit != "rate" or rate.shown is not None)
        detail = sentence(rate, fmt) if unit == "rate" else fmt.value(row.actual, unit)
        small = f" ({rate.k:,}/{rate.n:,})" if unit == "rate" else ""
        texts.append(f"{_mark(row.gap) if judged else ''} {write(row.gap)}{small}".strip())
        hovers.append(f"{plotly(labels(kind, row.value))}<br>{detail}")
        colours.append(_colour(row.gap, judged, fewer_is_better))
    fig = figure(max(150, 34 * len(rows) + 70), right=20, bottom=40)
    fig.add_bar(
        x=gaps,
        y=[plotly(labels(kind, v)) for v in rows["value"]],
        orientation="h",
        marker_color=colours,
        marker_pattern_shape=["" if m else "/" for m in rows["is_mature"]],
        text=texts,
        textposition="outside",
        cliponaxis=False,
        hovertext=hovers,
        hovertemplate=HOVER,
    )
    low, high = min([0.0, *gaps]), max([0.0, *gaps])
    span = (high - low) or 1.0
    # room for the text outside the longest bar of either side
    fig.update_xaxes(
        range=[low - span * (0.3 if low < 0 else 0.02), high + span * (0.3 if high > 0 else 0.02)],
        title_text=fmt.tr("axis.gap_money" if unit == "amount" else "axis.gap_records"),
        **ticks(nice_ticks(low, high, 4), lambda v: write(v) if v else "0"),
    )
    categories(fig)
    fig.add_vline(x=0, line={"color": theme.TARGET, "width": 1})
    return fig


def actual_dots(
    frame: pd.DataFrame, kind: str, target: float | None, fmt: Formatter, labels: Labels
) -> go.Figure:
    """Rates with their intervals against the common target, where none is agreed by value."""
    line = None if target is None else (target, fmt.tr("chart.target", value=fmt.percent(target)))
    return forest(as_rates(frame), kind, line, fmt, labels)


def as_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """KPI rows in the form of conversion rows, the surest first."""
    return frame.rename(columns={"actual": "rate"}).sort_values(
        ["ci_low", "n"], ascending=False, na_position="last"
    )


def actual_bars(
    frame: pd.DataFrame, kind: str, unit: str, fmt: Formatter, labels: Labels
) -> go.Figure:
    """Counts or amounts by value, for a metric that has no target by value."""
    rows = frame.sort_values("actual", ascending=False).head(12).iloc[::-1]
    values = [0.0 if missing(v) else float(v) for v in rows["actual"]]
    top = max([0.0, *values]) or 1.0
    fig = figure(max(150, 34 * len(rows) + 70), right=20, bottom=46)
    fig.add_bar(
        x=values,
        y=[plotly(labels(kind, v)) for v in rows["value"]],
        orientation="h",
        marker_color=theme.ACTUAL,
        text=[fmt.value(v, unit) for v in rows["actual"]],
        textposition="outside",
        cliponaxis=False,
        hoverinfo="skip",
    )
    fig.update_xaxes(
        range=[0, top * 1.2],
        title_text=fmt.tr("axis.money" if unit == "amount" else "axis.records"),
        **ticks(nice_ticks(0, top), lambda v: fmt.value(v, unit)),
    )
    categories(fig)
    return fig


def gap_table(frame: pd.DataFrame, kind: str, fmt: Formatter, labels: Labels) -> pd.DataFrame:
    """Every value with its figure, target and gap."""
    tr = fmt.tr
    lines = []
    for row in frame.itertuples():
        unit = str(row.unit)
        rate = Rate.of(row.n, row.k, row.actual, row.ci_low, row.ci_high)
        write = fmt.signed_money if unit == "amount" else fmt.signed_count
        lines.append(
            {
                tr(f"dimension.{kind}"): labels(kind, row.value),
                tr("column.actual"): sentence(rate, fmt)
                if unit == "rate"
                else fmt.value(row.actual, unit),
                tr("column.target"): fmt.value(row.target, unit),
                tr("column.gap"): "" if missing(row.gap) else write(float(row.gap)),
                tr("column.mature"): tr("rate.mature" if row.is_mature else "rate.immature"),
            }
        )
    return pd.DataFrame(lines)
