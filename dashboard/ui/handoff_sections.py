"""The sections of the hand-over page, each a heading, its figures and the table behind them."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import charts, handoff_picks, states
from dashboard.ui import handoff_tables as tables
from dashboard.ui.context import Context
from dashboard.ui.figures import handoff as figures

_CURVES = 4
_PERIODS = 13
_MOST_CALLS = 2000


def duties(ctx: Context) -> None:
    """Every promise of both sides: the newest month that may be judged."""
    st.subheader(ctx.tr("handoff.duties_title"), anchor=False)
    results = ctx.store.ask("sla_results", period_kind="month", dimension="all", periods=_PERIODS)
    if results.empty:
        states.no_rows(ctx.tr, "no_handoffs")
        return
    st.caption(ctx.tr("handoff.duties_help"))
    rows = tables.judged(results)
    marks = [f"term:{row.term_id}:{row.period:%Y-%m-%d}" for row in rows]
    table = tables.duties(rows, ctx)
    handoff_picks.choosable(
        table, marks, ctx.tr("handoff.duties_alt"), "duties", handoff_picks.pick
    )


def curve(ctx: Context) -> None:
    """How fast hand-overs were contacted, month by month."""
    st.subheader(ctx.tr("handoff.curve_title"), anchor=False)
    rows = ctx.store.ask("contact_curve", months=_CURVES)
    if rows.empty:
        states.no_rows(ctx.tr, "no_handoffs")
        return
    st.caption(ctx.tr("handoff.curve_help"))
    fig = figures.contact_curve(rows, ctx.fmt)
    alt = ctx.tr("handoff.curve_alt")
    table = tables.curve(rows, ctx)
    charts.show(fig, alt, table, key="curve", tr=ctx.tr, on_mark=handoff_picks.pick)


def calls(ctx: Context) -> None:
    """Whom to call today: a dot each, and the list."""
    tr = ctx.tr
    st.subheader(tr("handoff.calls_title"), anchor=False)
    rows = ctx.store.ask("calls_today", limit=_MOST_CALLS)
    if rows.empty:
        st.success(tr("handoff.nobody_waits"))
        return
    st.caption(tr("handoff.calls_help"))
    fig = figures.backlog(rows, ctx.fmt)
    table = tables.calls(rows, ctx)
    charts.show(
        fig, tr("handoff.backlog_alt"), table, key="backlog", tr=tr, on_mark=handoff_picks.open_lead
    )
    ids = [str(v) for v in rows["lead_id"]]
    handoff_picks.choosable(table, ids, tr("handoff.calls_alt"), "calls", handoff_picks.open_lead)
    handoff_picks.export(ctx, "calls", table)


def delays(ctx: Context, months: int) -> None:
    """How long the way into the SFA took."""
    st.subheader(ctx.tr("handoff.delays_title"), anchor=False)
    rows = ctx.store.ask("handoff_delays", months=months)
    if rows.empty:
        states.no_rows(ctx.tr, "no_handoffs")
        return
    fig = figures.delays(rows, ctx.fmt, ctx.labels)
    alt = ctx.tr("handoff.delays_alt")
    table = tables.delays(rows, ctx)
    charts.show(fig, alt, table, key="delays", tr=ctx.tr, on_mark=handoff_picks.pick)


def week(ctx: Context, months: int) -> None:
    """When in the week hand-overs come, and when they are called."""
    st.subheader(ctx.tr("handoff.week_title"), anchor=False)
    rows = ctx.store.ask("handoff_hours", months=months)
    if rows.empty:
        states.no_rows(ctx.tr, "no_handoffs")
        return
    st.caption(ctx.tr("handoff.week_help"))
    for place, kind in zip(st.columns(2), ("handed_over", "contact"), strict=True):
        with place:
            st.markdown(f"**{ctx.tr(f'handoff.week_{kind}')}**")
            fig = figures.week(rows, kind, ctx.fmt)
            alt = ctx.tr(f"handoff.week_{kind}_alt")
            table = tables.week(rows, kind, ctx)
            charts.show(fig, alt, table, key=f"week_{kind}", tr=ctx.tr, on_mark=handoff_picks.pick)


def fridays(ctx: Context) -> None:
    """Which share of open deals was updated, week by week."""
    st.subheader(ctx.tr("handoff.fridays_title"), anchor=False)
    parts = [
        ctx.store.ask("sla_results", period_kind="week", dimension=d, periods=_PERIODS)
        for d in ("all", "team")
    ]
    rows = tables.together(parts)
    if rows.empty:
        states.no_rows(ctx.tr, "no_deals")
        return
    st.caption(ctx.tr("handoff.fridays_help"))
    fig = figures.weekly(rows, ctx.fmt, ctx.labels)
    alt = ctx.tr("handoff.fridays_alt")
    table = tables.weekly(rows, ctx)
    charts.show(fig, alt, table, key="fridays", tr=ctx.tr, on_mark=handoff_picks.pick)


def owners(ctx: Context, months: int) -> None:
    """Who is late is no matter for a meeting: there the question is not even asked."""
    st.subheader(ctx.tr("handoff.owners_title"), anchor=False)
    if ctx.store.is_meeting:
        st.info(ctx.tr("meeting.owners_hidden"))
        return
    rows = ctx.store.ask("sla_owners", months=months)
    if rows.empty:
        states.no_rows(ctx.tr, "no_handoffs")
        return
    st.caption(ctx.tr("handoff.owners_help"))
    marks = [f"owner:{row.owner_id}" for row in rows.itertuples()]
    table = tables.owners(rows, ctx)
    handoff_picks.choosable(
        table, marks, ctx.tr("handoff.owners_alt"), "owners", handoff_picks.pick
    )
