"""Leads: the list, and the card that says why a lead has its score."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import fields, filters, frame, lead_card, lead_list, sentences, states, urlstate
from dashboard.ui.context import Context, current


def _filters(ctx: Context) -> lead_list.Selection:
    segment = filters.segment(ctx)
    first, second, third, fourth, fifth = st.columns([1, 1, 1, 2, 1])
    with first:
        stage = filters.choose(
            fields.STAGE,
            ctx.tr("filter.stage"),
            fields.STAGE.choices,
            lambda c: ctx.labels("stage", c) if c else ctx.tr("filter.any"),
        )
    grades = [str(g) for g in ctx.store.ask("lead_filter_values")["grade"]]
    with second:
        grade = filters.choose(
            fields.GRADE,
            ctx.tr("filter.grade"),
            ["", *grades],
            lambda c: c or ctx.tr("filter.any"),
        )
    with third:
        least = filters.whole_number(
            fields.MIN_SCORE, ctx.tr("filter.min_score"), ctx.tr("filter.none")
        )
    with fourth:
        search = filters.search_text(
            fields.SEARCH, ctx.tr("filter.search"), ctx.tr("filter.search_hint")
        )
    with fifth:
        sort = filters.choose(
            fields.SORT, ctx.tr("filter.sort"), fields.SORTS, lambda c: ctx.tr(f"sort.{c}")
        )
    owner, per_owner = _owners(ctx)
    return lead_list.Selection(segment, stage, grade, least, search.strip(), sort, owner, per_owner)


def _owners(ctx: Context) -> tuple[str, int | None]:
    """Whose leads, and how many each of them can take on; nobody's in a meeting."""
    if ctx.store.is_meeting:
        return "", None
    left, right, _ = st.columns([1, 1, 2])
    owners = [str(o) for o in ctx.store.ask("lead_owners")["owner_id"]]
    with left:
        owner = filters.choose(
            fields.OWNER, ctx.tr("filter.owner"), ["", *owners], lambda c: c or ctx.tr("filter.any")
        )
    with right:
        per_owner = filters.whole_number(
            fields.PER_OWNER,
            ctx.tr("filter.per_owner"),
            ctx.tr("filter.none"),
            bounds=(1, 999),
            step=1,
            help_text=ctx.tr("filter.per_owner_help"),
        )
    return owner, per_owner


def main() -> None:
    """One run of the page."""
    ctx = current()
    head = frame.open_page(ctx)
    if int(ctx.store.ask("lead_count")["leads"].iloc[0]) == 0:
        states.no_leads(ctx.tr)
    selection = _filters(ctx)
    rows, total = lead_list.page(ctx, selection)
    head.say(sentences.leads(ctx, total))
    if total:
        lead_list.show(ctx, selection, rows, total)
    else:
        states.no_rows(ctx.tr)
    lead_id = urlstate.get(fields.LEAD)
    if lead_id:
        lead_card.show(ctx, lead_id)
    elif total:
        st.info(ctx.tr("leads.choose"))


main()
