"""Two versions side by side: which, what differs in words, and what that does in numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.ui import charts, exports, fields, filters, states, urlstate
from dashboard.ui.context import Context
from dashboard.ui.definitions import rules, words
from dashboard.ui.definitions.changes import KINDS, Sentence, Version, sentences
from dashboard.ui.figures import versions as figures
from dashboard.ui.format import missing
from dashboard.ui.rates import FEW_BELOW, NO_PERCENTAGE_BELOW, Rate, is_difference_real, sentence
from dashboard.ui.text import clean, markdown

Row = Any
_SHOWN = 200
# a list of domains before and after: what is cut off may be what differs
_LONG = 4_000
_TILES = ("mql_leads", "gained", "dropped", "sql_leads", "leads_at_mql_score")


def choose(ctx: Context, scorecards: pd.DataFrame) -> tuple[str, str] | None:
    """The two versions of the address; None where there are no two for the same leads."""
    segments = scorecards.groupby("segment")["version"].transform("size")
    codes = [str(v) for v in scorecards[segments > 1]["version"]]
    if not codes:
        return None
    by_code = {str(row.version): row for row in scorecards.itertuples()}
    _say_unknown(ctx, by_code)

    def name(code: str) -> str:
        return ctx.tr(
            "definitions.option", version=code, state=rules.state_name(by_code[code], ctx)
        )

    current = [c for c in codes if by_code[c].state == "current"]
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    with left:
        start = replace(fields.FROM_VERSION, default=(current or codes)[0])
        old = filters.choose(start, ctx.tr("definitions.from"), codes, name)
    others = [c for c in codes if c != old and by_code[c].segment == by_code[old].segment]
    with middle:
        target = replace(fields.TO_VERSION, default=_partner(old, others, codes))
        new = filters.choose(target, ctx.tr("definitions.to"), others, name)
    right.button(ctx.tr("definitions.swap"), on_click=_swap, args=(old, new), key="swap")
    return old, new


def _say_unknown(ctx: Context, known: dict[str, Row]) -> None:
    for field in (fields.FROM_VERSION, fields.TO_VERSION):
        asked = urlstate.get(field)
        if asked and asked not in known:
            st.warning(ctx.tr("state.no_such_version", version=markdown(asked, 40)))


def _partner(old: str, others: list[str], codes: list[str]) -> str:
    """The next version after the first one, a proposal as a rule; else the one before."""
    later = [c for c in others if codes.index(c) > codes.index(old)]
    return later[0] if later else others[-1]


def _swap(old: str, new: str) -> None:
    urlstate.put(fields.FROM_VERSION, new)
    urlstate.put(fields.TO_VERSION, old)


def told(ctx: Context, scorecards: pd.DataFrame, old: str, new: str) -> list[Sentence]:
    """What differs, sentence by sentence."""
    rows = ctx.store.ask("version_changes", from_version=old, to_version=new)
    before, after = (Version.of(code, scorecards, ctx) for code in (old, new))
    return sentences(rows, before, after, ctx)


def differences(ctx: Context, said: list[Sentence]) -> None:
    """The sentences under the names of what they are about."""
    tr = ctx.tr
    st.subheader(tr("definitions.changes_title"), anchor=False)
    if not said:
        states.no_rows(tr, "no_changes")
        return
    for kind in KINDS:
        mine = [one for one in said if one.kind == kind]
        if not mine:
            continue
        lines = [f"**{tr(f'change.kind.{kind}')}**", ""]
        for one in mine:
            lines.append(f"- {markdown(one.text, _LONG)}")
            if one.reason:
                reason = tr("definitions.reason", text=markdown(one.reason, _LONG))
                lines[-1] += f"  \n  :gray[{reason}]"
        st.markdown("\n".join(lines))


def effects(ctx: Context, old: str, new: str) -> None:
    """What the second version makes of the same leads."""
    tr = ctx.tr
    st.subheader(tr("definitions.effects_title"), anchor=False)
    rows = ctx.store.ask("version_effects", from_version=old, to_version=new)
    outcomes = ctx.store.ask("version_outcomes", from_version=old, to_version=new)
    if rows.empty or outcomes.empty:
        states.no_rows(tr, "no_effects")
        return
    st.caption(tr("definitions.effects_help"))
    by_measure = {str(row.measure): row for row in rows.itertuples()}
    groups = {str(row.lead_group): row.n for row in outcomes.itertuples()}
    for place, name in zip(st.columns(len(_TILES)), _TILES, strict=True):
        if name in by_measure:
            _tile(ctx, place, by_measure[name], old)
        elif name in groups:
            text, hint = tr(f"definitions.group.{name}"), tr(f"definitions.{name}_help")
            place.metric(
                text, ctx.fmt.count(groups[name]), help=hint, border=True, height="stretch"
            )
    fig = figures.flow(outcomes, old, new, ctx.fmt)
    charts.show(
        fig,
        tr("definitions.flow_alt", old=clean(old), new=clean(new)),
        figures.measures_table(rows, old, new, ctx.fmt),
        key="version_flow",
        tr=tr,
    )
    st.subheader(tr("definitions.outcomes_title"), anchor=False)
    st.caption(tr("definitions.outcomes_help"))
    st.markdown("\n".join(f"- {line}" for line in verdicts(outcomes, ctx)))
    charts.twin(
        figures.outcomes_table(outcomes, ctx.fmt),
        tr("definitions.outcomes_alt"),
        key="version_outcomes",
    )


def _tile(ctx: Context, place: Any, row: Row, old: str) -> None:
    tr, fmt = ctx.tr, ctx.fmt
    before = fmt.value(row.from_value, row.unit)
    delta = None
    if not missing(row.change_value):
        delta = tr("definitions.delta", change=fmt.signed_count(row.change_value), before=before)
    place.metric(
        tr(f"measure.{row.measure}"),
        fmt.value(row.to_value, row.unit),
        delta,
        delta_color="off",
        delta_arrow="off",
        help=tr(f"measure.{row.measure}_help", old=markdown(old, 40)),
        border=True,
        height="stretch",
    )


def verdicts(outcomes: pd.DataFrame, ctx: Context) -> list[str]:
    """What may be said of those that come in and fall out beside those that stay."""
    cells = {(row.lead_group, row.outcome): row for row in outcomes.itertuples()}
    said = []
    for group in ("dropped", "gained"):
        for outcome in ("sql", "won"):
            row, kept = cells.get((group, outcome)), cells.get(("kept", outcome))
            if row is not None and kept is not None and row.n:
                said.append(_verdict(row, kept, ctx))
    return said


def _verdict(row: Row, kept: Row, ctx: Context) -> str:
    tr, fmt = ctx.tr, ctx.fmt
    mine, theirs = figures.rate_of(row), figures.rate_of(kept)
    text = tr(
        f"definitions.{row.lead_group}_{row.outcome}",
        rate=sentence(mine, fmt),
        kept=sentence(theirs, fmt),
    )
    return text + tr(f"definitions.verdict.{_judge(row, mine, theirs)}", **_gap(row, ctx))


def _judge(row: Row, mine: Rate, theirs: Rate) -> str:
    if min(mine.n, theirs.n) < NO_PERCENTAGE_BELOW or missing(row.diff_value):
        return "too_small"
    if not is_difference_real(row.diff_low, row.diff_high):
        return "noise"
    few = min(mine.n, theirs.n) < FEW_BELOW
    return ("lower" if row.diff_value < 0 else "higher") + ("_few" if few else "")


def _gap(row: Row, ctx: Context) -> dict[str, str]:
    if missing(row.diff_value):
        return {}
    names = {"gap": row.diff_value, "low": row.diff_low, "high": row.diff_high}
    return {name: ctx.fmt.percentage_points(float(value)) for name, value in names.items()}


def leads(ctx: Context, scorecards: pd.DataFrame, old: str, new: str) -> None:
    """Who comes in and who falls out, each with a link to the card."""
    tr = ctx.tr
    counts = _counts(ctx, old, new)
    if not counts:
        return
    st.subheader(tr("definitions.leads_title"), anchor=False)
    first = "dropped" if counts.get("dropped") or not counts.get("gained") else "gained"
    movement = filters.switch(
        replace(fields.MOVEMENT, default=first, choices=("dropped", "gained")),
        tr("definitions.movement"),
        lambda code: tr(f"definitions.{code}", n=ctx.fmt.count(counts.get(code, 0))),
    )
    total = counts.get(movement, 0)
    if not total:
        states.no_rows(tr, "nobody_moves")
        return
    rows = _moves(ctx, old, new, movement, _SHOWN)
    if total > len(rows):
        shown = tr("definitions.first_only", total=f"{total:,}", shown=f"{len(rows):,}")
        st.caption(shown + exports.extent(total, tr))
    table = moves_table(ctx, rows, scorecards)
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) <= 10 else 390,
        # who has no score has an empty cell
        placeholder="",
        key=f"moves_{old}_{new}_{movement}_{tr.language}",
        alt=tr("definitions.leads_alt"),
        column_config={
            tr("definitions.card_link"): st.column_config.LinkColumn(
                display_text=tr("definitions.open_card"), width="small"
            ),
            tr("column.total_score"): st.column_config.NumberColumn(format="%.1f"),
        },
    )
    st.download_button(
        tr("leads.export"),
        data=lambda: export(ctx, scorecards, old, new, movement),
        file_name=f"moves_{ctx.store.data.run_id}.csv",
        mime="text/csv",
        on_click="ignore",
        key="moves_export",
    )


def _counts(ctx: Context, old: str, new: str) -> dict[str, int]:
    """How many leads stay, come in and fall out."""
    outcomes = ctx.store.ask("version_outcomes", from_version=old, to_version=new)
    return {str(row.lead_group): int(row.n) for row in outcomes.itertuples()}


def _moves(ctx: Context, old: str, new: str, movement: str, limit: int) -> pd.DataFrame:
    return ctx.store.ask(
        "version_moves", from_version=old, to_version=new, movement=movement, limit=limit
    )


def moves_table(ctx: Context, rows: pd.DataFrame, scorecards: pd.DataFrame) -> pd.DataFrame:
    """A line a lead: by which path the one version takes it, and what became of it."""
    tr = ctx.tr
    makers = {str(v) for v in rows["scorecard_version"]} & {str(v) for v in scorecards["version"]}
    versions = {code: Version.of(code, scorecards, ctx) for code in makers}
    lines = []
    for row in rows.itertuples():
        maker = versions.get(str(row.scorecard_version))
        path = maker.path("mql", row.path) if maker else []
        lines.append(
            {
                tr("definitions.card_link"): _link(ctx, str(row.lead_id)),
                tr("column.company"): clean(row.company_name),
                tr("column.name"): clean(row.full_name),
                tr("column.stage"): ctx.labels("stage", row.stage),
                tr("column.total_score"): row.total_score,
                tr("definitions.became"): words.path(path, ctx) if path else clean(row.path),
                tr("definitions.became_on"): ctx.fmt.last_day(row.qualified_at),
                tr("definitions.in_fact"): _in_fact(row, ctx),
                tr("column.lead_id"): clean(row.lead_id),
            }
        )
    return pd.DataFrame(lines)


def _in_fact(row: Row, ctx: Context) -> str:
    """What happened to the lead."""
    held = [
        ctx.labels("stage", outcome)
        for outcome in ("sql", "won", "lost", "returned")
        if getattr(row, f"is_{outcome}") is True
    ]
    return words.joined(held, ctx) or ctx.tr("definitions.nothing_yet")


def _link(ctx: Context, lead_id: str) -> str:
    """The address of the card, in the language and the data version of this page."""
    query = {fields.LEAD.key: lead_id}
    for field in (fields.LANGUAGE, fields.VERSION):
        if urlstate.get(field) != field.default:
            query[field.key] = urlstate.get(field)
    return f"leads?{urlencode(query)}"


def export(ctx: Context, scorecards: pd.DataFrame, old: str, new: str, movement: str) -> bytes:
    """The leads that move as CSV, with the conditions it was taken under and how many it holds."""
    tr, data = ctx.tr, ctx.store.data
    total = _counts(ctx, old, new).get(movement, 0)
    table = moves_table(ctx, _moves(ctx, old, new, movement, exports.MOST_ROWS), scorecards)
    conditions = [
        (tr("export.as_of"), ctx.fmt.instant(data.as_of)),
        (tr("export.run"), data.run_id),
        (tr("definitions.from"), old),
        (tr("definitions.to"), new),
        (tr("definitions.movement"), tr(f"definitions.{movement}", n=ctx.fmt.count(total))),
        (tr("export.rows"), exports.extent(total, tr)),
    ]
    return exports.to_csv(table.drop(columns=[tr("definitions.card_link")]), conditions)
