"""Fixtures of the pipeline tests."""

from __future__ import annotations

import pytest

from tests.python.pipeline.pipeline_kit import Builder


@pytest.fixture(scope="session")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """One for the whole run, so that dbt parses the project once."""
    return Builder(tmp_path_factory.mktemp("parse"))
