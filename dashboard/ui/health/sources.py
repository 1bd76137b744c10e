"""How old each source is, and what changed in its tables since the version before."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from dashboard.ui import charts, states
from dashboard.ui.context import Context
from dashboard.ui.frame import OLD_HOURS, STALE_HOURS
from dashboard.ui.text import clean
from leadloop.publish.manifest import LoadedFile


def freshness(ctx: Context) -> None:
    """A row a source and table: when it was loaded, and how far its rows reach."""
    tr = ctx.tr
    st.header(tr("health.fresh_title"), anchor=False)
    st.caption(tr("health.fresh_help", stale=STALE_HOURS, old=OLD_HOURS))
    files = ctx.store.data.manifest.inputs
    if not files:
        states.no_rows(tr, "nothing_read")
        return
    charts.twin(fresh_table(files, ctx), tr("health.fresh_alt"), key="fresh_table")


def age_word(newest: datetime | None, ctx: Context) -> str:
    """How far the rows of a table are behind the as-of instant, in words with a mark."""
    tr = ctx.tr
    if newest is None:
        return tr("health.no_instant")
    hours = max((ctx.store.data.as_of - newest).total_seconds() / 3600, 0)
    age = tr("health.hours", n=f"{hours:,.0f}")
    if hours > OLD_HOURS:
        return tr("health.old", age=age)
    return tr("health.late", age=age) if hours > STALE_HOURS else tr("health.on_time", age=age)


def fresh_table(files: list[LoadedFile], ctx: Context) -> pd.DataFrame:
    """The newest of every table's files."""
    tr = ctx.tr
    tables: dict[tuple[str, str], list[LoadedFile]] = {}
    for file in files:
        tables.setdefault((file.source, file.table_name), []).append(file)
    lines = []
    for (source, name), group in sorted(tables.items()):
        newest = max((f.newest for f in group if f.newest), default=None)
        loaded = max((f.loaded_at for f in group if f.loaded_at), default=None)
        lines.append(
            {
                tr("health.source"): clean(source),
                tr("health.table"): clean(name),
                tr("health.reaches"): ctx.fmt.instant(newest),
                tr("health.behind"): age_word(newest, ctx),
                tr("health.loaded_at"): ctx.fmt.instant(loaded),
                tr("health.files"): ctx.fmt.count(len(group), unit=False),
            }
        )
    return pd.DataFrame(lines)


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
