"""What a page is handed: language, formats, data, and the codes' names."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.data.store import Store
from dashboard.ui.format import Formatter
from dashboard.ui.i18n import Translator
from dashboard.ui.labels import Labels

_KEY = "_page_context"


@dataclass(frozen=True)
class Context:
    """Made once per run by main.py; every figure of the run comes from this one store."""

    tr: Translator
    fmt: Formatter
    store: Store
    labels: Labels
    page: str


def keep(context: Context) -> None:
    """Hand the context of this run to the page."""
    st.session_state[_KEY] = context


def current() -> Context:
    """The context of this run."""
    context: Context = st.session_state[_KEY]
    return context
