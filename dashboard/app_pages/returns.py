"""Returned leads: what do they have in common, and were they really lost?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import charts, fields, filters, frame, return_list, return_words, states
from dashboard.ui.context import Context, current
from dashboard.ui.figures import return_tables, returns
from dashboard.ui.tiles import heading


def _reasons(ctx: Context, rows: pd.DataFrame) -> None:
    heading(ctx, ctx.tr("returns.reasons_title"), "return_reason_share")
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    fig = returns.pareto(rows, ctx.fmt, ctx.labels)
    table = return_tables.reasons(rows, ctx.fmt, ctx.labels)
    alt = ctx.tr("returns.reasons_alt")
    charts.show(fig, alt, table, key="reasons", tr=ctx.tr, on_mark=return_list.pick_reason)


def _traits(ctx: Context, rows: pd.DataFrame) -> None:
    heading(ctx, ctx.tr("returns.traits_title"), "trait_lift")
    if not returns.shown_traits(rows):
        states.no_rows(ctx.tr, "too_few_handoffs")
        return
    st.caption(ctx.tr("returns.traits_help"))
    fig = returns.traits(rows, ctx.fmt, ctx.labels)
    table = return_tables.traits(rows, ctx.fmt, ctx.labels)
    alt = ctx.tr("returns.traits_alt")
    charts.show(fig, alt, table, key="traits", tr=ctx.tr, on_mark=return_list.pick_trait)


def _after(ctx: Context, rows: pd.DataFrame) -> None:
    heading(ctx, ctx.tr("returns.after_title"), "recycled_won_rate")
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    st.caption(ctx.tr("returns.after_help"))
    fig = returns.flows(rows, ctx.fmt, ctx.labels)
    table = return_tables.flows(rows, ctx.fmt, ctx.labels)
    charts.show(fig, ctx.tr("returns.after_alt"), table, key="after", tr=ctx.tr)
    return_list.node_buttons(ctx, rows)
    revived = ctx.store.ask("return_revivals")
    if not revived.empty:
        with st.expander(ctx.tr("returns.revived_title")):
            table = return_tables.revivals(revived, ctx.fmt, ctx.labels)
            charts.twin(table, ctx.tr("returns.revived_alt"), key="revived")


def _cells(ctx: Context, window: str) -> None:
    st.subheader(ctx.tr("returns.cells_title"), anchor=False)
    rows = ctx.store.ask("return_cells", window=window)
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    cell = filters.switch(
        fields.CELL, ctx.tr("returns.cell"), lambda code: ctx.tr(f"returns.cell_{code}")
    )
    fig = returns.cells(rows, ctx.fmt, ctx.labels, by_share=cell == "share")
    table = return_tables.cells(rows, ctx.fmt, ctx.labels)
    alt = ctx.tr("returns.cells_alt")
    charts.show(fig, alt, table, key=f"cells_{cell}", tr=ctx.tr, on_mark=return_list.pick_cell)


def main() -> None:
    """One run of the page."""
    ctx = current()
    head = frame.open_page(ctx)
    if int(ctx.store.ask("lead_count")["leads"].iloc[0]) == 0:
        states.no_leads(ctx.tr)
    left, right, _ = st.columns([1, 1, 2])
    with left:
        window = filters.window(ctx, fields.RETURN_WINDOW)
    with right:
        channel = return_list.channel(ctx)
    cut = ("channel", channel) if channel else ("all", "all")
    rows = ctx.store.ask("return_reasons", window=window, dimension=cut[0], value=cut[1])
    traits = ctx.store.ask("trait_lift", trait_group="returned")
    flows = ctx.store.ask("return_flows", window=window)
    head.say(return_words.headline(ctx, window, channel, rows))
    worth_talking_about = return_words.suggestions(ctx, traits, flows)
    if worth_talking_about:
        st.info("\n".join(f"- {text}" for text in worth_talking_about))
    _reasons(ctx, rows)
    _traits(ctx, traits)
    _after(ctx, flows)
    _cells(ctx, window)
    st.subheader(ctx.tr("returns.cards_title"), anchor=False)
    return_list.cards(ctx, window, channel)
    return_list.open_list(ctx, window, channel, rows, traits)


main()
