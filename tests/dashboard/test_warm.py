"""What the server does before it answers: it may be slow or fail, and the server stays."""

from __future__ import annotations

import logging
import pkgutil
import subprocess
import sys

import pytest

from dashboard import assets, ui, warm
from dashboard.data import store
from dashboard.data.queries import QUERIES
from dashboard.data.repo import QueryFailed
from leadloop.settings import PROJECT_ROOT


def test_every_module_of_the_pages_is_imported():
    """In a process of its own: this one has long imported them."""
    script = "import sys; from dashboard import warm; warm._import(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "dashboard.ui.figures.versions" in loaded
    assert {m.name for m in pkgutil.walk_packages(ui.__path__, "dashboard.ui.")} <= loaded


def test_every_query_is_asked(homes, monkeypatch):
    asked = []
    monkeypatch.setenv("LEADLOOP_HOME", str(homes("full")))
    monkeypatch.setattr(store.Store, "ask", lambda _, name, **__: asked.append(name))
    warm._ask()
    assert asked == list(QUERIES)


@pytest.mark.parametrize(
    "error", [QueryFailed("labels", "no such table"), OSError("no disk"), KeyError("x")]
)
def test_whatever_fails_is_logged_and_the_rest_is_done(homes, monkeypatch, caplog, error):
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setenv("LEADLOOP_HOME", str(homes("full")))
    monkeypatch.setattr(assets, "warm_up", broken)
    monkeypatch.setattr(store.Store, "ask", broken)
    drawn = []
    monkeypatch.setattr(warm, "_draw", lambda: drawn.append(True))
    with caplog.at_level(logging.WARNING, logger="dashboard.warm"):
        warm.warm_up()
    assert drawn == [True]
    told = [record.exc_info[1] for record in caplog.records if record.name == "dashboard.warm"]
    assert told == [error, error]


def test_before_the_first_build_one_line_says_so(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("LEADLOOP_HOME", str(tmp_path))
    with caplog.at_level(logging.INFO, logger="dashboard.warm"):
        warm._ask()
    (record,) = [r for r in caplog.records if r.name == "dashboard.warm"]
    assert record.levelno == logging.WARNING
    assert record.exc_info is None
