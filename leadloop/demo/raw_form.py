"""The raw Parquet form of the data home, written without a detour through CSV."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from leadloop.raw.contract import LOAD_FILES_COLUMNS, LOAD_REJECTS_COLUMNS, TABLES

# What stands where a date was meant; both exports carry it as it is.
UNREADABLE_INSTANT = "2025/13/45 25:61"
_LOADED_AT = pa.timestamp("us")
_LOAD_TYPES = {
    "rows_read": pa.int64(), "rows_loaded": pa.int64(), "rows_rejected": pa.int64(),
    "line": pa.int64(), "loaded_at": _LOADED_AT,
}  # fmt: skip


def as_text(table: pa.Table, name: str) -> pa.Table:
    """Every column as text: instants in ISO 8601, UTC, with Z."""
    required = TABLES[name].required
    columns = {}
    for column in table.column_names:
        values = table[column]
        if pa.types.is_timestamp(values.type):
            text = pc.binary_replace_slice(
                values.cast(pa.timestamp("s")).cast(pa.string()), 10, 11, "T"
            )
            values = pc.binary_join_element_wise(text, "Z", "")
            if column in required:
                values = pc.fill_null(values, UNREADABLE_INSTANT)
        columns[column] = values.cast(pa.string())
    return pa.table(columns)


class RawWriter:
    """Writes raw tables part by part and keeps the account of the loader."""

    def __init__(self, root: Path, source: str, loaded_at: datetime, stamp: str) -> None:
        self._root, self._source, self._stamp = root, source, stamp
        self._loaded_at = loaded_at.astimezone(UTC).replace(tzinfo=None)
        self._parts: dict[str, int] = {}
        self._files: list[dict[str, object]] = []
        self.files: list[Path] = []
        for name in (*TABLES, "load_files", "load_rejects"):
            (root / name).mkdir(parents=True, exist_ok=True)

    def write(self, name: str, table: pa.Table) -> None:
        """Adds one part of a raw table."""
        part = self._parts[name] = self._parts.get(name, 0) + 1
        file = f"{name}-{part:04d}.csv"
        sha = hashlib.sha256(f"{self._stamp}/{file}".encode()).hexdigest()
        rows = table.num_rows
        self._save(
            name, f"{self._source}-{sha[:12]}.parquet", self._origin(as_text(table, name), file)
        )
        self._files.append(
            {
                "source": self._source, "table_name": name, "file": file, "sha256": sha,
                "encoding": "utf-8", "rows_read": rows, "rows_loaded": rows, "rows_rejected": 0,
                "loaded_at": self._loaded_at,
            }
        )  # fmt: skip

    def finish(self) -> None:
        """Writes the loader's account, and an empty file where a table has no part."""
        self._save(
            "load_files", f"{self._source}.parquet", _load_table(LOAD_FILES_COLUMNS, self._files)
        )
        self._save("load_rejects", "_empty.parquet", _load_table(LOAD_REJECTS_COLUMNS, []))
        for name, spec in TABLES.items():
            if name not in self._parts:
                nothing = pa.table({c: pa.nulls(0, pa.string()) for c in spec.columns})
                self._save(name, "_empty.parquet", self._origin(nothing, ""))

    def _origin(self, table: pa.Table, file: str) -> pa.Table:
        count = table.num_rows
        for name, value in (("_source", self._source), ("_file", file)):
            table = table.append_column(name, pa.repeat(pa.scalar(value, pa.string()), count))
        lines = pa.array(range(2, count + 2), pa.int64())
        table = table.append_column("_line", lines)
        return table.append_column(
            "_loaded_at", pa.repeat(pa.scalar(self._loaded_at, _LOADED_AT), count)
        )

    def _save(self, name: str, file: str, table: pa.Table) -> None:
        # A good ratio costs little here, and the sample company lives in git.
        path = self._root / name / file
        self.files.append(path)
        pq.write_table(
            table, path, compression="zstd", compression_level=6,
            row_group_size=122_880,
        )  # fmt: skip


def _load_table(columns: tuple[str, ...], rows: list[dict[str, object]]) -> pa.Table:
    return pa.table(
        {
            c: pa.array([row.get(c) for row in rows], _LOAD_TYPES.get(c, pa.string()))
            for c in columns
        }
    )
