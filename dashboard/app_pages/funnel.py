"""Funnel: which step leaks, for whom, since when?"""

from __future__ import annotations

import streamlit as st

from dashboard.ui import fields, filters, frame, sentences, states, urlstate
from dashboard.ui.context import Context, current
from dashboard.ui.funnel import sections
from dashboard.ui.funnel.view import View


def _asked(ctx: Context) -> View:
    """The filters on top of the page."""
    left, middle, right = st.columns([1, 2, 1])
    with left:
        window = filters.window(ctx)
    with middle:
        segment = filters.segment(ctx)
    with right:
        step = filters.choose(
            fields.STEP, ctx.tr("filter.step"), fields.STEPS, lambda c: ctx.tr(f"step.{c}")
        )
    basis = filters.switch(
        fields.BASIS, ctx.tr("filter.basis"), lambda code: ctx.tr(f"basis.{code}")
    )
    st.caption(ctx.tr(f"basis.{basis}_help"))
    return View(window, segment, step, basis, urlstate.get(fields.FUNNEL_TYPE))


def _by(ctx: Context) -> str:
    """The dimension of the parts that compare."""
    left, _ = st.columns([1, 2])
    with left:
        return filters.choose(
            fields.BY,
            ctx.tr("filter.by"),
            fields.DIMENSIONS[1:],
            lambda code: ctx.tr(f"dimension.{code}"),
        )


def main() -> None:
    """One run of the page."""
    ctx = current()
    head = frame.open_page(ctx)
    if int(ctx.store.ask("lead_count")["leads"].iloc[0]) == 0:
        states.no_leads(ctx.tr)
    view = _asked(ctx)
    head.say(sentences.funnel(ctx, view.window, view.basis, view.funnel_type, view.segment))
    sections.bases(ctx, view)
    by = urlstate.get(fields.BY)
    sections.steps(ctx, view, by)
    sections.trend(ctx, view, by)
    sections.cohorts(ctx, view, by)
    by = _by(ctx)
    sections.gap(ctx, view, by)
    sections.multiples(ctx, view, by)
    sections.compared(ctx, view, by)


main()
