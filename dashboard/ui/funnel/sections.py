"""The parts of the funnel page, each a chart with its words, its table and the leads behind it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.ui import charts, fields, filters, states
from dashboard.ui.context import Context
from dashboard.ui.figures import bridge, funnel, panels, stages, tables
from dashboard.ui.funnel import behind
from dashboard.ui.funnel.view import View, choose_mark, day_of, window_days
from dashboard.ui.marks import Mark, month_after
from dashboard.ui.rates import FEWER_IS_BETTER, sentence


def bases(ctx: Context, view: View) -> None:
    """One step on all three bases, and why they differ."""
    tr, fmt = ctx.tr, ctx.fmt
    start, end = view.step.split("-")
    found = {}
    for basis in fields.BASIS.choices:
        rows = ctx.store.ask(
            "funnel_steps", window=view.window, basis=basis, **view.segment.parameters
        )
        row = funnel.step_rows(rows).get((start, end))
        if row is not None:
            found[basis] = funnel.rate_of(row)
    if len(found) < len(fields.BASIS.choices):
        return
    texts = [f"{tr(f'basis.{basis}')}: {sentence(rate, fmt)}" for basis, rate in found.items()]
    st.caption(tr(f"step.{view.step}") + tr("funnel_page.bases", parts=" / ".join(texts)))
    still_open = found["kaplan_meier"].open or 0
    key = "funnel_page.why" if still_open else "funnel_page.why_none_open"
    st.caption(tr(key, open=fmt.count(still_open)))


def steps(ctx: Context, view: View, by: str) -> None:
    """The stages one under the other: a cohort's own funnel, or the steps of a window."""
    days = window_days(ctx, view.window)
    if days is None:
        st.subheader(ctx.tr("funnel.steps_title"), anchor=False)
        states.no_rows(ctx.tr)
        return
    if view.basis == "cohort":
        _cohort_funnel(ctx, view, days[1:])
    else:
        _step_bars(ctx, view, days[1:])
    behind.show(ctx, "steps", view, by)


def _cohort_funnel(ctx: Context, view: View, days: tuple[date, date]) -> None:
    tr = ctx.tr
    st.subheader(tr("funnel_page.stages_title"), anchor=False)
    filters.switch(
        fields.FUNNEL_TYPE, tr("funnel_page.type"), lambda code: tr(f"funnel_page.type_{code}")
    )
    st.caption(tr(f"funnel_page.type_{view.funnel_type}_help"))
    rows = ctx.store.ask(
        "funnel_counts",
        window=view.window,
        funnel_type=view.funnel_type,
        **view.segment.parameters,
    )
    if rows.empty:
        states.no_rows(tr)
        return

    def mark(stage: str) -> str:
        return str(Mark("steps", "stage", *days, detail=stage))

    charts.show(
        stages.bars(rows, ctx.fmt, ctx.labels, mark),
        tr("funnel.steps_alt"),
        stages.table(rows, ctx.fmt, ctx.labels),
        key="steps",
        tr=tr,
        on_mark=choose_mark,
    )


def _step_bars(ctx: Context, view: View, days: tuple[date, date]) -> None:
    tr = ctx.tr
    st.subheader(tr("funnel.steps_title"), anchor=False)
    st.caption(tr("funnel_page.steps_help"))
    rows = ctx.store.ask(
        "funnel_steps", window=view.window, basis=view.basis, **view.segment.parameters
    )
    if rows.empty:
        states.no_rows(tr)
        return

    def mark(stage: str, is_taken: bool) -> str:
        kind = ("arrivals" if view.is_arrival else "taken") if is_taken else "step"
        return str(Mark("steps", kind, *days, detail=stage))

    charts.show(
        funnel.step_bars(rows, ctx.fmt, ctx.labels, mark),
        tr("funnel.steps_alt"),
        tables.steps(rows, ctx.fmt, ctx.labels),
        key="steps",
        tr=tr,
        on_mark=choose_mark,
    )


def _month(chart: str, view: View, period: object, value: str = "", detail: str = "") -> str:
    first = day_of(period)
    kind = "arrivals" if view.is_arrival else "step"
    return str(Mark(chart, kind, first, month_after(first), detail, value))


def trend(ctx: Context, view: View, by: str) -> None:
    """The step month by month, with its target and the days on which the rules changed."""
    tr, step = ctx.tr, ctx.tr(f"step.{view.step}")
    rows = ctx.store.ask(
        "funnel_trend",
        **view.stages,
        # a target is agreed for cohorts; no metric means that no target is drawn
        metric="" if view.is_arrival else fields.STEP_METRICS.get(view.step, ""),
        basis=view.basis,
        **view.segment.parameters,
    )
    st.subheader(tr("funnel.trend_title", step=step), anchor=False)
    if rows.empty:
        states.no_rows(tr)
        return
    too_small = funnel.hidden(rows)
    if too_small:
        st.caption(tr("funnel.hidden_months", n=too_small))
    changes = ctx.store.ask("scorecard_changes", **view.segment.parameters)
    charts.show(
        funnel.trend(
            rows,
            ctx.fmt,
            tr(f"axis.month_{view.basis}"),
            lambda period: _month("trend", view, period),
            changes,
        ),
        tr("funnel.trend_alt", step=step),
        funnel.trend_table(rows, ctx.fmt),
        key="trend",
        tr=tr,
        on_mark=choose_mark,
    )
    behind.show(ctx, "trend", view, by)


def cohorts(ctx: Context, view: View, by: str) -> None:
    """Every month's cohort at each age of its own."""
    tr = ctx.tr
    st.subheader(tr("funnel.cohort_title", step=tr(f"step.{view.step}")), anchor=False)
    rows = ctx.store.ask("cohort_progress", **view.stages, **view.segment.parameters)
    if rows.empty:
        states.no_rows(tr)
        return

    def mark(period: object, age: int) -> str:
        first = day_of(period)
        return str(Mark("cohorts", "step", first, month_after(first), str(age)))

    st.caption(tr("funnel.cohort_help"))
    charts.show(
        funnel.cohort_heatmap(rows, ctx.fmt, mark),
        tr("funnel.cohort_alt"),
        tables.cohorts(rows, ctx.fmt),
        key="cohorts",
        tr=tr,
        on_mark=choose_mark,
    )
    behind.show(ctx, "cohorts", view, by)


def gap(ctx: Context, view: View, by: str) -> None:
    """Why there are more or fewer than before, or than planned."""
    tr = ctx.tr
    st.subheader(tr("funnel_page.bridge_title", step=tr(f"step.{view.step}")), anchor=False)
    compared_with = filters.switch(
        fields.COMPARED_WITH, tr("funnel_page.vs"), lambda code: tr(f"funnel_page.vs_{code}")
    )
    days = window_days(ctx, view.window)
    if days is None or days[0] is None:
        states.no_rows(tr, "no_window_before")
        return
    # a plan is one of cohorts
    basis = "cohort" if compared_with == "target" else view.counted_basis
    rows = ctx.store.ask(
        "funnel_bridge",
        compared_with=compared_with,
        window=view.window,
        basis=basis,
        **view.stages,
        dimension=by,
    )
    if rows.empty:
        states.no_rows(tr, "no_bridge")
        return
    before, first, last = days[0], days[1], days[2]
    done = "arrivals" if basis == "period" else "taken"

    def mark(name: str) -> str:
        if name == "base":
            # behind a plan there is nobody yet
            is_plan = compared_with == "target"
            return "" if is_plan else str(Mark("bridge", done, before, first, "", ""))
        return str(Mark("bridge", done if name == "now" else "step", first, last, "", ""))

    st.caption(tr("funnel_page.bridge_help", by=tr(f"dimension.{by}")))
    if not bool(rows["is_mature"].all()):
        st.caption(tr("funnel_page.bridge_immature"))
    metric = fields.STEP_METRICS.get(view.step, "")
    charts.show(
        bridge.waterfall(
            rows, compared_with, ctx.fmt, mark, fewer_is_better=metric in FEWER_IS_BETTER
        ),
        tr("funnel_page.bridge_alt"),
        bridge.table(rows, by, ctx.fmt, ctx.labels),
        key="bridge",
        tr=tr,
        on_mark=choose_mark,
    )
    whole = View(view.window, filters.Segment("all", "all"), view.step, basis, view.funnel_type)
    behind.show(ctx, "bridge", whole, by)


def multiples(ctx: Context, view: View, by: str) -> None:
    """The step month by month for the five largest values and the rest."""
    tr, basis = ctx.tr, view.counted_basis
    st.subheader(
        tr(
            "funnel_page.panels_title",
            step=tr(f"step.{view.step}"),
            by=tr(f"dimension.{by}"),
        ),
        anchor=False,
    )
    rows = ctx.store.ask("funnel_panels", **view.stages, basis=basis, by=by)
    if rows.empty:
        states.no_rows(tr)
        return

    def mark(value: str, is_rest: bool, period: object) -> str:
        if not is_rest:
            return _month("panels", view, period, value)
        first = day_of(period)
        return str(Mark("panels", "rest", first, month_after(first)))

    st.caption(tr(f"funnel_page.panels_{basis}_help"))
    charts.show(
        panels.multiples(rows, by, ctx.fmt, ctx.labels, mark),
        tr("funnel_page.panels_alt"),
        panels.table(rows, by, ctx.fmt, ctx.labels),
        key="panels",
        tr=tr,
        on_mark=choose_mark,
    )
    behind.show(ctx, "panels", view, by)


def compared(ctx: Context, view: View, by: str) -> None:
    """The values of a dimension side by side, the surest first."""
    tr = ctx.tr
    start, end = view.step.split("-")
    st.subheader(tr("funnel.by_title", step=tr(f"step.{view.step}")), anchor=False)
    asked = {"window": view.window, "basis": view.basis}
    rows = ctx.store.ask("funnel_by_dimension", **asked, **view.stages, dimension=by)
    days = window_days(ctx, view.window)
    if rows.empty or days is None:
        states.no_rows(tr)
        return
    first, last = days[1], days[2]

    def mark(value: str) -> str:
        kind = "arrivals" if view.is_arrival else "step"
        return str(Mark("by", kind, first, last, "", value))

    st.caption(tr("funnel.by_help"))
    whole = ctx.store.ask("funnel_steps", **asked, dimension="all", value="all")
    overall = funnel.overall_line(whole, start, end, ctx.fmt)
    charts.show(
        funnel.forest(rows, by, overall, ctx.fmt, ctx.labels, mark),
        tr("funnel.by_alt"),
        tables.by_value(rows, by, ctx.fmt, ctx.labels),
        key="by",
        tr=tr,
        on_mark=choose_mark,
    )
    behind.show(ctx, "by", view, by)
