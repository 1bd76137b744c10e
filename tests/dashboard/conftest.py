"""Published versions of the synthetic companies, and a way to open a page on them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import warehouse

from dashboard.ui import charts

MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The data home of a dataset; each is published once for the whole run."""
    root = tmp_path_factory.mktemp("homes")

    def home(dataset: str) -> Path:
        path = root / dataset
        if not path.exists():
            warehouse.publish(path, dataset)
        return path

    return home


@pytest.fixture(autouse=True)
def _no_browser_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "_HEAD_START", 0.0)


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    # Streamlit's caches are global to the process and would leak from test to test
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def open_page(homes: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of a dataset (or of a given home) in a fresh session."""

    def opened(
        page: str = "home", dataset: str = "full", home: Path | None = None, **query: str
    ) -> AppTest:
        monkeypatch.setenv("LEADLOOP_HOME", str(home or homes(dataset)))
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        frame_keys = {k: v for k, v in query.items() if page == "home" or k in {"lang", "v"}}
        for key, value in frame_keys.items():
            app.query_params[key] = value
        app.run()
        if page != "home":
            for key, value in query.items():
                app.query_params[key] = value
            app.switch_page(f"app_pages/{page}.py").run()
        return app

    return opened
