"""The one way a chart gets on a page: with words for those who do not see it, and a table."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.ui.i18n import Translator

_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}


def show(
    fig: go.Figure,
    alt: str,
    table: pd.DataFrame,
    *,
    key: str,
    tr: Translator,
    open_table: bool = False,
) -> None:
    """A chart, its alternative text, and the figures behind it as a table."""
    st.plotly_chart(fig, alt=alt, key=key, config=_CONFIG, width="stretch")
    with st.expander(tr("chart.table"), expanded=open_table):
        twin(table, alt, key=f"{key}_table")


def spark(fig: go.Figure, alt: str, *, key: str) -> None:
    """A word-sized chart inside a tile; its table is the shared one of the page."""
    st.plotly_chart(fig, alt=alt, key=key, config={**_CONFIG, "staticPlot": False})


def twin(table: pd.DataFrame, alt: str, *, key: str) -> None:
    """A table of texts and figures, without an index."""
    height: int | str = "content" if len(table) <= 14 else 440
    st.dataframe(table, hide_index=True, height=height, key=key, alt=alt)  # type: ignore[arg-type]
