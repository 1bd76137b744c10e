"""What a salesperson opens a call with, and what is still to be asked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.ui import charts, fields, filters, states, urlstate
from dashboard.ui.context import Context
from dashboard.ui.format import MISSING, Formatter, missing
from dashboard.ui.rates import Rate, Size, sentence
from dashboard.ui.text import clean, markdown

_MARKS = {"confirmed": "✓", "denied": "✕", "partly": "△", "unknown": "?", "not_asked": "・"}
_SENTENCE_LIMIT = 400


def _codes(ctx: Context) -> list[str]:
    return [str(name) for name in ctx.store.ask("frameworks")["framework"]]


def _chosen(ctx: Context) -> str:
    """The framework of the address; the first one there is where the version has no such."""
    codes, asked = _codes(ctx), urlstate.get(fields.FRAMEWORK)
    return asked if asked in codes or not codes else codes[0]


def _elements(ctx: Context, lead_id: str, framework: str) -> pd.DataFrame:
    return ctx.store.ask("lead_framework", lead_id=lead_id, framework=framework)


def _in(ctx: Context, row: object, column: str) -> object:
    """The half of a bilingual column that fits the page."""
    return getattr(row, f"{column}_{'ja' if ctx.tr.is_japanese else 'en'}")


def opening_lines(ctx: Context, lead_id: str) -> list[str]:
    """Thanks, what was said or seen, and the next question; those that there are, unescaped."""
    told = next(ctx.store.ask("lead_openings", lead_id=lead_id).itertuples(), None)
    lines = [] if told is None else [_in(ctx, told, "thanks"), _in(ctx, told, "bridge")]
    for row in _elements(ctx, lead_id, _chosen(ctx)).itertuples():
        if row.is_next:
            lines.append(_in(ctx, row, "ask"))
    return [text for text in map(clean, lines) if text]


def cautions(ctx: Context, row: object) -> list[str]:
    """What to know before calling: disqualified, won or lost, and a wish to get no mail."""
    tr = ctx.tr
    said = []
    if _is_disqualified(row):
        code = row.disqualified_reason  # type: ignore[attr-defined]
        reason = markdown(ctx.labels("disqualifier", code), 80)
        said.append(tr("talk.caution.disqualified", reason=reason))
    if row.stage in ("won", "lost"):  # type: ignore[attr-defined]
        said.append(tr(f"talk.caution.{row.stage}"))  # type: ignore[attr-defined]
    if row.is_opted_out is True:  # type: ignore[attr-defined]
        said.append(tr("lead.opted_out"))
    return said


def _is_disqualified(row: object) -> bool:
    return bool(clean(row.disqualified_reason))  # type: ignore[attr-defined]


def openings(ctx: Context, row: object) -> None:
    """The lines to open a call with; none for whom nobody calls to begin with."""
    st.subheader(ctx.tr("talk.opening_title"), anchor=False)
    for text in cautions(ctx, row):
        st.caption(text)
    if _is_disqualified(row) or row.stage == "won":  # type: ignore[attr-defined]
        return
    lines = opening_lines(ctx, str(row.lead_id))  # type: ignore[attr-defined]
    if not lines:
        states.no_rows(ctx.tr, "no_opening")
        return
    with st.container(border=True, gap="xsmall"):
        for line in lines:
            st.markdown(markdown(line, _SENTENCE_LIMIT))
    st.caption(ctx.tr("talk.opening_help"))


def checklist(ctx: Context, lead_id: str) -> None:
    """The elements of a framework in their order: what is known, from whom, and what is next."""
    tr = ctx.tr
    codes = _codes(ctx)
    st.subheader(tr("talk.checklist_title"), anchor=False)
    if not codes:
        states.no_rows(tr, "no_framework")
        return
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    with left:
        framework = filters.choose(fields.FRAMEWORK, tr("filter.framework"), codes, clean)
    rows = _elements(ctx, lead_id, framework)
    with right:
        _progress(ctx, next(rows.itertuples()))
    st.markdown(next_step(ctx, rows))
    charts.twin(table(rows, ctx), tr("talk.checklist_alt", framework=framework), key="framework")
    st.caption(outcome_note(ctx, rows))


def _progress(ctx: Context, row: object) -> None:
    text = ctx.tr(
        "talk.known_of",
        known=ctx.fmt.count(row.known_count, unit=False),  # type: ignore[attr-defined]
        all=ctx.fmt.count(row.element_count, unit=False),  # type: ignore[attr-defined]
    )
    if row.is_ready_for_sql is True:  # type: ignore[attr-defined]
        text += " · " + ctx.tr("talk.ready")
    st.progress(float(row.completeness), text=text)  # type: ignore[attr-defined]


def next_step(ctx: Context, rows: pd.DataFrame) -> str:
    """What to ask next, and whether a gate stands in the way."""
    tr = ctx.tr
    following = next((r for r in rows.itertuples() if r.is_next), None)
    if following is None:
        return tr("talk.nothing_left")
    text = tr(
        "talk.next",
        element=markdown(_in(ctx, following, "label"), 40),
        ask=markdown(_in(ctx, following, "ask"), 200),
    )
    if missing(following.stopped_by) or following.stopped_by != following.element:
        return text
    return text + tr("talk.gate")


def state_text(ctx: Context, state: object) -> str:
    """A mark and a word: never the one without the other."""
    return f"{_MARKS.get(str(state), '')} {ctx.labels('answer_state', state)}".strip()


def _known(row: object) -> Rate:
    return Rate.of(row.known_n, row.known_k, row.known_rate, row.known_low, row.known_high)  # type: ignore[attr-defined]


def _open(row: object) -> Rate:
    return Rate.of(row.open_n, row.open_k, row.open_rate, row.open_low, row.open_high)  # type: ignore[attr-defined]


def _rate(rate: Rate, fmt: Formatter) -> str:
    return MISSING if rate.size is Size.NONE else sentence(rate, fmt)


def table(rows: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """The checklist as text, an element a row."""
    tr, fmt = ctx.tr, ctx.fmt
    return pd.DataFrame(
        [
            {
                tr("talk.element"): clean(_in(ctx, row, "label")),
                tr("talk.state"): state_text(ctx, row.state),
                tr("talk.question"): clean(_in(ctx, row, "question")),
                tr("talk.evidence"): clean(row.evidence),
                tr("talk.asked_by"): clean(row.asked_by),
                tr("talk.answered_at"): fmt.last_day(row.answered_at),
                tr("talk.needed"): tr("yes") if row.is_required_for_sql is True else "",
                tr("talk.won_known"): _rate(_known(row), fmt),
                tr("talk.won_open"): _rate(_open(row), fmt),
            }
            for row in rows.itertuples()
        ]
    )


def outcome_note(ctx: Context, rows: pd.DataFrame) -> str:
    """Which element, once known, goes with winning: the surest whose intervals do not meet."""
    tr = ctx.tr
    apart = [
        (known.low, row)
        for row in rows.itertuples()
        for known, unknown in [(_known(row), _open(row))]
        if known.shown is not None
        and unknown.shown is not None
        and known.low is not None
        and unknown.high is not None
        and known.low > unknown.high
    ]
    if not apart:
        return tr("talk.no_outcome")
    best = max(apart, key=lambda pair: pair[0])[1]
    return tr(
        "talk.outcome",
        element=markdown(_in(ctx, best, "label"), 40),
        known=sentence(_known(best), ctx.fmt),
        open=sentence(_open(best), ctx.fmt),
    )
