"""What the first reader would otherwise wait for: files, imports, the data's check, answers."""

from __future__ import annotations

import importlib
import logging
import pkgutil

from dashboard import assets, ui
from dashboard.data.queries import QUERIES
from dashboard.data.store import Store
from dashboard.data.version import NothingPublished, open_data
from leadloop.settings import Home

_LOG = logging.getLogger(__name__)


def _import() -> None:
    """Every module of the pages, whichever page comes to need it."""
    for found in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(found.name)


def _draw() -> None:
    """Plotly makes its classes when they are first used; the first figure takes a second."""
    from dashboard.ui.figures.base import figure

    drawing = figure(100)
    drawing.add_scatter(x=[0], y=[0])
    drawing.add_bar(x=[0], y=[0])
    drawing.add_heatmap(z=[[0]])
    drawing.add_vline(x=0)
    drawing.to_json()


def _ask() -> None:
    """The examples of most queries are what a page asks when it is opened without an address."""
    try:
        store = Store(open_data(Home.from_environment()))
    except NothingPublished as reason:
        # no fault of the server: before the first build this is so, and every page says it
        _LOG.warning("no answers to warm up: %s", reason)
        return
    for name, query in QUERIES.items():
        store.ask(name, **query.example)


def warm_up() -> None:
    """Read, import and use once what the pages need.

    Only speed depends on it: whatever fails is logged, and the page that needs it says so again.
    """
    for step in (assets.warm_up, _import, _draw, _ask):
        try:
            step()
        except Exception:
            _LOG.exception(
                "%s.%s: the first reader will wait longer", step.__module__, step.__name__
            )
