"""The company of a lead: who of it is there, who is active, and has one who decides been seen?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import charts, states
from dashboard.ui.context import Context
from dashboard.ui.text import markdown


def show(ctx: Context, lead_id: str) -> None:
    """What the card of a lead says about its company."""
    tr = ctx.tr
    st.subheader(tr("account.title"), anchor=False)
    rows = ctx.store.ask("lead_account", lead_id=lead_id)
    row = next(rows.itertuples(), None)
    if row is None or row.account_kind == "none":
        states.no_rows(tr, "no_account")
        return
    st.markdown(summary(row, ctx))
    for place, (name, value) in zip(st.columns(5), figures(row, ctx), strict=True):
        place.metric(tr(f"account.{name}"), value, help=tr(f"account.{name}_help"), border=True)
    st.caption(tr("account.window", days=ctx.fmt.count(row.active_window_days, unit=False)))
    group = ctx.store.ask("lead_buying_group", lead_id=lead_id)
    charts.twin(group_table(group, ctx), tr("account.group_alt"), key="buying_group")


def summary(row: object, ctx: Context) -> str:
    """The company's name and what it is known by, in one line."""
    name = markdown(row.company_name, 60) or markdown(row.domain, 60)  # type: ignore[attr-defined]
    if row.account_kind == "domain":  # type: ignore[attr-defined]
        return ctx.tr("account.by_domain", name=name, domain=markdown(row.domain, 60))  # type: ignore[attr-defined]
    return ctx.tr("account.by_name", name=name)


def decision_maker(row: object, ctx: Context) -> str:
    """Whether one who decides has been seen, and whether lately."""
    if row.has_active_decision_maker is True:  # type: ignore[attr-defined]
        return ctx.tr("account.decider_active")
    seen = row.has_decision_maker is True  # type: ignore[attr-defined]
    return ctx.tr("account.decider_seen" if seen else "account.decider_unseen")


def figures(row: object, ctx: Context) -> list[tuple[str, str]]:
    """The figures of the buying group, each by the name of its text."""
    tr, fmt = ctx.tr, ctx.fmt

    def share(active: object, known: object) -> str:
        return tr(
            "account.of", active=fmt.count(active, unit=False), known=fmt.count(known, unit=False)
        )

    return [
        ("people", share(row.active_lead_count, row.lead_count)),  # type: ignore[attr-defined]
        ("roles", share(row.active_role_count, row.known_role_count)),  # type: ignore[attr-defined]
        ("decider", decision_maker(row, ctx)),
        ("total_score", fmt.points(row.total_score)),  # type: ignore[attr-defined]
        ("deal", tr("account.deal_open" if row.has_open_deal is True else "account.deal_none")),  # type: ignore[attr-defined]
    ]


def group_table(group: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """Level by level: people, those active, and when one was last seen."""
    tr, fmt = ctx.tr, ctx.fmt
    return pd.DataFrame(
        [
            {
                tr("dimension.job_level"): ctx.labels("job_level", row.job_level),
                tr("account.decides"): tr("yes") if row.is_decision_maker is True else "",
                tr("account.people_all"): fmt.count(row.lead_count, unit=False),
                tr("account.people_active"): fmt.count(row.active_lead_count, unit=False),
                tr("column.last_activity"): fmt.last_day(row.last_activity_at),
            }
            for row in group.itertuples()
        ]
    )
