"""How old each source is, and what changed in its tables since the version before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import pandas as pd
import streamlit as st

from dashboard.ui import charts, states
from dashboard.ui.context import Context
from dashboard.ui.frame import OLD_HOURS, STALE_HOURS
from dashboard.ui.text import clean
from leadloop.publish.manifest import LoadedFile


def freshness(ctx: Context) -> None:
    """A row a source and table: how far its rows reach, and when it was last loaded."""
    tr = ctx.tr
    st.header(tr("health.fresh_title"), anchor=False)
    st.caption(tr("health.fresh_help", stale=STALE_HOURS, old=OLD_HOURS))
    rows = ctx.store.ask("source_freshness")
    if rows.empty:
        states.no_rows(tr, "nothing_read")
        return
    loads = last_loads(ctx.store.data.manifest.inputs)
    charts.twin(fresh_table(rows, loads, ctx), tr("health.fresh_alt"), key="fresh_table")


def last_loads(files: Iterable[LoadedFile]) -> dict[tuple[str, str], datetime]:
    """When each source and table was last loaded; a table of a connector never was."""
    found: dict[tuple[str, str], datetime] = {}
    for file in files:
        key = (file.source, file.table_name)
        if file.loaded_at and (key not in found or file.loaded_at > found[key]):
            found[key] = file.loaded_at
    return found


def age_word(hours: float, ctx: Context) -> str:
    """How far a table is behind the as-of instant, in words with a mark."""
    tr = ctx.tr
    age = tr("health.hours", n=f"{hours:,.0f}")
    if hours > OLD_HOURS:
        return tr("health.old", age=age)
    return tr("health.late", age=age) if hours > STALE_HOURS else tr("health.on_time", age=age)


def fresh_table(
    rows: pd.DataFrame, loads: dict[tuple[str, str], datetime], ctx: Context
) -> pd.DataFrame:
    """The one that is farthest behind first."""
    tr = ctx.tr
    return pd.DataFrame(
        [
            {
                tr("health.source"): clean(row["source"]),
                tr("health.table"): clean(row["table_name"]),
                tr("health.behind"): age_word(float(row["behind_hours"]), ctx),
                tr("health.reaches"): ctx.fmt.instant(row["newest_at"]),
                tr("health.loaded_at"): ctx.fmt.instant(
                    loads.get((row["source"], row["table_name"]))
                ),
            }
            for row in rows.to_dict("records")
        ]
    )


def changes(ctx: Context) -> None:
    """Tables and columns that came or went."""
    tr = ctx.tr
    st.header(tr("health.schema_title"), anchor=False)
    st.caption(tr("health.schema_help"))
    found = ctx.store.data.manifest.schema_changes
    if not found:
        states.no_rows(tr, "no_schema_changes")
        return
    kinds = {(True, True): "table_came", (True, False): "table_went",
             (False, True): "column_came", (False, False): "column_went"}  # fmt: skip
    table = pd.DataFrame(
        [
            {
                tr("health.change"): tr(f"health.{kinds[change.column is None, change.is_added]}"),
                tr("health.source"): clean(change.source),
                tr("health.table"): clean(change.table_name),
                tr("health.column"): clean(change.column),
            }
            for change in found
        ]
    )
    charts.twin(table, tr("health.schema_alt"), key="schema_table")
