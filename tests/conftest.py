"""What every test may use: the demo company, built once, and the real data where it is."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from leadloop.demo import generate
from leadloop.load.mapping_file import read_mapping
from leadloop.load.run import load
from leadloop.publish.build import Options, build
from leadloop.publish.versions import resolve
from leadloop.settings import PROJECT_ROOT, Home


@dataclass(frozen=True)
class Built:
    """A company that went all the way, and what its maker knows about it."""

    home: Home
    run_id: str
    warehouse: Path
    truth: dict[str, Any]

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(self.warehouse), read_only=True)

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with self.connect() as connection:
            return connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, *parameters: object) -> Any:
        return self.rows(sql, *parameters)[0][0]


def build_home(home: Home, truth: dict[str, Any] | None = None) -> Built:
    """Builds what is loaded in `home` through the real pipeline."""
    manifest = build(home, Options())
    return Built(home, manifest.run_id, resolve(home).path, truth or {})


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demo company at its default size: exports, load, build, publish."""
    root = tmp_path_factory.mktemp("demo")
    exports = root / "exports"
    home = Home(root / "home")
    generate(exports)
    load(read_mapping("demo"), exports, home)
    truth = json.loads((exports / "truth.json").read_text("utf-8"))
    return build_home(home, truth)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files; tests that need it skip where it is absent."""
    named = os.environ.get("LEADLOOP_SHARED_DATA")
    folder = Path(named) if named else PROJECT_ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"real data folder not here: {folder}")
    return folder
