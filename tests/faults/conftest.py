"""Makes the kit importable and keeps the caller's settings out of the tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from company_kit import Company

from tests.python.load.conftest import Bench


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LEADLOOP_HOME", "LEADLOOP_AS_OF", "LEADLOOP_NOW", "LEADLOOP_STAGE_MARKERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEADLOOP_LANG", "en")


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The company with every fault of meaning, loaded and built twice, once for the whole run."""
    return Company(tmp_path_factory.mktemp("faulty_company"))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A directory of exports, a mapping and an empty data home."""
    return Bench(tmp_path)
