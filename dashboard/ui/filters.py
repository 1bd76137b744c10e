"""The filters of the pages; every one of them lives in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.ui import fields, urlstate
from dashboard.ui.context import Context
from dashboard.ui.format import missing
from dashboard.ui.text import shorten
from dashboard.ui.urlstate import Field

_LONGEST_OPTION = 40


@dataclass(frozen=True)
class Segment:
    """The part of the leads that a page shows."""

    dimension: str
    value: str

    @property
    def parameters(self) -> dict[str, str]:
        return {"dimension": self.dimension, "value": self.value}

    @property
    def is_all(self) -> bool:
        return self.dimension == "all"


def _names(codes: Sequence[str], name: Callable[[str], str]) -> Mapping[str, str]:
    """What each option is called; two options never look the same."""
    names: dict[str, str] = {}
    for code in codes:
        text = shorten(name(code), _LONGEST_OPTION) or code
        names[code] = text if text not in names.values() else f"{text} [{code[:60]}]"
    return names


def choose(
    field: Field,
    label: str,
    codes: Sequence[str],
    name: Callable[[str], str],
    on_change: Callable[[], None] | None = None,
    help_text: str | None = None,
) -> str:
    """A select box over codes; returns the code."""
    urlstate.seed(field, codes)
    names = _names(codes, name)

    def changed() -> None:
        urlstate.remember(field)
        if on_change is not None:
            on_change()

    st.selectbox(
        label,
        list(codes),
        format_func=lambda code: names.get(code, code),
        key=field.key,
        on_change=changed,
        help=help_text,
    )
    return urlstate.get(field)


def switch(
    field: Field, label: str, name: Callable[[str], str], help_text: str | None = None
) -> str:
    """A row of buttons over a few codes; returns the code."""
    urlstate.seed(field)
    st.segmented_control(
        label,
        list(field.choices),
        format_func=name,
        key=field.key,
        required=True,
        on_change=urlstate.remember,
        args=(field,),
        help=help_text,
    )
    return urlstate.get(field)


def window(ctx: Context, field: Field = fields.WINDOW) -> str:
    """How many complete months the figures cover."""
    return choose(
        field,
        ctx.tr("filter.window"),
        fields.WINDOWS,
        lambda code: ctx.tr(f"window.{code}"),
        help_text=ctx.tr("filter.window_help"),
    )


def _forget_value() -> None:
    urlstate.put(fields.VALUE, fields.VALUE.default)
    urlstate.put(fields.PAGE_NO, fields.PAGE_NO.default)


def segment(ctx: Context) -> Segment:
    """Which leads: a dimension and one of its values, side by side."""
    left, right = st.columns(2)
    with left:
        dimension = choose(
            fields.DIMENSION,
            ctx.tr("filter.dimension"),
            fields.DIMENSIONS,
            lambda code: ctx.tr(f"dimension.{code}"),
            on_change=_forget_value,
        )
    if dimension == "all":
        return Segment("all", "all")
    values = ctx.store.ask("dimension_values", dimension=dimension)["value"]
    codes = [str(v) for v in values if not missing(v)]
    if not codes:
        return Segment("all", "all")
    with right:
        value = choose(
            fields.VALUE,
            ctx.tr(f"dimension.{dimension}"),
            codes,
            lambda code: ctx.labels(dimension, code),
        )
    return Segment(dimension, value)


def search_text(field: Field, label: str, placeholder: str, longest: int = 100) -> str:
    """A line of free text; it reaches the database only as a bound parameter."""
    st.session_state[field.key] = urlstate.get(field)
    st.text_input(
        label,
        key=field.key,
        placeholder=placeholder,
        max_chars=longest,
        on_change=urlstate.remember,
        args=(field,),
    )
    return urlstate.get(field)


def whole_number(
    field: Field,
    label: str,
    placeholder: str,
    *,
    bounds: tuple[int, int] = (-9999, 9999),
    step: int = 5,
    help_text: str | None = None,
) -> int | None:
    """A whole number, or None where the reader left it open."""
    raw = urlstate.get(field)
    st.session_state[field.key] = int(raw) if raw else None
    st.number_input(
        label,
        key=field.key,
        value=None,
        min_value=bounds[0],
        max_value=bounds[1],
        step=step,
        placeholder=placeholder,
        help=help_text,
        on_change=urlstate.remember,
        args=(field,),
    )
    raw = urlstate.get(field)
    return int(raw) if raw else None
