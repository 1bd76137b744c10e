"""The card of one lead: why it has its score, what is unknown, what happened."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.ui import account_card, charts, fields, lead_duties, lead_talk, states, urlstate
from dashboard.ui.context import Context
from dashboard.ui.figures import lead as figures
from dashboard.ui.format import MISSING, missing
from dashboard.ui.text import clean, markdown

_EVENT_LIMIT = 500
_TOLERANCE = 0.05
_EXPLANATIONS = ("why", "unknown", "missing", "lost")
_SENTENCE_LIMIT = 600


def show(ctx: Context, lead_id: str) -> None:
    """The whole card; says so where the version has no such lead."""
    rows = ctx.store.ask("lead_card", lead_id=lead_id)
    st.divider()
    if rows.empty:
        states.no_rows(ctx.tr, "no_such_lead")
        st.button(ctx.tr("lead.close"), on_click=urlstate.put, args=(fields.LEAD, ""), key="close")
        return
    row = next(rows.itertuples())
    _head(ctx, row)
    lead_duties.rest_line(ctx, lead_id)
    lead_talk.openings(ctx, row)
    if missing(row.total_score):
        states.no_rows(ctx.tr, "not_scored")
    else:
        _score(ctx, row)
    lead_talk.checklist(ctx, lead_id)
    account_card.show(ctx, lead_id)
    lead_duties.show(ctx, lead_id)
    stages = ctx.store.ask("lead_stages", lead_id=lead_id)
    _events(ctx, lead_id, stages)
    _stages(ctx, stages)


def _head(ctx: Context, row: object) -> None:
    tr, labels = ctx.tr, ctx.labels
    who = " · ".join(
        markdown(v, 60)
        for v in (row.company_name, row.full_name, row.job_title)  # type: ignore[attr-defined]
        if clean(v)
    )
    left, right = st.columns([8, 1], vertical_alignment="center")
    left.subheader(who or markdown(row.lead_id, 60), anchor=False)  # type: ignore[attr-defined]
    with right:
        st.button(tr("lead.close"), on_click=urlstate.put, args=(fields.LEAD, ""), key="close")
    facts = [
        (tr("column.lead_id"), row.lead_id),  # type: ignore[attr-defined]
        (tr("column.stage"), labels("stage", row.stage)),  # type: ignore[attr-defined]
        (tr("column.channel"), labels("channel", row.channel)),  # type: ignore[attr-defined]
        (tr("dimension.campaign"), row.campaign),  # type: ignore[attr-defined]
        (tr("dimension.industry"), labels("industry", row.industry)),  # type: ignore[attr-defined]
        (tr("dimension.job_level"), labels("job_level", row.job_level)),  # type: ignore[attr-defined]
        (tr("lead.employees"), ctx.fmt.count(row.employee_count, unit=False)),  # type: ignore[attr-defined]
        (tr("lead.prefecture"), row.prefecture),  # type: ignore[attr-defined]
        (tr("dimension.product"), row.product),  # type: ignore[attr-defined]
        (tr("column.owner"), row.owner_id),  # type: ignore[attr-defined]
        (tr("lead.email"), row.email),  # type: ignore[attr-defined]
        (tr("column.created_on"), ctx.fmt.day(row.created_on)),  # type: ignore[attr-defined]
    ]
    for start in range(0, len(facts), 6):
        for place, (name, value) in zip(st.columns(6), facts[start : start + 6], strict=True):
            place.caption(name)
            # st.text renders no markup at all
            place.text(clean(value)[:60] or MISSING)
    if row.is_opted_out is True:  # type: ignore[attr-defined]
        st.warning(tr("lead.opted_out"))
    if clean(row.disqualified_reason):  # type: ignore[attr-defined]
        reason = markdown(labels("disqualifier", row.disqualified_reason), 80)  # type: ignore[attr-defined]
        st.warning(tr("lead.disqualified", reason=reason))


def _score(ctx: Context, row: object) -> None:
    tr, fmt = ctx.tr, ctx.fmt
    st.subheader(tr("lead.score_title"), anchor=False)
    places = st.columns(5)
    figures_shown = (
        ("total_score", row.total_score),  # type: ignore[attr-defined]
        ("fit_score", row.fit_score),  # type: ignore[attr-defined]
        ("engagement_score", row.engagement_score),  # type: ignore[attr-defined]
        ("max_possible", row.max_possible_score),  # type: ignore[attr-defined]
        ("points_to_mql", row.points_to_mql),  # type: ignore[attr-defined]
    )
    for place, (name, value) in zip(places, figures_shown, strict=True):
        place.metric(
            tr(f"column.{name}"), fmt.points(value), help=tr(f"lead.{name}_help"), border=True
        )
    st.markdown("  \n".join(sentences(ctx, row)))
    breakdown = ctx.store.ask("lead_breakdown", lead_id=str(row.lead_id))  # type: ignore[attr-defined]
    if breakdown.empty:
        states.no_rows(tr, "no_points")
        return
    total = float(breakdown["points"].sum())
    if abs(total - float(row.total_score)) > _TOLERANCE:  # type: ignore[attr-defined]
        st.error(tr("lead.does_not_add_up", sum=fmt.points(total)))
    charts.show(
        figures.waterfall(breakdown, fmt),
        tr("lead.waterfall_alt", score=fmt.points(total)),
        breakdown_table(breakdown, ctx),
        key="waterfall",
        tr=tr,
    )


def sentences(ctx: Context, row: object) -> list[str]:
    """The grade, then what the mart says: why, what is unknown, what is missing, what was lost."""
    language = "ja" if ctx.tr.is_japanese else "en"
    told = (getattr(row, f"{part}_{language}") for part in _EXPLANATIONS)
    grade = ctx.tr("lead.grade", grade=markdown(row.grade, 20) or MISSING)  # type: ignore[attr-defined]
    return [grade, *(markdown(text, _SENTENCE_LIMIT) for text in told if clean(text))]


def breakdown_table(breakdown: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """Every rule that gave or lost points, and what all of them come to."""
    tr, fmt = ctx.tr, ctx.fmt

    def line(row: Any, rule: str, axis: str, firings: str, last: str) -> dict[str, str]:
        points, capped, decayed = row.points, row.points_lost_to_cap, row.points_lost_to_decay
        return {
            tr("column.rule"): rule,
            tr("column.axis"): axis,
            tr("column.firings"): firings,
            tr("column.points_given"): fmt.points(points + capped + decayed),
            tr("column.lost_cap"): fmt.points(capped),
            tr("column.lost_decay"): fmt.points(decayed),
            tr("column.points_left"): fmt.points(points),
            tr("column.last_fired"): last,
        }

    amounts = ["points", "points_lost_to_cap", "points_lost_to_decay"]
    whole = breakdown.fillna(dict.fromkeys(amounts, 0))
    lines = [
        line(
            row,
            clean(figures.rule_name(row, fmt)),
            tr.get(f"axis_name.{row.axis}", clean(row.axis)),
            fmt.count(row.firings, unit=False),
            fmt.instant(row.last_fired_at),
        )
        for row in whole.itertuples()
    ]
    lines.append(line(whole[amounts].sum(), tr("column.sum"), "", "", ""))
    return pd.DataFrame(lines)


def _events(ctx: Context, lead_id: str, stages: pd.DataFrame) -> None:
    tr, fmt = ctx.tr, ctx.fmt
    st.subheader(tr("lead.timeline_title"), anchor=False)
    events = ctx.store.ask("lead_events", lead_id=lead_id, limit=_EVENT_LIMIT)
    if events.empty:
        states.no_rows(tr, "no_events")
        return
    total = int(events["total_rows"].iloc[0])
    if total > len(events):
        st.caption(tr("lead.newest_only", shown=f"{len(events):,}", total=f"{total:,}"))
    left_out = int(events["excluded_by"].notna().sum())
    if left_out:
        st.caption(tr("lead.not_counted", n=fmt.count(left_out, unit=False)))
    fig = figures.timeline(events, stages, fmt, ctx.labels)
    table = events_table(events, ctx)
    charts.show(fig, tr("lead.timeline_alt"), table, key="timeline", tr=tr, open_table=True)


def events_table(events: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """What the lead did, the newest first."""
    tr, fmt = ctx.tr, ctx.fmt
    return pd.DataFrame(
        [
            {
                tr("column.at"): fmt.instant(row.occurred_at),
                tr("column.event"): clean(figures.event_name(row, fmt)),
                tr("column.content"): clean(row.content_name),
                tr("column.answer"): clean(row.answer),
                tr("column.channel"): ""
                if missing(row.channel)
                else ctx.labels("channel", row.channel),
                tr("column.not_counted"): ""
                if missing(row.excluded_by)
                else ctx.labels("traffic_filter", row.excluded_by),
            }
            for row in events.itertuples()
        ]
    )


def _stages(ctx: Context, stages: pd.DataFrame) -> None:
    tr, fmt = ctx.tr, ctx.fmt
    st.subheader(tr("lead.stages_title"), anchor=False)
    if stages.empty:
        states.no_rows(tr, "no_stages")
        return
    table = pd.DataFrame(
        [
            {
                tr("column.episode"): fmt.count(row.episode_no, unit=False),
                tr("column.stage"): ctx.labels("stage", row.stage),
                tr("column.entered"): fmt.instant(row.entered_at),
                tr("column.days"): fmt.points(row.days_in_stage),
                tr("column.next"): ""
                if missing(row.next_stage)
                else ctx.labels("stage", row.next_stage),
                tr("column.path"): ""
                if missing(row.qualified_by)
                else ctx.labels("stage_path", row.qualified_by),
                tr("column.imputed"): tr("yes") if row.is_imputed is True else "",
                tr("column.scorecard"): clean(row.scorecard_version),
            }
            for row in stages.itertuples()
        ]
    )
    charts.twin(table, tr("lead.stages_alt"), key="stages_table")
