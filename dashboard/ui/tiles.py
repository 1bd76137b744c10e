"""The tiles of the meeting home: a figure, its target, what may be said of it, its trend."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import charts
from dashboard.ui.context import Context
from dashboard.ui.figures.kpi import sparkline
from dashboard.ui.format import Formatter, missing
from dashboard.ui.rates import (
    FEWER_IS_BETTER,
    Rate,
    Size,
    Verdict,
    fraction,
    headline,
    interval,
    is_difference_real,
    judge,
    sentence,
)

_MARKS = {
    Verdict.MET: ("▲", "green"),
    Verdict.MISSED: ("▼", "orange"),
    Verdict.WITHIN_NOISE: ("●", "gray"),
}


def rate_of(row: object) -> Rate:
    """The rate of a KPI row."""
    return Rate.of(row.n, row.k, row.actual, row.ci_low, row.ci_high)  # type: ignore[attr-defined]


def verdict_of(row: object) -> Verdict:
    """What may be said of a KPI row against its target."""
    return judge(
        unit=row.unit,  # type: ignore[attr-defined]
        actual=row.actual,  # type: ignore[attr-defined]
        target=row.target,  # type: ignore[attr-defined]
        gap=row.gap,  # type: ignore[attr-defined]
        is_mature=row.is_mature,  # type: ignore[attr-defined]
        rate=rate_of(row) if row.unit == "rate" else None,  # type: ignore[attr-defined]
        fewer_is_better=row.metric in FEWER_IS_BETTER,  # type: ignore[attr-defined]
    )


def gap_text(row: object, fmt: Formatter) -> str:
    """The gap in records or money, with its sign; empty without a target."""
    if missing(row.gap):  # type: ignore[attr-defined]
        return ""
    if row.unit == "amount":  # type: ignore[attr-defined]
        return fmt.signed_money(float(row.gap))  # type: ignore[attr-defined]
    return fmt.signed_count(row.gap)  # type: ignore[attr-defined]


def figure_text(row: object, fmt: Formatter) -> str:
    """The large figure of a tile."""
    if row.unit == "rate":  # type: ignore[attr-defined]
        return headline(rate_of(row), fmt)
    return fmt.value(row.actual, row.unit)  # type: ignore[attr-defined]


def detail_text(row: object, fmt: Formatter) -> str:
    """k of n, interval and the mark for few records."""
    if row.unit != "rate":  # type: ignore[attr-defined]
        return ""
    rate = rate_of(row)
    if rate.size in {Size.NONE, Size.TOO_SMALL}:
        return fmt.tr("rate.too_small") if rate.size is Size.TOO_SMALL else ""
    few = fmt.tr("rate.few") if rate.size is Size.FEW else ""
    return " ".join(part for part in (fraction(rate, fmt), interval(rate, fmt), few) if part)


def previous_text(row: object, fmt: Formatter) -> str:
    """Against the window before: a difference only where it is more than noise."""
    tr = fmt.tr
    if missing(row.previous) or missing(row.actual):  # type: ignore[attr-defined]
        return tr("tile.no_previous")
    if row.unit != "rate":  # type: ignore[attr-defined]
        change = float(row.actual) - float(row.previous)  # type: ignore[attr-defined]
        money = row.unit == "amount"  # type: ignore[attr-defined]
        text = fmt.signed_money(change) if money else fmt.signed_count(change)
        return tr("tile.previous", change=text)
    before = Rate.of(row.previous_n, row.previous_k, row.previous, None, None)  # type: ignore[attr-defined]
    if before.shown is None or rate_of(row).shown is None:
        return tr("tile.no_previous")
    points = fmt.percentage_points(float(row.actual) - float(row.previous))  # type: ignore[attr-defined]
    if not row.is_mature:  # type: ignore[attr-defined]
        # the window before had longer to ripen: the difference is mostly age
        return tr("tile.previous_immature", change=points)
    real = is_difference_real(row.diff_low, row.diff_high)  # type: ignore[attr-defined]
    return tr("tile.previous" if real else "tile.previous_noise", change=points)


def target_line(row: object, fmt: Formatter) -> tuple[str, str]:
    """The line against the target and its colour."""
    tr, verdict = fmt.tr, verdict_of(row)
    if verdict in {Verdict.NO_TARGET, Verdict.NO_DATA}:
        return tr(f"verdict.{verdict}"), "gray"
    target = fmt.value(row.target, row.unit)  # type: ignore[attr-defined]
    if verdict is Verdict.TOO_SMALL:
        return tr("verdict.too_small", target=target), "gray"
    if verdict is Verdict.IMMATURE:
        known = not missing(row.days_to_mature) and row.days_to_mature > 0  # type: ignore[attr-defined]
        days = int(row.days_to_mature) if known else 0  # type: ignore[attr-defined]
        key = "verdict.immature_days" if known else "verdict.immature"
        return tr(key, target=target, days=days), "gray"
    mark, colour = _MARKS[verdict]
    return f"{mark} " + tr(f"verdict.{verdict}", target=target, gap=gap_text(row, fmt)), colour


def definition(ctx: Context, metric: str) -> None:
    """The popover that says how a metric is counted."""
    entry = ctx.tr.definition(metric)
    with st.popover("?", help=ctx.tr("tile.definition"), type="tertiary"):
        st.markdown(f"**{entry['name']}**")
        st.markdown(entry["formula"])
        st.caption(entry["date"])
        if entry.get("note"):
            st.caption(entry["note"])


def heading(ctx: Context, title: str, metric: str) -> None:
    """A heading with the definition of its metric beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(title, anchor=False, width="content")
        definition(ctx, metric)


def tile(ctx: Context, row: object, series: pd.DataFrame) -> None:
    """One tile; the words carry everything that the colours do."""
    fmt, metric = ctx.fmt, str(row.metric)  # type: ignore[attr-defined]
    with st.container(border=True, gap="xsmall", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{ctx.tr.metric(metric)}**")
            definition(ctx, metric)
        st.header(figure_text(row, fmt), anchor=False)
        text, colour = target_line(row, fmt)
        st.markdown(f":{colour}[**{text}**]")
        st.caption(f"{detail_text(row, fmt) or '　'}  \n{previous_text(row, fmt)}")
        alt = ctx.tr("tile.alt", metric=ctx.tr.metric(metric), text=figure_text(row, fmt))
        charts.spark(
            lambda: sparkline(series, str(row.unit), fmt),  # type: ignore[attr-defined]
            alt,
            key=f"spark_{metric}",
        )


def table(frame: pd.DataFrame, fmt: Formatter) -> pd.DataFrame:
    """Every metric of the window as text."""
    tr = fmt.tr
    lines = []
    for row in frame.itertuples():
        rate = rate_of(row)
        actual = sentence(rate, fmt) if row.unit == "rate" else fmt.value(row.actual, row.unit)
        lines.append(
            {
                tr("column.metric"): tr.metric(str(row.metric)),
                tr("column.actual"): actual,
                tr("column.target"): fmt.value(row.target, str(row.unit)),
                tr("column.gap"): gap_text(row, fmt),
                tr("column.verdict"): target_line(row, fmt)[0],
                tr("column.previous"): previous_text(row, fmt),
            }
        )
    return pd.DataFrame(lines)


def series_table(frame: pd.DataFrame, metrics: list[str], fmt: Formatter) -> pd.DataFrame:
    """Thirteen months of every tile, a row a month."""
    lines = []
    for period, part in sorted(frame.groupby("period"), key=lambda pair: pair[0], reverse=True):
        line = {fmt.tr("column.month"): fmt.month(period)}
        for row in part.itertuples():
            if row.metric in metrics:
                text = (
                    sentence(rate_of(row), fmt)
                    if row.unit == "rate"
                    else fmt.value(row.actual, str(row.unit))
                )
                if not row.is_mature:
                    text += f" ({fmt.tr('rate.immature')})"
                line[fmt.tr.metric(str(row.metric))] = text
        lines.append(line)
    return pd.DataFrame(lines)
