"""Which ids are one person, and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import charts, exports, fields, filters, states
from dashboard.ui.context import Context
from dashboard.ui.text import clean

SHOWN = 200


def show(ctx: Context) -> None:
    """Ids by source and reason; then the links themselves."""
    tr = ctx.tr
    st.header(tr("health.identity_title"), anchor=False)
    st.caption(tr("health.identity_help"))
    counts = ctx.store.ask("identity_counts")
    if counts.empty:
        states.no_rows(tr, "no_ids")
        return
    charts.twin(count_table(counts, ctx), tr("health.identity_alt"), key="identity_table")
    if not int((counts["link_reason"] != "self").sum()) and not int(counts["conflicts"].sum()):
        states.no_rows(tr, "no_links")
        return
    left, _ = st.columns([1, 2])
    with left:
        chosen = filters.choose(
            fields.LINK,
            tr("health.link"),
            fields.LINK.choices,
            lambda link: tr(f"health.link_{link}") if link else tr("health.every_link"),
        )
    rows = ctx.store.ask("identity_links", link=chosen, limit=SHOWN)
    if rows.empty:
        states.no_rows(tr, "no_such_link")
        return
    if len(rows) == SHOWN:
        st.caption(tr("health.first_links", shown=SHOWN))
    charts.twin(link_table(rows, ctx), tr("health.links_alt"), key="identity_links")
    st.download_button(
        tr("health.download_links"),
        data=lambda: export(ctx, chosen),
        file_name=f"identities_{ctx.store.data.run_id}.csv",
        mime="text/csv",
        on_click="ignore",
        key="identity_export",
    )


def export(ctx: Context, link: str) -> bytes:
    """The links as a file; addresses are masked in the mart."""
    rows = ctx.store.ask("identity_links", link=link, limit=exports.MOST_ROWS)
    conditions = [
        (ctx.tr("health.link"), ctx.tr(f"health.link_{link}") if link else ""),
        (ctx.tr("health.run"), ctx.store.data.run_id),
    ]
    return exports.to_csv(link_table(rows, ctx), conditions)


def count_table(counts: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """A line a source and reason."""
    tr = ctx.tr
    return pd.DataFrame(
        [
            {
                tr("health.source"): clean(row["source"]),
                tr("health.link"): _reason(row["link_reason"], ctx),
                tr("health.ids"): ctx.fmt.count(row["ids"], unit=False),
                tr("health.persons"): ctx.fmt.count(row["leads"], unit=False),
                tr("health.conflicts"): ctx.fmt.count(row["conflicts"], unit=False),
            }
            for row in counts.to_dict("records")
        ]
    )


def link_table(rows: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """An id, the lead it stands for, and why or why not."""
    tr = ctx.tr
    return pd.DataFrame(
        [
            {
                tr("health.id"): clean(row["source_lead_id"]),
                tr("health.stands_for"): clean(row["lead_id"]),
                tr("health.link"): _reason(row["link_reason"], ctx),
                tr("health.by"): clean(row["link_detail_masked"]),
                tr("health.conflict"): _conflict(row["conflict_reason"], ctx),
                tr("health.source"): clean(row["source"]),
            }
            for row in rows.to_dict("records")
        ]
    )


def _reason(code: object, ctx: Context) -> str:
    return ctx.tr.get(f"health.link_{code}", clean(code))


def _conflict(code: object, ctx: Context) -> str:
    text = clean(code)
    return ctx.tr.get(f"health.conflict_{text}", text) if text else ""
