"""What the card of a lead says about its hand-overs: duties, what is left of them, and legs."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.ui import charts
from dashboard.ui.context import Context
from dashboard.ui.format import missing
from dashboard.ui.handoff_tables import rest
from dashboard.ui.text import clean, markdown

_LEGS = (
    ("qualified", "qualified_at"),
    ("listing", "listed_at"),
    ("sync", "synced_at"),
    ("assignment", "assigned_at"),
    ("contact", "first_contact_at"),
    ("disposal", "disposed_at"),
)


def rest_line(ctx: Context, lead_id: str) -> None:
    """What is still to be done about the lead, and how long there is."""
    for row in ctx.store.ask("lead_checks", lead_id=lead_id).itertuples():
        if row.status in ("open", "not_due"):
            _open_duty(ctx, row)


def show(ctx: Context, lead_id: str) -> None:
    """The duties and the legs of each hand-over; nothing where the lead was never handed over."""
    handoffs = ctx.store.ask("lead_handoffs", lead_id=lead_id)
    if handoffs.empty:
        return
    tr = ctx.tr
    st.subheader(tr("handoff.card_title"), anchor=False)
    checks = ctx.store.ask("lead_checks", lead_id=lead_id)
    charts.twin(_checks(checks, ctx), tr("handoff.card_checks_alt"), key="card_checks")
    charts.twin(_legs(handoffs, ctx), tr("handoff.card_legs_alt"), key="card_legs")


def _open_duty(ctx: Context, row: Any) -> None:
    text = ctx.tr(
        f"handoff.card_{row.status}",
        term=markdown(ctx.labels("sla_term", row.term_id), 80),
        due=ctx.fmt.instant(row.due_at),
    )
    (st.error if row.status == "open" else st.info)(f"{text} {_rest(row, ctx)}")


def _rest(row: Any, ctx: Context) -> str:
    return rest(row.remaining_business_hours, row.status == "open", ctx)


def _checks(checks: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    tr, fmt = ctx.tr, ctx.fmt
    return pd.DataFrame(
        [
            {
                tr("column.episode"): fmt.count(row.episode_no, unit=False),
                tr("handoff.column_duty"): ctx.labels("sla_term", row.term_id),
                tr("handoff.column_duty_of"): ctx.labels("duty_of", row.duty_of),
                tr("handoff.column_state"): ctx.labels("sla_status", row.status),
                tr("handoff.column_started"): fmt.instant(row.started_at),
                tr("handoff.column_due"): "" if missing(row.due_at) else fmt.instant(row.due_at),
                tr("handoff.column_done"): "" if missing(row.done_at) else fmt.instant(row.done_at),
                tr("handoff.column_rest"): _rest(row, ctx),
            }
            for row in checks.itertuples()
        ]
    )


def _legs(handoffs: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    tr, fmt = ctx.tr, ctx.fmt
    lines = []
    for row in handoffs.itertuples():
        for leg, column in _LEGS:
            at = getattr(row, column)
            if missing(at):
                continue
            elapsed = getattr(row, f"{leg}_hours", None)
            worked = getattr(row, f"{leg}_business_hours", None)
            lines.append(
                {
                    tr("column.episode"): fmt.count(row.episode_no, unit=False),
                    tr("handoff.column_leg"): tr(f"handoff.leg_{leg}"),
                    tr("column.at"): fmt.instant(at),
                    tr("handoff.column_elapsed"): _hours(elapsed, "unit.hours", ctx),
                    tr("handoff.column_worked"): _hours(worked, "unit.business_hours", ctx),
                    tr("handoff.column_note"): _note(row, leg, ctx),
                }
            )
    return pd.DataFrame(lines)


def _hours(value: object, unit: str, ctx: Context) -> str:
    return "" if missing(value) else ctx.tr(unit, n=ctx.fmt.points(value))


def _note(row: Any, leg: str, ctx: Context) -> str:
    tr = ctx.tr
    if leg == "sync" and row.is_sync_derived is True:
        return tr("handoff.note_sync_derived")
    if leg == "contact" and row.is_contacted_before is True:
        return tr("handoff.note_before")
    if leg == "contact" and row.is_first_contact_derived is True:
        return tr("handoff.note_contact_derived")
    if leg == "disposal":
        return ctx.labels("disposition", row.disposition)
    if leg == "assignment":
        return clean(row.owner_id)
    return ""
