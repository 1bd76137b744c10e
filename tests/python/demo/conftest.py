"""One small company for the whole folder, as files and as raw Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from leadloop.demo import GeneratedCompany, generate, generate_raw

LEADS = 2_000


@pytest.fixture(scope="session")
def exported_company(tmp_path_factory: pytest.TempPathFactory) -> GeneratedCompany:
    return generate(tmp_path_factory.mktemp("exports"), leads=LEADS)


@pytest.fixture(scope="session")
def raw_company(tmp_path_factory: pytest.TempPathFactory) -> GeneratedCompany:
    return generate_raw(tmp_path_factory.mktemp("raw"), leads=LEADS)


@pytest.fixture(scope="session")
def full_company(tmp_path_factory: pytest.TempPathFactory) -> GeneratedCompany:
    """The default size, which the shares in docs/demo_company.md are stated for."""
    return generate_raw(tmp_path_factory.mktemp("full"))


@pytest.fixture
def raw(raw_company: GeneratedCompany) -> Iterator[duckdb.DuckDBPyConnection]:
    """The raw tables of the small company as views."""
    with open_raw(raw_company.out_dir) as connection:
        yield connection


def open_raw(root: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        connection.sql(f"from read_parquet('{folder}/*.parquet')").create_view(folder.name)
    return connection
