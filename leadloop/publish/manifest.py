"""What a published version says about itself."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

FILE_NAME = "manifest.json"
WAREHOUSE_NAME = "warehouse.duckdb"


class LoadedFile(BaseModel):
    """A file that the loader took in, and its count of rows; or a table of a connector.

    A table of a connector has no checksum: it is read where it is.

    Attributes:
        loaded_at: the load that brought it; None for a table of a connector.
        columns: the names in its header; none where nobody kept them.
    """

    source: str
    table_name: str
    file: str
    sha256: str
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    loaded_at: datetime | None = None
    columns: list[str] = Field(default_factory=list)


class SchemaChange(BaseModel):
    """A table or a column of a source that came or went since the version before."""

    source: str
    table_name: str
    column: str | None  # None where it is the whole table
    is_added: bool


class RawFile(BaseModel):
    """A raw Parquet file as it was when this version was built."""

    path: str
    size: int
    sha256: str


class TestCounts(BaseModel):
    """How the tests of the build ended; a published version has no failed one."""

    passed: int = 0
    warned: int = 0
    failed: int = 0
    warnings: list[str] = Field(default_factory=list)


class Manifest(BaseModel):
    """Everything a reader, an auditor or a later build wants to know of a version."""

    # a later leadloop may add fields; an older one reads on
    model_config = ConfigDict(extra="ignore")

    format_version: int = 1
    run_id: str
    built_at: datetime
    as_of: datetime
    is_demo: bool
    company: str
    business_timezone: str
    base_currency: str
    fingerprint: str
    scorecards: list[str]
    rows: dict[str, int]
    tests: TestCounts
    notices: list[str] = Field(default_factory=list)  # what dbt warned of besides its tests
    inputs: list[LoadedFile]
    schema_changes: list[SchemaChange] = Field(default_factory=list)
    raw_files: list[RawFile]
    leadloop_version: str
    dbt_version: str
    duckdb_version: str
    target: str = "duckdb"  # the engine that computed the marts
    git_commit: str | None
    wall_seconds: float
    stage_seconds: dict[str, float]
    size: int
    sha256: str

    def to_bytes(self) -> bytes:
        """The manifest as the file's bytes."""
        return (self.model_dump_json(indent=2) + "\n").encode()

    @classmethod
    def read(cls, directory: Path) -> Manifest:
        """Read a version's manifest; OSError or ValueError where it cannot be."""
        return cls.model_validate(json.loads((directory / FILE_NAME).read_text("utf-8")))
