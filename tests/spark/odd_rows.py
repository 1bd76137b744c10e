"""Rows as no tool should write them, but some do: the text on which two engines disagree first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from leadloop.raw.contract import TABLES, RawTable

SOURCE = "odd"

_NUMBERS = [
    "0",
    "-0",
    "00100",
    "+5",
    "-5",
    "1.",
    ".5",
    "1.0",
    "1.005",
    "2.675",
    "99.99999",
    "100.000001",
    "1e5",
    "1E-3",
    "0x10",
    "1_000",
    "1,000",
    "NaN",
    "Infinity",
    "¥1,000",
    "１２３",
    "1000円",
    "５０人",
    "1000000000000000",
    "9999999999999999",
    "123456789012345678",
    "0.1",
    "1%",
]
_TIMES = [
    "2026-02-30",
    "2026-02-28T24:00:00Z",
    "2026-10-31T15:00:00+0900",
    "2026-10-31T15:00:00+09:00",
    "2026-10-31T15:00:00-00:30",
    "2026-10-31T15:00",
    "2026-10-31T15:00:00.1Z",
    "2026-10-31T15:00:00.123456789Z",
    "2025-12-31T14:59:59.999999Z",
    "2025-12-31T15:00:00Z",
    "1969-12-31T23:59:59Z",
    "9999-12-31T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "2026-6-1",
    "2026/06/01",
    "2026/06/01T10:00:00",
    "20260601",
    "2026",
    "15:00",
    "epoch",
    "now",
    "2026-06-01T23:59:60Z",
    "1951-05-06T00:30:00",
]
_TIMES += ["2026/06/01 10:00", "2026-06-01 10:00:00 +0900", "2026-06-01 10:00:00.5", "Jun 1, 2026"]
# Letters whose other case is another letter or two are left out, see docs/spark.md.
_WORDS = [
    "True",
    "FALSE",
    "yes",
    "N",
    "t",
    "有効",
    "ǅ",
    "Σίσυφος",
    "が",
    "が",
    "カﾞ",
    "ＡＢＣ",
    "😀👨\u200d👩\u200d👧",
    "a|b",
    "|",
    "a\\b",
    "a\\nb",
    "a'b",
    '"quoted"',
    "${var}",
    "{{braces}}",
    "%s",
    "_",
    "--",
    "/*x*/",
    "NULL",
    "null",
    "none",
    "部長",
    "株式会社",
]
_WORDS += [
    "",
    " ",
    "\u3000",
    "\u3000全角\u3000",
    " a ",
    "\ta\t",
    "a\nb",
    "a\n",
    "a\r\nb",
    "\xa0a",
    "あ" * 300,
]
ODD = (*_NUMBERS, *_TIMES, *_WORDS)

# what each value is put into; the rest of the row is a good row's
_LOADED_AT = dt.datetime(2026, 10, 31, 15)  # noqa: DTZ001 - as the loader writes it


def add_odd_rows(raw: Path, values: tuple[str, ...] = ODD) -> int:
    """Load one more file into each raw table: a row a column and odd value. Returns their number."""
    counts = {name: _add(raw, table, values) for name, table in TABLES.items()}
    accounts = [
        {
            "source": SOURCE,
            "table_name": name,
            "file": f"{name}.csv",
            "sha256": "0" * 64,
            "encoding": "utf-8",
            "rows_read": count,
            "rows_loaded": count,
            "rows_rejected": 0,
            "loaded_at": _LOADED_AT,
        }
        for name, count in counts.items()
    ]
    _write(raw / "load_files", accounts)
    return sum(counts.values())


def _add(raw: Path, table: RawTable, values: tuple[str, ...]) -> int:
    good = pq.read_table(next(iter(sorted((raw / table.name).glob("*.parquet"))))).to_pylist()
    key = table.required[0] if table.required[0].endswith("_id") else "entity_id"
    rows: list[dict[str, Any]] = []
    for column in table.columns:
        for value in values:
            row = dict(good[len(rows) % len(good)])
            if key in ("activity_id", "cost_id") or (key == "lead_id" and table.name == "leads"):
                row[key] = f"odd-{len(rows)}"
            row |= {"_source": SOURCE, "_file": f"{table.name}.csv", "_line": len(rows) + 2}
            row[column] = value
            rows.append(row)
    _write(raw / table.name, rows)
    return len(rows)


def _write(folder: Path, rows: list[dict[str, Any]]) -> None:
    schema = pq.read_schema(next(iter(sorted(folder.glob("*.parquet")))))
    pq.write_table(pa.Table.from_pylist(rows, schema), folder / f"{SOURCE}.parquet")
