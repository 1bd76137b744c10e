"""A directory of exports, a mapping and a data home for each test of the loader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from leadloop.load.mapping_file import read_mapping
from leadloop.load.run import LoadReport, load
from leadloop.settings import Home

LEADS = {
    "lead_id": "リードID",
    "created_at": "登録日時",
    "company_name": "会社名",
    "email": "メール",
}
HEADER = "リードID,登録日時,会社名,メール"


@dataclass
class Bench:
    """Writes exports, loads them, reads the home back."""

    root: Path

    def __post_init__(self) -> None:
        self.exports = self.root / "exports"
        self.exports.mkdir()
        self.home = Home(self.root / "home")
        self.mapping: dict = {
            "source": "crm",
            "tables": {
                "leads": [{"file": "leads.csv", "columns": dict(LEADS)}],
                "activities": "none",
                "deals": "none",
            },
        }

    @property
    def leads(self) -> dict:
        """The mapping of the leads file, to be changed by a test."""
        return self.mapping["tables"]["leads"][0]

    def write(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = self.exports / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    def write_leads(self, count: int, name: str = "leads.csv", first: int = 1) -> Path:
        rows = "".join(
            f"L{i},2026-10-01,会社{i},a{i}@example.jp\n" for i in range(first, first + count)
        )
        return self.write(name, f"{HEADER}\n{rows}")

    def load(self, **options) -> LoadReport:
        path = self.root / "map.yml"
        path.write_text(yaml.safe_dump(self.mapping, allow_unicode=True, sort_keys=False), "utf-8")
        return load(read_mapping(path), self.exports, self.home, **options)

    def rows(self, table: str = "leads") -> list[dict]:
        return pq.read_table(self.home.raw / table).to_pylist()

    def state(self) -> dict[str, str]:
        """Every file of the home that a reader can see, by content."""
        return {
            str(path.relative_to(self.home.root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.home.root.rglob("*"))
            if path.is_file() and path.name != "load.lock"
        }


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)
