"""Hand-over and SLA: did hot leads get a call in time, and did each side do what was agreed?"""

from __future__ import annotations

import streamlit as st

from dashboard.ui import (
    fields,
    filters,
    frame,
    handoff_picks,
    lead_card,
    sentences,
    states,
    urlstate,
)
from dashboard.ui import handoff_sections as sections
from dashboard.ui.context import current

_MONTHS = {"m1": 1, "m3": 3, "m6": 6, "m12": 12, "all": 1200}


def main() -> None:
    """One run of the page."""
    ctx = current()
    head = frame.open_page(ctx)
    if int(ctx.store.ask("lead_count")["leads"].iloc[0]) == 0:
        states.no_leads(ctx.tr)
    left, _ = st.columns([1, 3])
    with left:
        window = filters.window(ctx)
    months = _MONTHS[window]
    head.say(sentences.handoff(ctx))
    handoff_picks.show(ctx, months)
    lead_id = urlstate.get(fields.LEAD)
    if lead_id:
        lead_card.show(ctx, lead_id)
        st.divider()
    sections.duties(ctx)
    sections.calls(ctx)
    sections.curve(ctx)
    sections.delays(ctx, months)
    sections.week(ctx, months)
    sections.fridays(ctx)
    sections.owners(ctx, months)


main()
