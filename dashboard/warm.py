"""What the first reader would otherwise wait for: imports, the check of the file, answers."""

from __future__ import annotations

import contextlib

from dashboard.data.queries import QUERIES
from dashboard.data.repo import QueryFailed
from dashboard.data.store import Store
from dashboard.data.version import NothingPublished, open_data
from leadloop.settings import Home


def _draw() -> None:
    """Plotly makes its classes when they are first used; the first figure takes a second."""
    from dashboard.ui import lead_card  # noqa: F401
    from dashboard.ui.figures import funnel, kpi, lead, roi, tables  # noqa: F401
    from dashboard.ui.figures.base import figure

    drawing = figure(100)
    drawing.add_scatter(x=[0], y=[0])
    drawing.add_bar(x=[0], y=[0])
    drawing.add_heatmap(z=[[0]])
    drawing.add_vline(x=0)
    drawing.to_json()


def _ask() -> None:
    """The examples of most queries are what a page asks when it is opened without an address."""
    store = Store(open_data(Home.from_environment()))
    for name, query in QUERIES.items():
        store.ask(name, **query.example)


def warm_up() -> None:
    """Import and use once what the pages need; nothing here may fail the server."""
    _draw()
    with contextlib.suppress(NothingPublished, QueryFailed):
        _ask()
