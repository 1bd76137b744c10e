"""Funnel: which step leaks, for whom, since when?"""

from __future__ import annotations

import streamlit as st

from dashboard.ui import charts, fields, filters, frame, sentences, states
from dashboard.ui.context import Context, current
from dashboard.ui.figures import funnel, tables


def _steps(ctx: Context, window: str, basis: str, segment: filters.Segment) -> None:
    st.subheader(ctx.tr("funnel.steps_title"), anchor=False)
    rows = ctx.store.ask("funnel_steps", window=window, basis=basis, **segment.parameters)
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    fig = funnel.step_bars(rows, ctx.fmt, ctx.labels)
    table = tables.steps(rows, ctx.fmt, ctx.labels)
    charts.show(fig, ctx.tr("funnel.steps_alt"), table, key="steps", tr=ctx.tr)


def _trend(ctx: Context, step: str, basis: str, segment: filters.Segment) -> None:
    start, end = step.split("-")
    rows = ctx.store.ask(
        "funnel_trend",
        from_stage=start,
        to_stage=end,
        # a target is agreed for cohorts; no metric means that no target is drawn
        metric=fields.STEP_METRICS.get(step, "") if basis == "cohort" else "",
        basis=basis,
        **segment.parameters,
    )
    st.subheader(ctx.tr("funnel.trend_title", step=ctx.tr(f"step.{step}")), anchor=False)
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    too_small = funnel.hidden(rows)
    if too_small:
        st.caption(ctx.tr("funnel.hidden_months", n=too_small))
    fig = funnel.trend(rows, ctx.fmt, ctx.tr(f"axis.month_{basis}"))
    alt = ctx.tr("funnel.trend_alt", step=ctx.tr(f"step.{step}"))
    charts.show(fig, alt, funnel.trend_table(rows, ctx.fmt), key="trend", tr=ctx.tr)


def _cohorts(ctx: Context, step: str, segment: filters.Segment) -> None:
    start, end = step.split("-")
    st.subheader(ctx.tr("funnel.cohort_title", step=ctx.tr(f"step.{step}")), anchor=False)
    rows = ctx.store.ask("cohort_progress", from_stage=start, to_stage=end, **segment.parameters)
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    st.caption(ctx.tr("funnel.cohort_help"))
    fig = funnel.cohort_heatmap(rows, ctx.fmt)
    table = tables.cohorts(rows, ctx.fmt)
    charts.show(fig, ctx.tr("funnel.cohort_alt"), table, key="cohorts", tr=ctx.tr)


def _segments(ctx: Context, window: str, basis: str, step: str) -> None:
    start, end = step.split("-")
    st.subheader(ctx.tr("funnel.by_title", step=ctx.tr(f"step.{step}")), anchor=False)
    left, _ = st.columns([1, 2])
    with left:
        by = filters.choose(
            fields.BY,
            ctx.tr("filter.by"),
            fields.DIMENSIONS[1:],
            lambda code: ctx.tr(f"dimension.{code}"),
        )
    rows = ctx.store.ask(
        "funnel_by_dimension",
        window=window,
        basis=basis,
        from_stage=start,
        to_stage=end,
        dimension=by,
    )
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    st.caption(ctx.tr("funnel.by_help"))
    whole = ctx.store.ask("funnel_steps", window=window, basis=basis, dimension="all", value="all")
    overall = funnel.overall_line(whole, start, end, ctx.fmt)
    fig = funnel.forest(rows, by, overall, ctx.fmt, ctx.labels)
    table = tables.by_value(rows, by, ctx.fmt, ctx.labels)
    charts.show(fig, ctx.tr("funnel.by_alt"), table, key="by", tr=ctx.tr)


def main() -> None:
    """One run of the page."""
    ctx = current()
    head = frame.open_page(ctx)
    if int(ctx.store.ask("lead_count")["leads"].iloc[0]) == 0:
        states.no_leads(ctx.tr)
    left, middle, right = st.columns([1, 2, 1])
    with left:
        window = filters.window(ctx)
    with middle:
        segment = filters.segment(ctx)
    with right:
        step = filters.choose(
            fields.STEP, ctx.tr("filter.step"), fields.STEPS, lambda c: ctx.tr(f"step.{c}")
        )
    basis = filters.switch(
        fields.BASIS, ctx.tr("filter.basis"), lambda code: ctx.tr(f"basis.{code}")
    )
    st.caption(ctx.tr(f"basis.{basis}_help"))
    head.say(sentences.funnel(ctx, window, basis, segment))
    _steps(ctx, window, basis, segment)
    _trend(ctx, step, basis, segment)
    _cohorts(ctx, step, segment)
    _segments(ctx, window, basis, step)


main()
