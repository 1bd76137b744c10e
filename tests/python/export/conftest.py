"""A data home of its own for every test, at a fixed instant."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadloop.settings import Home
from tests.python.export.export_kit import NOW


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in ("LEADLOOP_HOME", "LEADLOOP_AS_OF", "LEADLOOP_STAGE_MARKERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEADLOOP_NOW", NOW)
    monkeypatch.setenv("LEADLOOP_LANG", "en")
    return Home(tmp_path / "home")
