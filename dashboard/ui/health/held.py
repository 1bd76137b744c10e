"""What was refused, why, and what to do; and what was taken in although it is odd."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import charts, exports, fields, filters, states
from dashboard.ui.context import Context
from dashboard.ui.definitions.words import localized
from dashboard.ui.text import clean

SHOWN = 200


def show(ctx: Context) -> None:
    """Rows held back by reason; one reason opens its rows."""
    tr = ctx.tr
    st.header(tr("health.held_title"), anchor=False)
    st.caption(tr("health.held_help"))
    reasons = ctx.store.ask("quarantine_reasons")
    if reasons.empty:
        states.no_rows(tr, "nothing_held")
        return
    charts.twin(reason_table(reasons, ctx), tr("health.held_alt"), key="held_table")
    rules = [str(rule) for rule in reasons["rule"]]
    counts = dict(zip(rules, reasons["rows_held"], strict=True))
    left, _ = st.columns([1, 2])
    with left:
        chosen = filters.choose(
            fields.REASON,
            tr("health.reason"),
            ["", *rules],
            lambda rule: (
                tr("health.one_reason", rule=rule, n=ctx.fmt.count(counts[rule]))
                if rule
                else tr("health.every_reason", n=ctx.fmt.count(sum(counts.values())))
            ),
        )
    rows = ctx.store.ask("quarantine_rows", rule=chosen, limit=SHOWN)
    total = int(counts[chosen] if chosen else sum(counts.values()))
    if total > len(rows):
        st.caption(tr("health.first_rows", shown=len(rows), total=f"{total:,}"))
    charts.twin(row_table(rows, ctx), tr("health.rows_alt"), key="held_rows")
    st.download_button(
        tr("health.download"),
        data=lambda: export(ctx, chosen),
        file_name=f"quarantine_{ctx.store.data.run_id}.csv",
        mime="text/csv",
        on_click="ignore",
        key="held_export",
    )
    if total > exports.MOST_ROWS:
        st.caption(exports.extent(total, tr))


def export(ctx: Context, rule: str) -> bytes:
    """The rows of a reason as a file; the values are masked in the mart already."""
    rows = ctx.store.ask("quarantine_rows", rule=rule, limit=exports.MOST_ROWS)
    conditions = [
        (ctx.tr("health.reason"), rule or ctx.tr("health.all_reasons")),
        (ctx.tr("health.run"), ctx.store.data.run_id),
        (ctx.tr("export.rows"), exports.extent(len(rows), ctx.tr)),
    ]
    return exports.to_csv(row_table(rows, ctx), conditions)


def reason_table(reasons: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """A line a reason, with what it means and what to do."""
    tr = ctx.tr
    return pd.DataFrame(
        [
            {
                tr("health.rule"): clean(row["rule"]),
                tr("health.rows"): ctx.fmt.count(row["rows_held"], unit=False),
                tr("health.hint"): localized(row["message"], ctx),
                tr("health.where"): (
                    clean(row["first_table"])
                    if row["tables_held"] == 1
                    else tr("health.and_more", name=row["first_table"], n=row["tables_held"] - 1)
                ),
            }
            for row in reasons.to_dict("records")
        ]
    )


def row_table(rows: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """Where each refused row stands."""
    tr = ctx.tr
    columns = ("source", "table", "file", "line", "column", "rule", "value", "hint")
    lines = [
        (
            clean(row["source"]),
            clean(row["table_name"]),
            clean(row["file"]),
            ctx.fmt.count(row["line"], unit=False),
            clean(row["column_name"]),
            clean(row["rule"]),
            clean(row["value"]),
            localized(row["message"], ctx),
        )
        for row in rows.to_dict("records")
    ]
    return pd.DataFrame(lines, columns=[tr(f"health.{name}") for name in columns])


def warnings(ctx: Context) -> None:
    """Rows that count although something about them is odd."""
    tr = ctx.tr
    st.header(tr("health.odd_title"), anchor=False)
    st.caption(tr("health.odd_help"))
    rows = ctx.store.ask("data_warnings")
    if rows.empty:
        states.no_rows(tr, "nothing_odd")
        return
    charts.twin(odd_table(rows, ctx), tr("health.odd_alt"), key="odd_table")


def odd_table(rows: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """A line a source, table and rule."""
    tr = ctx.tr
    message = "message_ja" if tr.is_japanese else "message_en"
    return pd.DataFrame(
        [
            {
                tr("health.rule"): clean(row["rule"]),
                tr("health.rows"): ctx.fmt.count(row["row_count"], unit=False),
                tr("health.hint"): clean(row[message]),
                tr("health.source"): clean(row["source"]),
                tr("health.table"): clean(row["table_name"]),
                tr("health.file"): clean(row["first_file"]),
                tr("health.line"): ctx.fmt.count(row["first_line"], unit=False),
            }
            for row in rows.to_dict("records")
        ]
    )
