"""The one way a chart gets on a page: with words for those who do not see it, and a table."""

from __future__ import annotations

import time
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.ui.i18n import Translator

# Streamlit's own chart text is too pale to read from the back of a room
_INK = {"light": "#3A424E", "dark": "#D5DAE1"}
_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}


_LATER = "_charts_to_draw"
_STARTED = "_charts_started"
_HEAD_START = 0.4


def show(
    fig: go.Figure,
    alt: str,
    table: pd.DataFrame,
    *,
    key: str,
    tr: Translator,
    open_table: bool = False,
    on_mark: Callable[[str], None] | None = None,
) -> None:
    """A chart, its alternative text, and the figures behind it as a table; drawn by `draw`.

    Args:
        on_mark: called with the `customdata` of the mark that was clicked, or with nothing where
            the click took the mark back.
    """
    name = f"chart_{key}"

    def drawing() -> None:
        if on_mark is not None:
            # Plotly would fade the others until nobody can read them
            for trace in fig.select_traces(lambda t: t.type != "heatmap"):
                if trace.unselected.marker.opacity is None:
                    trace.unselected = {"marker": {"opacity": 0.6}}
        if on_mark is None:
            st.plotly_chart(_inked(fig), alt=alt, key=name, config=_CONFIG, width="stretch")
        else:
            st.plotly_chart(
                _inked(fig),
                alt=alt,
                key=name,
                config=_CONFIG,
                width="stretch",
                on_select=lambda: _clicked(name, on_mark),
                selection_mode="points",
            )
        with st.expander(tr("chart.table"), expanded=open_table):
            _table(table, alt, key=f"chart_{key}_table")

    later(drawing)


def _clicked(name: str, on_mark: Callable[[str], None]) -> None:
    """Hand over what the clicked mark carries first, or nothing where it was let go."""
    points = st.session_state[name]["selection"]["points"]
    data = points[0].get("customdata") if points else ""
    on_mark(str(data[0] if isinstance(data, list | tuple) and data else data or ""))


def spark(figure: Callable[[], go.Figure], alt: str, *, key: str) -> None:
    """A word-sized chart inside a tile, made when it is drawn; its table is that of the page."""

    def drawing() -> None:
        st.plotly_chart(figure(), alt=alt, key=f"chart_{key}", config=_CONFIG, width="stretch")

    later(drawing)


def later(drawing: Callable[[], None]) -> None:
    """Reserve a place here, and draw in it when the words of the page have been sent."""
    st.session_state.setdefault(_LATER, []).append((st.container(), drawing))


def begin() -> None:
    """Forget the charts of a run that was broken off; call before the page."""
    st.session_state[_LATER] = []


def draw() -> None:
    """Put charts and tables into their places; call after the page.

    Words and figures are sent first: the browser takes a second to start the code of the charts,
    and shows nothing else meanwhile. Once a session it is given the time to show them, which brings
    the words of a lead card forward by a second. The price: the charts of that first page come so
    much later, a filter changed meanwhile is answered after it, and one thread of the server stands
    still without using the processor.
    """
    waiting = st.session_state.pop(_LATER, [])
    if waiting and not st.session_state.get(_STARTED):
        st.session_state[_STARTED] = True
        time.sleep(_HEAD_START)
    for place, drawing in waiting:
        with place:
            drawing()


def _inked(fig: go.Figure) -> go.Figure:
    """The figure with its texts in a colour that reads on the reader's background."""
    ink = _INK["dark" if st.context.theme.type == "dark" else "light"]
    axis = {"title": {"font": {"color": ink}}, "tickfont": {"color": ink}}
    fig.update_layout(font={"color": ink}, xaxis=axis, yaxis=axis)
    if "xaxis2" in fig.layout:
        fig.update_xaxes(tickfont=axis["tickfont"])
        fig.update_yaxes(tickfont=axis["tickfont"])
    return fig


def twin(table: pd.DataFrame, alt: str, *, key: str) -> None:
    """A table of texts and figures, without an index; drawn by `draw` as the charts are."""
    later(lambda: _table(table, alt, key=key))


def _table(table: pd.DataFrame, alt: str, *, key: str) -> None:
    height: int | str = "content" if len(table) <= 14 else 440
    # the column that names the row stays in sight when a wide table is scrolled
    pinned = {str(name): st.column_config.Column(pinned=True) for name in table.columns[:1]}
    st.dataframe(
        table,
        hide_index=True,
        height=height,  # type: ignore[arg-type]
        placeholder="",
        key=key,
        alt=alt,
        column_config=pinned,
    )
