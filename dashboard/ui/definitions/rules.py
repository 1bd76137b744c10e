"""One version in plain words: points, definitions, exclusions, and who agreed to it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.ui import charts, states
from dashboard.ui.context import Context
from dashboard.ui.definitions import words
from dashboard.ui.text import clean, markdown

Row = Any
_LONG = 400


def state_name(row: Row, ctx: Context) -> str:
    """Whether a version is in force, was, or is a proposal."""
    return ctx.tr.get(f"version_state.{row.state}", clean(row.state))


def segment_name(row: Row, ctx: Context) -> str:
    """For whom a version is."""
    return ctx.tr("definitions.everybody") if row.segment == "all" else clean(row.segment)


def period(row: Row, ctx: Context) -> str:
    """The days on which a version holds, the last one included."""
    if not words.given(row.valid_from_on):
        return ctx.tr("definitions.no_day_yet")
    start = ctx.fmt.day(row.valid_from_on)
    if not words.given(row.valid_to_on):
        return ctx.tr("definitions.from_on", start=start)
    last = ctx.fmt.day(row.valid_to_on - pd.Timedelta(days=1))
    return ctx.tr("definitions.until", start=start, end=last)


def approvals(row: Row, ctx: Context) -> str:
    """Who of both departments said yes."""
    return ctx.tr(
        "definitions.approvals",
        marketing=words.localized(row.approved_by_marketing, ctx)
        or ctx.tr("definitions.not_approved"),
        sales=words.localized(row.approved_by_sales, ctx) or ctx.tr("definitions.not_approved"),
    )


def show(ctx: Context, row: Row) -> None:
    """All of one version."""
    tr = ctx.tr
    st.markdown(
        tr(
            "definitions.card",
            version=markdown(row.version, 60),
            state=markdown(state_name(row, ctx), 60),
            period=markdown(period(row, ctx), 80),
            segment=markdown(segment_name(row, ctx), 60),
        )
    )
    told = [
        tr("definitions.reason", text=markdown(words.localized(row.reason, ctx), _LONG)),
        markdown(approvals(row, ctx), _LONG),
    ]
    if words.given(row.expected_effect):
        effect = markdown(words.localized(row.expected_effect, ctx), _LONG)
        told.insert(1, tr("definitions.expected", text=effect))
    st.markdown("  \n".join(told))
    _points(ctx, row)
    _stages(ctx, str(row.version))
    _exclusions(ctx, str(row.version))


def _points(ctx: Context, row: Row) -> None:
    tr = ctx.tr
    st.subheader(tr("definitions.points_title"), anchor=False)
    rules = ctx.store.ask("version_rules", version=str(row.version))
    if rules.empty:
        states.no_rows(tr, "no_rules")
        return
    if words.given(row.total_cap_points):
        st.caption(tr("definitions.total_cap", n=ctx.fmt.points(row.total_cap_points)))
    charts.twin(points_table(rules, ctx), tr("definitions.points_alt"), key="points_table")


def points_table(rules: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """A line a rule; without a column of limits where no rule has one."""
    tr = ctx.tr
    table = pd.DataFrame(
        [
            {
                tr("column.rule"): words.label(row, ctx),
                tr("column.points"): words.points(row.points, ctx),
                tr("column.axis"): tr.get(f"axis_name.{row.axis}", clean(row.axis)),
                tr("definitions.limits"): words.limits(row, ctx),
                tr("definitions.condition"): words.condition(row, ctx),
                tr("definitions.why"): words.localized(row.reason, ctx),
            }
            for row in rules.itertuples()
        ]
    )
    limits = tr("definitions.limits")
    return table if any(table[limits]) else table.drop(columns=[limits])


def _stages(ctx: Context, version: str) -> None:
    criteria = ctx.store.ask("version_criteria", version=version)
    stages = list(dict.fromkeys(str(stage) for stage in criteria["stage"])) or ["mql"]
    rows = list(criteria.itertuples())
    for start in range(0, len(stages), 2):
        pair = stages[start : start + 2]
        for place, stage in zip(st.columns(2), pair, strict=False):
            with place:
                _stage(ctx, stage, [row for row in rows if str(row.stage) == stage])


def _stage(ctx: Context, stage: str, criteria: list[Row]) -> None:
    tr = ctx.tr
    name = markdown(ctx.labels("stage", stage), 40)
    st.subheader(tr("definitions.stage_title", stage=name), anchor=False)
    enter = [row for row in criteria if row.role != "stay"]
    if not enter:
        states.no_rows(tr, "no_definition")
        return
    paths = list(dict.fromkeys(str(row.path) for row in enter))
    if len(paths) > 1:
        st.caption(tr("definitions.any_path"))
    lines = [_line([r for r in enter if str(r.path) == path], ctx) for path in paths]
    stay = [row for row in criteria if row.role == "stay"]
    if stay:
        lines.append(tr("definitions.stays", text=markdown(words.path(stay, ctx), _LONG)))
    st.markdown("\n".join(f"- {line}" for line in lines))


def _line(criteria: list[Row], ctx: Context) -> str:
    """One path, with the reasons of its criteria under it."""
    names = words.joined([words.label(row, ctx) for row in criteria], ctx, "term.and")
    reasons = dict.fromkeys(words.localized(row.reason, ctx) for row in criteria)
    # one that says more says it for the others too
    longest = [a for a in reasons if a and not any(a in b and a != b for b in reasons)]
    why = words.joined(longest, ctx, "term.next_sentence")
    line = f"**{markdown(names, _LONG)}**"
    return f"{line}  \n  :gray[{markdown(why, _LONG)}]" if why else line


def _exclusions(ctx: Context, version: str) -> None:
    tr = ctx.tr
    st.subheader(tr("definitions.exclusions_title"), anchor=False)
    rows = ctx.store.ask("version_exclusions", version=version)
    if rows.empty:
        states.no_rows(tr, "no_exclusions")
        return
    table = pd.DataFrame(
        [
            {
                tr("definitions.exclusion"): words.label(row, ctx),
                tr("definitions.treatment"): tr(
                    "definitions.blocks" if row.is_blocking is True else "definitions.marks"
                ),
                tr("definitions.condition"): words.condition(row, ctx),
                tr("definitions.why"): words.localized(row.reason, ctx),
            }
            for row in rows.itertuples()
        ]
    )
    charts.twin(table, tr("definitions.exclusions_alt"), key="exclusions_table")


def history(ctx: Context, scorecards: pd.DataFrame) -> None:
    """Every version, and when it held."""
    tr = ctx.tr
    st.subheader(tr("definitions.history_title"), anchor=False)
    table = pd.DataFrame(
        [
            {
                tr("column.scorecard"): clean(row.version),
                tr("definitions.state"): state_name(row, ctx),
                tr("definitions.period"): period(row, ctx),
                tr("definitions.segment"): segment_name(row, ctx),
                tr("definitions.marketing"): words.localized(row.approved_by_marketing, ctx),
                tr("definitions.sales"): words.localized(row.approved_by_sales, ctx),
                tr("definitions.why"): words.localized(row.reason, ctx),
                tr("definitions.expected_effect"): words.localized(row.expected_effect, ctx),
                tr("definitions.proposed_by"): words.localized(row.proposed_by, ctx),
            }
            for row in scorecards.itertuples()
        ]
    )
    charts.twin(table, tr("definitions.history_alt"), key="versions_table")
