"""The returned leads behind a mark, and cards with what sales wrote."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.ui import charts, fields, filters, lead_card, states, urlstate
from dashboard.ui.context import Context
from dashboard.ui.figures.returns import GROUPS, node_counts, node_name, trait_name
from dashboard.ui.format import MISSING, missing
from dashboard.ui.text import clean, markdown

MOST_ROWS = 200


@dataclass(frozen=True)
class Selection:
    """Which returned leads the reader wants to see."""

    window: str
    channel: str = ""
    reason: str = ""
    standing: str = ""
    trait: str = ""

    def parameters(self) -> dict[str, str | int]:
        """The bound parameters of the list query."""
        return {
            "window": self.window,
            "channel": self.channel,
            "reason": self.reason,
            "standing": self.standing,
            "trait": self.trait,
            "limit": MOST_ROWS,
        }


def pick_reason(reason: str) -> None:
    """A reason was clicked."""
    urlstate.put(fields.RETURN_REASON, reason)


def pick_cell(cell: str) -> None:
    """A channel and a reason were clicked, `channel|reason`."""
    channel, _, reason = cell.rpartition("|")
    urlstate.put(fields.RETURN_CHANNEL, channel)
    urlstate.put(fields.RETURN_REASON, reason)


def pick_trait(trait: str) -> None:
    """A trait was clicked, `trait:value`. The marks count every window: so does the list."""
    urlstate.put(fields.TRAIT, trait)
    if trait:
        urlstate.put(fields.RETURN_WINDOW, "all")


def clear() -> None:
    """Back to all returned leads of the window."""
    for field in (fields.RETURN_CHANNEL, fields.RETURN_REASON, fields.STANDING, fields.TRAIT):
        urlstate.put(field, field.default)


def table(rows: pd.DataFrame, ctx: Context) -> pd.DataFrame:
    """The list as people read it."""
    tr, fmt, labels = ctx.tr, ctx.fmt, ctx.labels
    return pd.DataFrame(
        [
            {
                tr("column.company"): clean(row.company_name) or clean(row.lead_id),
                tr("column.job_title"): clean(row.job_title),
                tr("column.channel"): labels("channel", row.channel),
                tr("column.return_reason"): labels("return_reason", row.return_reason),
                tr("column.reason_text"): clean(row.reason_text),
                tr("column.score_at_handoff"): fmt.points(row.score_at_handoff),
                tr("column.returned_on"): fmt.last_day(row.returned_at),
                tr("column.standing"): tr(f"returns.standing.{row.standing}"),
                tr("column.cool_down_ends_on"): fmt.last_day(row.cool_down_ends_at),
                tr("column.lead_id"): clean(row.lead_id),
            }
            for row in rows.itertuples()
        ]
    )


def show(ctx: Context, selection: Selection) -> None:
    """The list, and the card of the chosen lead below it."""
    tr = ctx.tr
    rows = ctx.store.ask("returns_list", **selection.parameters())
    if rows.empty:
        states.no_rows(tr)
    else:
        _table(ctx, rows)
    lead_id = urlstate.get(fields.LEAD)
    if lead_id:
        lead_card.show(ctx, lead_id)


def _table(ctx: Context, rows: pd.DataFrame) -> None:
    tr = ctx.tr
    total = int(rows["total_rows"].iloc[0])
    ids = [str(v) for v in rows["lead_id"]]
    key = f"returns_{ctx.store.data.run_id}_{abs(hash((tuple(ids), tr.language)))}"

    def chosen() -> None:
        marked = st.session_state[key]["selection"]["rows"]
        urlstate.put(fields.LEAD, ids[marked[0]] if marked and marked[0] < len(ids) else "")

    def drawing() -> None:
        st.dataframe(
            table(rows, ctx),
            hide_index=True,
            height="content" if len(rows) <= 10 else 390,
            placeholder="",
            key=key,
            on_select=chosen,
            selection_mode="single-row",
            alt=tr("returns.list_alt"),
        )

    st.caption(tr("returns.list_count", n=ctx.fmt.count(total), shown=f"{len(rows):,}"))
    charts.later(drawing)


def open_list(
    ctx: Context, window: str, channel: str, reasons: pd.DataFrame, traits: pd.DataFrame
) -> None:
    """The list under its four filters; a clicked mark has set one of them."""
    tr, anything = ctx.tr, ctx.tr("filter.any")
    st.subheader(tr("returns.list_title"), anchor=False)
    st.caption(tr("returns.list_help"))
    places = st.columns([2, 2, 3, 1], vertical_alignment="bottom")
    codes = [str(c) for c in reasons["return_reason"]]
    codes += [f"group:{group}" for group in GROUPS]
    held = urlstate.get(fields.RETURN_REASON)
    if held and held not in codes:
        # another channel or window may not have the reason; the list is then empty and says so
        codes.append(held)
    with places[0]:
        reason = filters.choose(
            fields.RETURN_REASON,
            tr("column.return_reason"),
            ["", *codes],
            lambda c: _reason_name(ctx, c) if c else anything,
        )
    with places[1]:
        standing = filters.choose(
            fields.STANDING,
            tr("column.standing"),
            fields.STANDING.choices,
            lambda c: tr(f"returns.standing.{c}") if c else anything,
        )
    names = _trait_names(ctx, traits)
    with places[2]:
        trait = filters.choose(
            fields.TRAIT, tr("column.trait"), ["", *names], lambda c: names.get(c, anything)
        )
    places[3].button(tr("returns.clear"), on_click=clear, key="clear")
    show(ctx, Selection(window, channel, reason, standing, trait))


def _reason_name(ctx: Context, code: str) -> str:
    kind, _, group = code.partition(":")
    if group:
        return ctx.tr("returns.group", name=ctx.labels("return_reason_group", group))
    return ctx.labels("return_reason", kind)


def node_buttons(ctx: Context, flows: pd.DataFrame) -> None:
    """A button a node of the flows: the picture itself answers no click."""
    with st.container(horizontal=True, gap="small"):
        for node, count in node_counts(flows).items():
            name = node_name(node, ctx.fmt, ctx.labels)
            st.button(
                f"{markdown(name, 30)} {ctx.fmt.count(count)}",
                key=f"node_{node}",
                on_click=pick_node,
                args=(node,),
            )


def pick_node(node: str) -> None:
    """A node of the flows was chosen: a group of reasons or a standing; all channels, as there."""
    clear()
    field = fields.RETURN_REASON if node.startswith("group:") else fields.STANDING
    urlstate.put(field, node)


def cards(ctx: Context, window: str, channel: str) -> None:
    """Three leads by lot and the three that the score oversold most, in the words of sales."""
    rows = ctx.store.ask("return_cards", window=window, channel=channel)
    if rows.empty:
        states.no_rows(ctx.tr)
        return
    for kind in ("random", "worst"):
        part = list(rows[rows["kind"] == kind].itertuples())
        if not part:
            continue
        st.markdown(f"**{ctx.tr(f'returns.cards_{kind}')}**")
        for place, row in zip(st.columns(3), part, strict=False):
            with place, st.container(border=True, height="stretch", gap="xsmall"):
                _card(ctx, row, kind)


def _card(ctx: Context, row: object, kind: str) -> None:
    tr, fmt, labels = ctx.tr, ctx.fmt, ctx.labels
    name = markdown(row.company_name, 40) or markdown(row.lead_id, 40)  # type: ignore[attr-defined]
    st.markdown(f"**{name}**")
    about = [
        markdown(row.job_title, 30),  # type: ignore[attr-defined]
        markdown(labels("channel", row.channel), 24),  # type: ignore[attr-defined]
        tr("returns.card_score", score=fmt.points(row.score_at_handoff)),  # type: ignore[attr-defined]
    ]
    st.caption(" · ".join(part for part in about if part))
    reason = markdown(labels("return_reason", row.return_reason), 30)  # type: ignore[attr-defined]
    words = markdown(row.reason_text, 160)  # type: ignore[attr-defined]
    st.markdown(tr("returns.card_reason", reason=reason))
    st.markdown(tr("returns.card_words", words=words) if words else tr("returns.card_silent"))
    st.caption(
        tr(
            "returns.card_days",
            handed="" if missing(row.handed_over_at) else fmt.last_day(row.handed_over_at),  # type: ignore[attr-defined]
            returned=fmt.last_day(row.returned_at) or MISSING,  # type: ignore[attr-defined]
            standing=tr(f"returns.standing.{row.standing}"),  # type: ignore[attr-defined]
        )
    )
    st.button(
        tr("returns.card_open"),
        key=f"card_{kind}_{row.lead_id}_{row.episode_no}",  # type: ignore[attr-defined]
        on_click=urlstate.put,
        args=(fields.LEAD, str(row.lead_id)),  # type: ignore[attr-defined]
    )


def channel(ctx: Context) -> str:
    """Which channel's returns; empty for all."""
    values = ctx.store.ask("dimension_values", dimension="channel")["value"]
    codes = ["", *(str(v) for v in values if not missing(v))]
    return filters.choose(
        fields.RETURN_CHANNEL,
        ctx.tr("dimension.channel"),
        codes,
        lambda c: ctx.labels("channel", c) if c else ctx.tr("filter.any"),
    )


def _trait_names(ctx: Context, traits: pd.DataFrame) -> dict[str, str]:
    """What each `trait:value` is called."""
    return {
        f"{row.trait}:{row.value}": trait_name(row, ctx.fmt, ctx.labels)
        for row in traits.itertuples()
    }
