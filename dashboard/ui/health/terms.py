"""The dictionary of the metrics, and where the rules of the agreement are."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import charts, i18n
from dashboard.ui.context import Context


def show(ctx: Context) -> None:
    """Every metric in the language of the page."""
    tr = ctx.tr
    st.header(tr("health.terms_title"), anchor=False)
    st.caption(tr("health.terms_help"))
    st.page_link("app_pages/definitions.py", label=tr("health.to_definitions"))
    charts.twin(table(ctx), tr("health.terms_alt"), key="terms_table")
    st.caption(tr("health.privacy"))


def table(ctx: Context) -> pd.DataFrame:
    """A line a metric: what it is called, how it is counted, and by which day."""
    tr = ctx.tr
    entries = [tr.definition(metric) for metric in i18n.metrics()]
    return pd.DataFrame(
        [
            {
                tr("column.metric"): entry["name"],
                tr("health.formula"): entry["formula"],
                tr("health.date"): entry["date"],
                tr("health.note"): entry.get("note") or "",
            }
            for entry in entries
        ]
    )
