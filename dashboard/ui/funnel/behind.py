"""The leads behind a mark of a chart of the funnel page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.ui import exports, fields, filters, marks, states, urlstate
from dashboard.ui.context import Context
from dashboard.ui.filters import Segment
from dashboard.ui.format import missing
from dashboard.ui.funnel.view import View
from dashboard.ui.text import clean, markdown

_SHOWN = 1_000
_CHAIN = {"lead": "mql", "mql": "sql", "sql": "opportunity", "opportunity": "won", "won": ""}


@dataclass(frozen=True)
class Behind:
    """The question to the marts that a mark stands for, and which records it is about."""

    query: str
    parameters: dict[str, str | int]
    segment: Segment
    from_stage: str
    to_stage: str


def of(mark: marks.Mark, view: View, by: str) -> Behind:
    """What stands behind a mark.

    Args:
        by: the dimension that the page compares by; marks with a value mean one of it.
    """
    is_rest = mark.kind == "rest"
    segment = Segment(by, mark.value) if mark.value or is_rest else view.segment
    days = {"from_day": mark.from_day.isoformat(), "until_day": mark.until_day.isoformat()}
    if mark.kind == "stage":
        stage = mark.detail if mark.detail in _CHAIN else "lead"
        following = _CHAIN[stage]
        parameters: dict[str, str | int] = {
            "stage_flag": f"{view.funnel_type}_{stage}",
            "next_flag": f"{view.funnel_type}_{following}",
            **days,
            **segment.parameters,
        }
        return Behind("funnel_stage_leads", parameters, segment, stage, following)
    stages = view.stages
    if _CHAIN.get(mark.detail):
        stages = {"from_stage": mark.detail, "to_stage": _CHAIN[mark.detail]}
    parameters = {
        **stages,
        "basis": view.counted_basis,
        "is_arrival": int(mark.kind == "arrivals"),
        **days,
        "within_days": mark.within_days,
        **segment.parameters,
        "rest": int(is_rest),
    }
    return Behind(
        "funnel_step_leads", parameters, segment, stages["from_stage"], stages["to_stage"]
    )


def show(ctx: Context, chart: str, view: View, by: str) -> None:
    """The list under a chart, where the mark in the address is one of it."""
    mark = marks.read(urlstate.get(fields.MARK))
    if mark is None or mark.chart != chart:
        return
    behind = of(mark, view, by)
    with st.container(border=True):
        _list(ctx, mark, behind)


def _list(ctx: Context, mark: marks.Mark, behind: Behind) -> None:
    tr = ctx.tr
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(f"**{_title(ctx, mark, behind)}**", width="content")
        st.button(
            tr("funnel_page.close"), key="mark_close", on_click=urlstate.put, args=(fields.MARK, "")
        )
    first = ctx.store.ask(behind.query, **behind.parameters, taken="all", limit=1)
    if first.empty:
        states.no_rows(tr)
        return
    everybody, taken = int(first["all_rows"].iloc[0]), int(first["taken_rows"].iloc[0])
    which = _which(ctx, mark, behind, {"all": everybody, "yes": taken, "no": everybody - taken})
    rows = ctx.store.ask(behind.query, **behind.parameters, taken=which, limit=_SHOWN)
    if rows.empty:
        states.no_rows(tr)
        return
    total = {"all": everybody, "yes": taken, "no": everybody - taken}[which]
    if total > len(rows):
        st.caption(tr("funnel_page.first_only", shown=f"{len(rows):,}", total=f"{total:,}"))
    st.dataframe(
        table(ctx, rows, behind),
        hide_index=True,
        height="content" if len(rows) <= 10 else 390,
        placeholder="",
        key=f"behind_{abs(hash((str(mark), which, tr.language)))}",
        alt=tr("funnel_page.list_alt"),
        column_config={
            tr("funnel_page.card"): st.column_config.LinkColumn(
                display_text=tr("funnel_page.open_card"), width="small"
            )
        },
    )
    st.download_button(
        tr("leads.export"),
        data=lambda: export(ctx, mark, behind, which, total),
        file_name=f"funnel_{ctx.store.data.run_id}.csv",
        mime="text/csv",
        on_click="ignore",
        key="behind_export",
    )


def _which(ctx: Context, mark: marks.Mark, behind: Behind, counts: dict[str, int]) -> str:
    """All of them, those who went on, or those who did not."""
    if mark.kind == "taken":
        return "yes"
    if mark.kind == "arrivals" or not behind.to_stage:
        return "all"
    return filters.switch(
        replace(fields.TAKEN),
        ctx.tr("funnel_page.which"),
        lambda code: ctx.tr(f"funnel_page.which_{code}", n=ctx.fmt.count(counts[code])),
    )


def _title(ctx: Context, mark: marks.Mark, behind: Behind) -> str:
    tr, fmt = ctx.tr, ctx.fmt
    parts = [tr(f"funnel_page.title_{mark.kind}", **_stage_names(ctx, behind))]
    last = mark.until_day.replace(day=1)
    last = last.replace(year=last.year - (last.month == 1), month=(last.month - 2) % 12 + 1)
    if mark.from_day.year <= 1900:
        parts.append(tr("window.all"))
    elif last <= mark.from_day:
        parts.append(fmt.month(mark.from_day))
    else:
        parts.append(f"{fmt.month(mark.from_day)}–{fmt.month(last)}")
    if mark.within_days >= 0:
        parts.append(tr("funnel_page.within", days=mark.within_days))
    if mark.kind == "rest":
        parts.append(tr("funnel_page.rest"))
    elif not behind.segment.is_all:
        parts.append(markdown(ctx.labels(behind.segment.dimension, behind.segment.value), 40))
    return " · ".join(parts)


def _stage_names(ctx: Context, behind: Behind) -> dict[str, str]:
    return {
        "start": ctx.labels("stage", behind.from_stage),
        "end": ctx.labels("stage", behind.to_stage) if behind.to_stage else "",
    }


def table(ctx: Context, rows: pd.DataFrame, behind: Behind) -> pd.DataFrame:
    """A line a record: who, when the stage was entered, and whether and when the step was taken."""
    tr, labels = ctx.tr, ctx.labels
    is_step = behind.query == "funnel_step_leads"
    columns: dict[str, list[object]] = {
        tr("funnel_page.card"): [_link(str(v)) for v in rows["lead_id"]],
        tr("column.company"): [clean(v) for v in rows["company_name"]],
        tr("column.name"): [clean(v) for v in rows["full_name"]],
        tr("funnel_page.entered_on"): (
            [ctx.fmt.last_day(v) for v in rows["entered_at"]]
            if is_step
            else [ctx.fmt.day(v) for v in rows["entered_on"]]
        ),
    }
    if is_step:
        columns[tr("funnel_page.reached_on")] = [ctx.fmt.last_day(v) for v in rows["reached_at"]]
        columns[tr("funnel_page.days")] = [
            "" if missing(v) else ctx.fmt.points(v) for v in rows["days"]
        ]
    columns |= {
        tr("funnel_page.went_on"): [tr("yes") if v else "" for v in rows["is_taken"]],
        tr("column.stage"): [labels("stage", v) for v in rows["stage"]],
        tr("column.channel"): [labels("channel", v) for v in rows["channel"]],
        tr("column.owner"): [clean(v) for v in rows["owner_id"]],
        tr("column.lead_id"): [clean(v) for v in rows["lead_id"]],
    }
    return pd.DataFrame(columns)


def _link(lead_id: str) -> str:
    """The address of the card, in the language and the data version of this page."""
    query = {fields.LEAD.key: lead_id}
    for field in (fields.LANGUAGE, fields.VERSION):
        if urlstate.get(field) != field.default:
            query[field.key] = urlstate.get(field)
    return f"leads?{urlencode(query)}"


def export(ctx: Context, mark: marks.Mark, behind: Behind, which: str, total: int) -> bytes:
    """All the leads of the mark as CSV, with the conditions they were taken under."""
    tr, data = ctx.tr, ctx.store.data
    rows = ctx.store.ask(behind.query, **behind.parameters, taken=which, limit=exports.MOST_ROWS)
    conditions = [
        (tr("export.as_of"), ctx.fmt.instant(data.as_of)),
        (tr("export.run"), data.run_id),
        (tr("funnel_page.mark"), _title(ctx, mark, behind)),
        (tr("export.rows"), exports.extent(total, tr)),
    ]
    return exports.to_csv(table(ctx, rows, behind).drop(columns=tr("funnel_page.card")), conditions)
