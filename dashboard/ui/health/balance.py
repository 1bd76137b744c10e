"""Where every row that was read has gone."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import charts, states
from dashboard.ui.context import Context
from dashboard.ui.text import clean

FATES = ("loaded", "quarantined", "duplicates", "merged", "suppressed")


def show(ctx: Context) -> None:
    """The balance, a row a source and table; a difference comes first and says so."""
    tr = ctx.tr
    st.header(tr("health.balance_title"), anchor=False)
    st.caption(tr("health.balance_help"))
    rows = ctx.store.ask("row_balance")
    if rows.empty:
        states.no_rows(tr, "nothing_read")
        return
    broken = int((rows["difference"] != 0).sum())
    if broken:
        st.error(tr("health.balance_broken", n=broken))
    else:
        st.success(tr("health.balance_whole", n=len(rows)))
    charts.twin(table(rows, ctx), tr("health.balance_alt"), key="balance_table")


def table(rows: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """Counts as text; tables with a difference first."""
    tr = ctx.tr
    ordered = rows.sort_values(
        "difference", key=lambda values: values == 0, kind="stable", ignore_index=True
    )
    return pd.DataFrame(
        [
            {
                tr("health.source"): clean(row["source"]),
                tr("health.table"): clean(row["table_name"]),
                tr("health.read"): ctx.fmt.count(row["rows_read"], unit=False),
                **{tr(f"health.{fate}"): ctx.fmt.count(row[fate], unit=False) for fate in FATES},
                tr("health.difference"): ctx.fmt.count(row["difference"], unit=False),
            }
            for row in ordered.to_dict("records")
        ]
    )
