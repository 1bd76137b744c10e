"""Makes the kit importable and keeps the caller's settings out of the tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LEADLOOP_HOME", "LEADLOOP_AS_OF", "LEADLOOP_NOW", "LEADLOOP_STAGE_MARKERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEADLOOP_LANG", "en")
