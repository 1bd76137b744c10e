"""The list of leads: one page of it on screen, the list as CSV."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.ui import charts, exports, fields, urlstate
from dashboard.ui.context import Context
from dashboard.ui.filters import Segment
from dashboard.ui.format import missing
from dashboard.ui.text import clean

PAGE_SIZE = 100
_EVERY_SCORE = -1e9


@dataclass(frozen=True)
class Selection:
    """What the reader asked for."""

    segment: Segment
    stage: str
    grade: str
    min_score: int | None
    search: str
    sort: str
    owner: str = ""
    per_owner: int | None = None

    def parameters(self, limit: int, offset: int) -> dict[str, str | int | float]:
        """The bound parameters of the list query."""
        return {
            "stage": self.stage,
            "grade": self.grade,
            "min_score": _EVERY_SCORE if self.min_score is None else float(self.min_score),
            "search": self.search,
            "owner": self.owner,
            "per_owner": self.per_owner or 0,
            "sort": self.sort,
            "limit": limit,
            "offset": offset,
            **self.segment.parameters,
        }


def page(ctx: Context, selection: Selection) -> tuple[pd.DataFrame, int]:
    """The rows of the present page, and how many there are in all."""
    number = int(urlstate.get(fields.PAGE_NO))
    rows = ctx.store.ask("leads_list", **selection.parameters(PAGE_SIZE, (number - 1) * PAGE_SIZE))
    if rows.empty and number > 1:
        # a filter made the list shorter than the page that the address names
        urlstate.put(fields.PAGE_NO, "1")
        rows = ctx.store.ask("leads_list", **selection.parameters(PAGE_SIZE, 0))
    return rows, _total(rows)


def _total(rows: pd.DataFrame) -> int:
    """How many leads the selection lets through, on whatever page."""
    return 0 if rows.empty else int(rows["total_rows"].iloc[0])


def table(rows: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """The list as people read it; scores stay numbers so that a column can be compared."""
    tr, labels = ctx.tr, ctx.labels

    def texts(column: str) -> list[str]:
        return [clean(v) for v in rows[column]]

    return pd.DataFrame(
        {
            tr("column.company"): texts("company_name"),
            tr("column.name"): texts("full_name"),
            tr("column.job_title"): texts("job_title"),
            tr("column.stage"): [labels("stage", v) for v in rows["stage"]],
            tr("column.grade"): texts("grade"),
            tr("column.total_score"): rows["total_score"].round(1),
            tr("column.max_possible"): rows["max_possible_score"].round(1),
            tr("column.points_to_mql"): rows["points_to_mql"].round(1),
            tr("column.channel"): [labels("channel", v) for v in rows["channel"]],
            tr("column.owner"): texts("owner_id"),
            tr("column.owner_rank"): rows["owner_rank"],
            tr("column.last_activity"): [ctx.fmt.last_day(v) for v in rows["last_activity_at"]],
            tr("column.created_on"): [
                "" if missing(v) else ctx.fmt.day(v) for v in rows["created_on"]
            ],
            tr("column.disqualified"): [
                "" if missing(v) or not v else labels("disqualifier", v)
                for v in rows["disqualified_reason"]
            ],
            tr("column.lead_id"): texts("lead_id"),
        }
    )


def show(ctx: Context, selection: Selection, rows: pd.DataFrame, total: int) -> None:
    """The table, its pages, and the export of all that the filters let through."""
    tr = ctx.tr
    ids = [str(v) for v in rows["lead_id"]]
    # a table is a new widget for each answer, so a marked row never stands for another lead
    key = f"list_{ctx.store.data.run_id}_{abs(hash((tuple(ids), tr.language)))}"

    def chosen() -> None:
        marked = st.session_state[key]["selection"]["rows"]
        urlstate.put(fields.LEAD, ids[marked[0]] if marked and marked[0] < len(ids) else "")

    def drawing() -> None:
        st.dataframe(
            table(rows, ctx),
            hide_index=True,
            height=390,
            # who has no rank has an empty cell
            placeholder="",
            key=key,
            on_select=chosen,
            selection_mode="single-row",
            alt=tr("leads.table_alt"),
            column_config={
                tr(f"column.{name}"): st.column_config.NumberColumn(format="%.1f")
                for name in ("total_score", "max_possible", "points_to_mql")
            }
            | {tr("column.owner_rank"): st.column_config.NumberColumn(format="%d")},
        )

    # who came for a card reads its words first; the place is the same, so that nothing is lost
    if urlstate.get(fields.LEAD):
        charts.later(drawing)
    else:
        with st.container():
            drawing()
    with st.container(horizontal=True, vertical_alignment="center"):
        _pages(ctx, total)
        st.download_button(
            tr("leads.export"),
            data=lambda: export(ctx, selection),
            file_name=f"leads_{ctx.store.data.run_id}.csv",
            mime="text/csv",
            on_click="ignore",
            key="export",
        )
    if total > exports.MOST_ROWS:
        st.caption(exports.extent(total, tr))


def _pages(ctx: Context, total: int) -> None:
    last = max(1, math.ceil(total / PAGE_SIZE))
    number = min(int(urlstate.get(fields.PAGE_NO)), last)
    first = (number - 1) * PAGE_SIZE + 1
    st.caption(
        ctx.tr(
            "leads.range",
            first=f"{first:,}",
            last=f"{min(number * PAGE_SIZE, total):,}",
            total=f"{total:,}",
        ),
        width="content",
    )
    for step, key in ((-1, "leads.back"), (1, "leads.forward")):
        target = number + step
        st.button(
            ctx.tr(key),
            key=key,
            disabled=not 1 <= target <= last,
            on_click=urlstate.put,
            args=(fields.PAGE_NO, str(target)),
        )


def export(ctx: Context, selection: Selection) -> bytes:
    """The leads of the selection as CSV, with the conditions it was taken under and how many."""
    tr, data = ctx.tr, ctx.store.data
    rows = ctx.store.ask("leads_list", **selection.parameters(exports.MOST_ROWS, 0))
    any_value = tr("filter.any")
    segment = selection.segment
    conditions = [
        (tr("export.as_of"), ctx.fmt.instant(data.as_of)),
        (tr("export.run"), data.run_id),
        (
            tr("filter.dimension"),
            any_value if segment.is_all else f"{segment.dimension}={segment.value}",
        ),
        (tr("filter.stage"), selection.stage or any_value),
        (tr("filter.grade"), selection.grade or any_value),
        (
            tr("filter.min_score"),
            any_value if selection.min_score is None else str(selection.min_score),
        ),
        (tr("filter.search"), selection.search or any_value),
        (tr("filter.owner"), selection.owner or any_value),
        (
            tr("filter.per_owner"),
            any_value if selection.per_owner is None else str(selection.per_owner),
        ),
        (tr("filter.sort"), tr(f"sort.{selection.sort}")),
        (tr("export.rows"), exports.extent(_total(rows), tr)),
    ]
    return exports.to_csv(table(rows, ctx), conditions)
