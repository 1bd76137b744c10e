"""The one way a chart gets on a page: with words for those who do not see it, and a table."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.ui.i18n import Translator

# Streamlit's own chart text is too pale to read from the back of a room
_INK = {"light": "#3A424E", "dark": "#D5DAE1"}
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
    st.plotly_chart(_inked(fig), alt=alt, key=f"chart_{key}", config=_CONFIG, width="stretch")
    with st.expander(tr("chart.table"), expanded=open_table):
        twin(table, alt, key=f"chart_{key}_table")


def spark(fig: go.Figure, alt: str, *, key: str) -> None:
    """A word-sized chart inside a tile; its table is the shared one of the page."""
    st.plotly_chart(fig, alt=alt, key=f"chart_{key}", config=_CONFIG, width="stretch")


def _inked(fig: go.Figure) -> go.Figure:
    """The figure with its texts in a colour that reads on the reader's background."""
    ink = _INK["dark" if st.context.theme.type == "dark" else "light"]
    axis = {"title": {"font": {"color": ink}}, "tickfont": {"color": ink}}
    fig.update_layout(font={"color": ink}, xaxis=axis, yaxis=axis)
    return fig


def twin(table: pd.DataFrame, alt: str, *, key: str) -> None:
    """A table of texts and figures, without an index."""
    height: int | str = "content" if len(table) <= 14 else 440
    # the column that names the row stays in sight when a wide table is scrolled
    pinned = {str(name): st.column_config.Column(pinned=True) for name in table.columns[:1]}
    st.dataframe(
        table,
        hide_index=True,
        height=height,  # type: ignore[arg-type]
        key=key,
        alt=alt,
        column_config=pinned,
    )
