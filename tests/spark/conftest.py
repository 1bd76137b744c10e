"""One small demo company, built by both engines, for all tests of this folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadloop.settings import Home

sys.path.insert(0, str(Path(__file__).resolve().parent))

from spark_kit import Version, build_on, copy_project, make_company

# both engines have to make the same run id
NOW = "2026-11-01T00:00:00Z"


@pytest.fixture(scope="session")
def own_settings() -> Iterator[None]:
    """The caller's settings must not reach a build of these tests, nor its clock."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("LEADLOOP_") and name != "LEADLOOP_SPARK_MEMORY":
                patch.delenv(name)
        patch.setenv("LEADLOOP_NOW", NOW)
        patch.setenv("LEADLOOP_LANG", "en")
        yield


@pytest.fixture(scope="session")
def small_company(tmp_path_factory: pytest.TempPathFactory, own_settings: None) -> Home:
    """The demo company, loaded and not built."""
    return make_company(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dbt project that both engines build."""
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def on_duckdb(
    project: Path, small_company: Home, tmp_path_factory: pytest.TempPathFactory
) -> Version:
    """The company as DuckDB publishes it."""
    return build_on("duckdb", project, small_company, tmp_path_factory.mktemp("duckdb") / "home")


@pytest.fixture(scope="session")
def on_spark(
    project: Path, small_company: Home, tmp_path_factory: pytest.TempPathFactory
) -> Version:
    """The company as a local Spark publishes it: without Java an error, never a skip."""
    return build_on("spark", project, small_company, tmp_path_factory.mktemp("spark") / "home")
