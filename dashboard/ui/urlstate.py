"""The state of a page lives in its address, in short ASCII codes.

Streamlit's own binding writes the label of an option into the address, so a link made in
Japanese would not open in English. Here the address holds codes, an unknown value is
dropped, and a value equal to its default is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

_STATE = "_url_state"
_WRITTEN = "_url_written"
_TOUCHED = "_url_touched"
_PAGE = "_url_page"
_LONGEST = 200


@dataclass(frozen=True)
class Field:
    """One key of the address: its default and what it may hold."""

    key: str
    default: str
    choices: Sequence[str] = ()
    accepts: Callable[[str], bool] | None = None

    def parse(self, raw: str) -> str | None:
        """`raw` where it is allowed, else None."""
        if self.choices:
            return raw if raw in self.choices else None
        if len(raw) > _LONGEST or (self.accepts is not None and not self.accepts(raw)):
            return None
        return raw


def _state() -> dict[str, str]:
    return st.session_state.setdefault(_STATE, {})


def get(field: Field) -> str:
    """The present value of a field."""
    return _state().get(field.key, field.default)


def put(field: Field, value: str) -> None:
    """Set a field from code (a callback, a chosen row)."""
    _state()[field.key] = value
    st.session_state[_TOUCHED] = True


def adopt(fields: Sequence[Field], page: str | None = None) -> None:
    """Take over what the address says; call before any widget of those fields.

    A run that a widget caused keeps the widget's value, because the browser may still send
    the address of a moment ago. A key that vanished on the same page means that the reader
    went back; on another page it only means that the link carried no state.
    """
    written: dict[str, str] = st.session_state.setdefault(_WRITTEN, {})
    if st.session_state.get(_TOUCHED):
        return
    same_page = page is not None and st.session_state.get(_PAGE) == page
    for field in fields:
        raw = st.query_params.get(field.key)
        if raw is None:
            if same_page and field.key in written:
                _state().pop(field.key, None)
        elif raw != written.get(field.key):
            value = field.parse(raw)
            if value is not None:
                _state()[field.key] = value


def publish(fields: Sequence[Field], page: str) -> None:
    """Write the present values into the address; call once, after the widgets."""
    wanted = {f.key: get(f) for f in fields if get(f) != f.default}
    for key in list(st.query_params.keys()):
        if key not in wanted:
            del st.query_params[key]
    for key, value in wanted.items():
        if st.query_params.get(key) != value:
            st.query_params[key] = value
    st.session_state[_WRITTEN] = wanted
    st.session_state[_PAGE] = page
    st.session_state[_TOUCHED] = False


def remember(field: Field) -> None:
    """Callback of a widget whose key is the field's key."""
    value = st.session_state.get(field.key)
    put(field, field.default if value is None else str(value))


def seed(field: Field, choices: Sequence[str] | None = None) -> str:
    """Put the field's value under its widget key, before the widget is made."""
    allowed = choices if choices is not None else field.choices
    value = get(field)
    if allowed and value not in allowed:
        value = field.default if field.default in allowed else allowed[0]
        _state()[field.key] = value
    st.session_state[field.key] = value
    return value
