"""Pages without figures: each says why, and what to do next."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from dashboard.ui.i18n import Translator

_FIRST_STEPS = """make demo
# leadloop load --mapping M --from DIR && leadloop build"""
_REPAIR = """leadloop verify
leadloop rollback"""


def _stop(tr: Translator, key: str, command: str | None) -> NoReturn:
    st.header(tr(f"state.{key}.title"))
    st.info(tr(f"state.{key}.body"))
    if command:
        st.code(command, language="bash")
    st.stop()
    raise AssertionError("st.stop ends the run")


def nothing_published(tr: Translator) -> NoReturn:
    """No version can be read: how to make the first one."""
    _stop(tr, "nothing_published", _FIRST_STEPS)


def no_leads(tr: Translator) -> NoReturn:
    """A version without a lead."""
    _stop(tr, "no_leads", _FIRST_STEPS)


def damaged(tr: Translator) -> NoReturn:
    """The version was opened but cannot answer."""
    _stop(tr, "damaged", _REPAIR)


def no_rows(tr: Translator, key: str = "no_rows") -> None:
    """A part of a page whose filter matches nothing; the rest of the page goes on."""
    st.info(tr(f"state.{key}"))
