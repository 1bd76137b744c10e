"""Fixtures of the tools' tests."""

from __future__ import annotations

import pytest

from tests.python.pipeline.pipeline_kit import Builder


@pytest.fixture(scope="session")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """One for all tools."""
    return Builder(tmp_path_factory.mktemp("tools"))
