"""Channel ROI: where does the money work, and where would a million more go?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import (
    charts,
    fields,
    filters,
    frame,
    roi_evidence,
    roi_findings,
    sentences,
    states,
)
from dashboard.ui.context import Context, current
from dashboard.ui.figures import roi, tables
from dashboard.ui.tiles import heading


def _slope(ctx: Context, window: str, model: str, basis: str) -> None:
    heading(ctx, ctx.tr("roi.slope_title"), "won")
    st.caption(ctx.tr("roi.slope_help"))
    rows = ctx.store.ask("roi_shares", window=window, model=model, basis=basis)
    table = tables.shares(rows, ctx.fmt, ctx.labels)
    charts.show(
        roi.slope(rows, ctx.fmt, ctx.labels),
        ctx.tr("roi.slope_alt"),
        table,
        key="slope",
        tr=ctx.tr,
    )


def _bubbles(ctx: Context, rows: pd.DataFrame) -> None:
    heading(ctx, ctx.tr("roi.bubble_title"), "cost_per_sql")
    drawn = roi.drawable(rows)
    left_out = len(rows) - len(drawn)
    st.caption(ctx.tr("roi.bubble_help"))
    if left_out:
        st.caption(ctx.tr("roi.left_out", n=left_out))
    if drawn.empty:
        states.no_rows(ctx.tr, "nothing_to_place")
        return
    charts.show(
        roi.bubbles(rows, ctx.fmt, ctx.labels),
        ctx.tr("roi.bubble_alt"),
        tables.bubbles(drawn, ctx.fmt, ctx.labels),
        key="bubbles",
        tr=ctx.tr,
    )


def _reconciliation(ctx: Context, model: str) -> None:
    row = ctx.store.ask("roi_reconciliation", model=model).iloc[0]
    text = ctx.tr(
        "roi_decision.reconciliation",
        model=ctx.labels("model", model),
        booked=ctx.fmt.money(row["revenue_booked"]),
        attributed=ctx.fmt.money(row["revenue_attributed"]),
        unattributed=ctx.fmt.money(row["revenue_unattributed"]),
        outside=ctx.fmt.money(row["revenue_outside_window"]),
        without=ctx.fmt.money(row["revenue_without_contact_role"]),
        difference=ctx.fmt.money(row["difference"]),
    )
    st.info(text)


def main() -> None:
    """One run of the page."""
    ctx = current()
    tr = ctx.tr
    head = frame.open_page(ctx)
    if int(ctx.store.ask("lead_count")["leads"].iloc[0]) == 0:
        states.no_leads(tr)
    models = [str(m) for m in ctx.store.ask("roi_models")["model"]]
    left, middle, right = st.columns(3)
    with left:
        window = filters.window(ctx, fields.ROI_WINDOW)
    with middle:
        model = filters.choose(
            fields.MODEL, tr("filter.model"), models, lambda c: ctx.labels("model", c)
        )
    with right:
        basis = filters.choose(
            fields.ROI_BASIS,
            tr("filter.roi_basis"),
            fields.ROI_BASIS.choices,
            lambda c: tr(f"roi_basis.{c}"),
        )
    st.caption(f"{tr.get(f'model.{model}_help', '')} {tr(f'roi_basis.{basis}_help')}".strip())
    rows = ctx.store.ask("roi_channels", window=window, model=model, basis=basis)
    if rows.empty:
        states.no_rows(tr)
        return
    headline = sentences.channel_roi(ctx, rows)
    head.say(headline)
    _slope(ctx, window, model, basis)
    _bubbles(ctx, rows)
    heading(ctx, tr("roi.table_title"), "roi")
    charts.twin(roi.table(rows, ctx.fmt, ctx.labels), tr("roi.table_alt"), key="roi_table")
    findings = [
        roi_evidence.channels(ctx, rows, headline),
        roi_findings.agreement(ctx, window, basis),
        roi_findings.moves(ctx, model),
        roi_findings.contents(ctx),
        roi_findings.ages(ctx, model),
    ]
    chosen = [
        (tr("filter.window"), tr(f"window.{window}")),
        (tr("filter.model"), ctx.labels("model", model)),
        (tr("filter.roi_basis"), tr(f"roi_basis.{basis}")),
    ]
    roi_findings.export(ctx, headline, chosen, [f for f in findings if f is not None])
    _reconciliation(ctx, model)


main()
