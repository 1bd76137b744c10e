"""The findings below the figures of ROI: each draws itself and is a section of the evidence."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import charts, fields, filters, roi_evidence, states
from dashboard.ui.context import Context
from dashboard.ui.evidence import Section, to_pptx, to_xlsx
from dashboard.ui.figures import roi_decisions

_MOST_MOVES = 5
_MOST_CONTENTS = 20


def agreement(ctx: Context, window: str, basis: str) -> Section | None:
    """What all models say of each channel, and its section of the evidence."""
    tr = ctx.tr
    st.subheader(tr("roi_decision.agreement_title"), anchor=False)
    st.caption(tr("roi_decision.agreement_help"))
    if basis == "cohort":
        st.caption(tr("roi_decision.agreement_cohort"))
        window = "ripe"
    rows = ctx.store.ask("roi_agreement", window=window, basis=basis)
    if rows.empty:
        states.no_rows(tr)
        return None
    charts.show(
        roi_decisions.agreement(rows, ctx.fmt, ctx.labels),
        tr("roi_decision.agreement_alt"),
        roi_decisions.agreement_table(rows, ctx.fmt, ctx.labels),
        key="agreement",
        tr=tr,
    )
    return roi_evidence.agreement(ctx, rows)


def moves(ctx: Context, model: str) -> Section | None:
    """Where a budget could move, surely."""
    tr = ctx.tr
    rows = ctx.store.ask("roi_moves", model=model, limit=_MOST_MOVES)
    if rows.empty:
        st.caption(tr("roi_decision.no_moves"))
        return None
    title = tr("roi_decision.moves_title", amount=ctx.fmt.money(rows["moved_amount"].iloc[0]))
    st.subheader(title, anchor=False)
    st.caption(tr("roi_decision.moves_help"))
    charts.twin(
        roi_decisions.moves_table(rows, ctx.fmt, ctx.labels),
        tr("roi_decision.moves_alt"),
        key="moves",
    )
    return roi_evidence.moves(ctx, rows, title)


def contents(ctx: Context) -> Section | None:
    """What came after each content."""
    tr = ctx.tr
    st.subheader(tr("roi_decision.contents_title"), anchor=False)
    st.caption(tr("roi_decision.contents_help"))
    outcome = filters.switch(
        fields.CONTENT_OUTCOME,
        tr("roi_decision.outcome"),
        lambda c: tr(f"roi_decision.outcomes.{c}"),
    )
    rows = ctx.store.ask("roi_contents", outcome=outcome, limit=_MOST_CONTENTS)
    if rows.empty:
        states.no_rows(tr)
        return None
    charts.show(
        roi_decisions.contents(rows, ctx.fmt),
        tr("roi_decision.contents_alt", outcome=tr(f"roi_decision.outcomes.{outcome}")),
        roi_decisions.contents_table(rows, ctx.fmt, ctx.labels),
        key="contents",
        tr=tr,
    )
    return roi_evidence.contents(ctx, rows, tr(f"roi_decision.outcomes.{outcome}"))


def ages(ctx: Context, model: str) -> Section | None:
    """Campaigns at the same age."""
    tr = ctx.tr
    st.subheader(tr("roi_decision.ages_title"), anchor=False)
    st.caption(tr("roi_decision.ages_help"))
    rows = ctx.store.ask("roi_ages", model=model)
    if rows.empty:
        states.no_rows(tr)
        return None
    charts.show(
        roi_decisions.ages(rows, ctx.fmt),
        tr("roi_decision.ages_alt"),
        roi_decisions.ages_table(rows, ctx.fmt, ctx.labels),
        key="ages",
        tr=tr,
    )
    return roi_evidence.ages(ctx, rows)


def export(
    ctx: Context, headline: str, chosen: list[tuple[str, str]], sections: list[Section]
) -> None:
    """The buttons that save the findings as a workbook and as slides, made when pressed."""
    tr = ctx.tr
    st.subheader(tr("evidence.title"), anchor=False)
    st.caption(tr("evidence.help"))
    pack = roi_evidence.pack(ctx, headline, chosen, sections)
    run = ctx.store.data.run_id
    with st.container(horizontal=True):
        st.download_button(
            tr("evidence.xlsx"),
            data=lambda: to_xlsx(pack),
            file_name=f"channel_roi_{run}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
            key="export_xlsx",
        )
        st.download_button(
            tr("evidence.pptx"),
            data=lambda: to_pptx(pack),
            file_name=f"channel_roi_{run}.pptx",
            mime="application/vnd.openxmlformats-officedocument.presentationml.presentation",
            on_click="ignore",
            key="export_pptx",
        )
