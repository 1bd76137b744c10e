"""Definitions: the rules in plain words, and two versions of them side by side."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.ui import fields, filters, frame, sentences, states, urlstate
from dashboard.ui.context import Context, current
from dashboard.ui.definitions import compare, rules
from dashboard.ui.text import markdown


def _in_force(scorecards: pd.DataFrame) -> list[str]:
    """The versions that hold now, the one for everybody first."""
    return [str(row.version) for row in scorecards.itertuples() if row.state == "current"]


def _read(ctx: Context, scorecards: pd.DataFrame) -> None:
    """One version in words: the one in force, or the one that the reader chose."""
    codes = [str(v) for v in scorecards["version"]]
    asked = urlstate.get(fields.READ_VERSION)
    if asked and asked not in codes:
        st.warning(ctx.tr("state.no_such_version", version=markdown(asked, 40)))
    by_code = {str(row.version): row for row in scorecards.itertuples()}
    st.header(ctx.tr("definitions.read_title"), anchor=False)
    left, _ = st.columns([1, 2])
    with left:
        chosen = filters.choose(
            replace(fields.READ_VERSION, default=(_in_force(scorecards) or codes)[0]),
            ctx.tr("definitions.read"),
            codes,
            lambda code: ctx.tr(
                "definitions.option", version=code, state=rules.state_name(by_code[code], ctx)
            ),
        )
    rules.show(ctx, by_code[chosen])


def main() -> None:
    """One run of the page."""
    ctx = current()
    head = frame.open_page(ctx)
    if int(ctx.store.ask("lead_count")["leads"].iloc[0]) == 0:
        states.no_leads(ctx.tr)
    as_of = ctx.store.data.as_of.strftime("%Y-%m-%dT%H:%M:%S")
    scorecards = ctx.store.ask("scorecards", as_of=as_of)
    if scorecards.empty:
        head.say(ctx.tr("sentence.nothing_in_force"))
        states.no_rows(ctx.tr, "no_agreement")
        return
    by_code = {str(row.version): row for row in scorecards.itertuples()}
    in_force = [by_code[code] for code in _in_force(scorecards)]
    _read(ctx, scorecards)
    rules.history(ctx, scorecards)
    st.header(ctx.tr("definitions.compare_title"), anchor=False)
    pair = compare.choose(ctx, scorecards)
    if pair is None:
        head.say(sentences.definitions(ctx, in_force))
        states.no_rows(ctx.tr, "one_version")
        return
    said = compare.told(ctx, scorecards, *pair)
    head.say(sentences.definitions(ctx, in_force, pair, len(said)))
    compare.differences(ctx, said)
    compare.effects(ctx, *pair)
    compare.leads(ctx, scorecards, *pair)


main()
