"""From a mark of the hand-over page to its hand-overs, and from there to the card of a lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from dashboard.ui import charts, exports, fields, handoff_tables, states, urlstate
from dashboard.ui.context import Context
from dashboard.ui.text import markdown

_MOST_ROWS = 200


def pick(mark: str) -> None:
    """List the hand-overs of this mark; a mark that no address may hold is left alone."""
    if fields.PICK.parse(mark) is not None:
        urlstate.put(fields.PICK, mark)
        urlstate.put(fields.LEAD, "")


def open_lead(lead_id: str) -> None:
    """Open the card of a lead."""
    urlstate.put(fields.LEAD, lead_id)


def choosable(
    table: pd.DataFrame,
    marks: Sequence[str],
    alt: str,
    name: str,
    chosen: Callable[[str], None],
) -> None:
    """A table whose rows can be chosen; drawn when the words have been sent."""
    # a table is a new widget for each answer, so a marked row never stands for another one
    key = f"{name}_{abs(hash((tuple(marks), tuple(table.columns))))}"

    def selected() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and rows[0] < len(marks):
            chosen(marks[rows[0]])

    def drawing() -> None:
        st.dataframe(
            table,
            hide_index=True,
            height="content" if len(table) <= 14 else 390,
            placeholder="",
            key=key,
            on_select=selected,
            selection_mode="single-row",
            alt=alt,
        )

    charts.later(drawing)


def export(ctx: Context, name: str, table: pd.DataFrame) -> None:
    """What the table shows as a file, with the version it comes from."""
    st.download_button(
        ctx.tr("leads.export"),
        data=lambda: exports.to_csv(table, [(ctx.tr("handoff.export_run"), ctx.store.data.run_id)]),
        file_name=f"{name}_{ctx.store.data.run_id}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"export_{name}",
    )


def _name(ctx: Context, kind: str, key: str, other: str) -> str:
    """The mark in words."""
    tr, fmt = ctx.tr, ctx.fmt
    day = pd.to_datetime(key if kind in ("month", "week") else other, errors="coerce")
    if kind == "month":
        return tr("handoff.pick_month", month=fmt.month(day))
    if kind == "term":
        return tr("handoff.pick_term", term=ctx.labels("sla_term", key), month=fmt.month(day))
    if kind == "week":
        team = f" {ctx.labels('team', other)}" if other else ""
        return tr("handoff.pick_week", week=fmt.day(day)) + team
    if kind == "owner":
        return tr("handoff.pick_owner", owner=key)
    if kind == "delay":
        return tr("handoff.pick_delay", hours=key)
    weekday = tr.get(f"handoff.weekday_{key}", key)
    return tr(f"handoff.pick_{kind}", weekday=weekday, hour=other)


def show(ctx: Context, months: int) -> None:
    """The hand-overs of the mark that the address names; none, no list."""
    kind, key, other = [*urlstate.get(fields.PICK).split(":"), "", "", ""][:3]
    if not kind or (kind == "owner" and ctx.store.is_meeting):
        return
    rows = ctx.store.ask(
        "handoff_leads", kind=kind, key=key, other=other, months=months, limit=_MOST_ROWS
    )
    left, right = st.columns([8, 1], vertical_alignment="center")
    left.subheader(markdown(_name(ctx, kind, key, other), 120), anchor=False)
    right.button(
        ctx.tr("lead.close"), on_click=urlstate.put, args=(fields.PICK, ""), key="close_pick"
    )
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    total = int(rows["total_rows"].iloc[0])
    if total > len(rows):
        st.caption(ctx.tr("lead.newest_only", shown=f"{len(rows):,}", total=f"{total:,}"))
    else:
        st.caption(ctx.tr("handoff.picked", n=ctx.fmt.count(total)))
    table = handoff_tables.leads(rows, ctx)
    ids = [str(v) for v in rows["lead_id"]]
    choosable(table, ids, ctx.tr("handoff.picked_alt"), "picked", open_lead)
    export(ctx, "handoffs", table)
    st.divider()
