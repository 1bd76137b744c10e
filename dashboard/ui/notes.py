"""Notes on the data of this version: what was held back, and whether the rows add up."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import charts
from dashboard.ui.context import Context
from dashboard.ui.text import clean

_COUNTS = ("rows_read", "loaded", "quarantined", "duplicates", "merged", "suppressed", "difference")


def balance_table(frame: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """Rows read and what became of them, per source and table."""
    return pd.DataFrame(
        [
            {
                ctx.tr("column.source"): clean(row.source),
                ctx.tr("column.table"): clean(row.table_name),
                **{
                    ctx.tr(f"column.{name}"): ctx.fmt.count(getattr(row, name), unit=False)
                    for name in _COUNTS
                },
            }
            for row in frame.itertuples()
        ]
    )


def _quarantine_table(frame: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                ctx.tr("column.source"): clean(row.source),
                ctx.tr("column.table"): clean(row.table_name),
                ctx.tr("column.column"): clean(row.column_name),
                ctx.tr("column.rule"): clean(row.rule),
                ctx.tr("column.rows_held"): ctx.fmt.count(row.rows_held, unit=False),
            }
            for row in frame.itertuples()
        ]
    )


def show(ctx: Context) -> None:
    """The notes at the foot of the meeting home."""
    tr = ctx.tr
    st.subheader(tr("notes.title"), anchor=False)
    balance = ctx.store.ask("row_balance")
    held = ctx.store.ask("quarantine_counts")
    if balance.empty:
        st.info(tr("notes.no_balance"))
    else:
        off = int((balance["difference"] != 0).sum())
        rows = ctx.fmt.count(balance["rows_read"].sum(), unit=False)
        st.markdown(tr("notes.balanced" if off == 0 else "notes.unbalanced", rows=rows, n=off))
    if held.empty:
        st.markdown(tr("notes.none_held"))
    else:
        st.markdown(tr("notes.held", n=ctx.fmt.count(held["rows_held"].sum(), unit=False)))
    if balance.empty and held.empty:
        return
    with st.expander(tr("chart.table")):
        if not balance.empty:
            charts.twin(balance_table(balance, ctx), tr("notes.balance_alt"), key="balance")
        if not held.empty:
            charts.twin(_quarantine_table(held, ctx), tr("notes.held_alt"), key="held")
