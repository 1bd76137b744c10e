"""Values and lines arrive as they stand in the file, or as the mapping says."""

from __future__ import annotations

import csv
import random
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadloop.load.mapping import Mapping
from leadloop.load.run import load
from leadloop.settings import Home

HEADER = "リードID,登録日時,会社名,メール"
NAMES = ("lead_id", "created_at", "company_name", "full_name", "email")
VALUES = st.text(
    st.one_of(
        st.sampled_from(",\"\n\r\t ;'\\あ髙①～é😀"),
        st.characters(codec="utf-8", exclude_characters="\0\ufffd縺繧繝ãÃâ"),
    ),
    max_size=12,
)
MAPPING = Mapping.model_validate(
    {
        "source": "crm",
        "tables": {
            "leads": [{"file": "leads.csv", "columns": {name: name for name in NAMES}}],
            "activities": "none",
            "deals": "none",
        },
    }
)


# csv.writer leaves a lone \r unquoted under QUOTE_MINIMAL with "\n": no reader can tell that apart
DIALECTS = [(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\n"), (csv.QUOTE_ALL, "\r\n")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(*[VALUES] * len(NAMES)), min_size=1, max_size=8),
    dialect=st.sampled_from(DIALECTS),
)
def test_what_is_written_is_what_is_loaded(rows, dialect):
    quoting, end = dialect
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with (root / "leads.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, quoting=quoting, lineterminator=end)
            writer.writerows([NAMES, *rows])
        load(MAPPING, root, Home(root / "home"))
        loaded = pq.read_table(root / "home" / "raw" / "leads").to_pylist()
    assert [tuple(row[name] for name in NAMES) for row in loaded] == [
        tuple(value or None for value in row) for row in rows
    ]


def test_fast_and_exact_readers_agree(bench):
    """The same rows, with and without one line break inside quotes."""
    source = random.Random(3)
    pieces = ["甲", "a,b", 'say "hi"', "", " ", "x" * 50, "'", "1E5", "é"]
    rows = [[f"L{i}", *source.choices(pieces, k=3)] for i in range(3000)]

    def write(extra: list[list[str]]) -> None:
        with (bench.exports / "leads.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([HEADER.split(","), *rows, *extra])

    bench.leads["mode"] = "snapshot"
    write([])
    bench.load()
    fast = [{k: v for k, v in row.items() if k != "_loaded_at"} for row in bench.rows()]
    write([["L9999", "2026", "甲\n社", ""]])
    bench.load()
    exact = [{k: v for k, v in row.items() if k != "_loaded_at"} for row in bench.rows()]
    assert exact.pop()["company_name"] == "甲\n社"
    assert fast == exact


def test_lines_with_quoted_newlines_and_blank_lines(bench):
    bench.write(
        "leads.csv",
        f'{HEADER}\nL1,2026,"甲\n\n社",\n\nL2,2026,乙社,\n"L3\n",2026,"丙\r\n社",\nL4,2026,丁社,\n',
    )
    bench.load()
    assert [row["_line"] for row in bench.rows()] == [2, 6, 7, 10]


def test_blank_lines_and_preamble_in_the_fast_reader(bench):
    bench.leads["skip_rows"] = 2
    bench.write("leads.csv", f"書き出し日,2026\n\n\n{HEADER}\n\nL1,2026,甲社,\n\nL2,2026,乙社,\n\n")
    bench.load()
    assert [row["_line"] for row in bench.rows()] == [6, 8]


def test_lines_across_blocks(bench, monkeypatch):
    monkeypatch.setattr("leadloop.load.csv_fast.BLOCK", 256)
    bench.write_leads(500)
    bench.load()
    assert [row["_line"] for row in bench.rows()] == list(range(2, 502))
    assert [row["lead_id"] for row in bench.rows()] == [f"L{i}" for i in range(1, 501)]


def test_shuffled_columns_give_the_same_rows(bench):
    bench.leads["mode"] = "snapshot"
    bench.write("leads.csv", f"{HEADER}\nL1,2026-10-01,甲社,a@x.jp\n")
    bench.load()
    first = bench.rows()[0]
    bench.write("leads.csv", "メール,会社名,リードID,登録日時\na@x.jp,甲社,L1,2026-10-01\n")
    bench.load()
    second = bench.rows()[0]
    del first["_loaded_at"], second["_loaded_at"]
    assert first == second


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiter_when_the_header_then_fits(bench, delimiter):
    bench.write("leads.csv", f"{HEADER}\nL1,2026,甲社,a@x.jp\n".replace(",", delimiter))
    report = bench.load()
    assert bench.rows()[0]["email"] == "a@x.jp"
    assert "other_delimiter" in [notice.rule for notice in report.notices]


def test_tsv(bench):
    bench.leads["file"] = "leads.tsv"
    bench.write("leads.tsv", f"{HEADER}\nL1,2026,甲社,a@x.jp\n".replace(",", "\t"))
    bench.load()
    assert bench.rows()[0]["company_name"] == "甲社"


def _one(bench, column: dict | str, value: str, raw: str = "created_at") -> str | None:
    columns = {"lead_id": {"const": "L1"}, "created_at": {"const": "2026"}, raw: column}
    bench.leads.update(columns=columns, mode="snapshot")
    bench.write("leads.csv", f'v\n"{value}"\n')
    bench.load()
    return bench.rows()[0][raw]


TOKYO = {"column": "v", "timezone": "Asia/Tokyo"}
TIMES = [
    ({**TOKYO, "format": "%Y/%m/%d %H:%M"}, "2026/11/1 0:30", "2026-10-31T15:30:00Z"),
    ({**TOKYO, "format": "%Y/%m/%d"}, "2026/11/1", "2026-11-01"),
    ({**TOKYO, "format": "%Y/%m/%d %H:%M"}, "2026/2/30 10:00", "2026/2/30 10:00"),
    ({**TOKYO, "format": "%Y/%m/%d %H:%M"}, "2026/11/1 25:00", "2026/11/1 25:00"),
    (
        {**TOKYO, "format": ["%Y/%m/%d %H:%M", "%Y年%m月%d日"]},
        "2026年11月1日",
        "2026-11-01",
    ),
    (TOKYO, "2026-11-01 00:00:00", "2026-10-31T15:00:00Z"),
    (TOKYO, "2026-11-01T00:00:00.5", "2026-10-31T15:00:00.500000Z"),
    (TOKYO, "2026-11-01T00:00:00+00:00", "2026-11-01T00:00:00Z"),
    (TOKYO, "2026-11-01", "2026-11-01"),
    (
        {"column": "v", "format": "%Y-%m-%dT%H:%M:%S%z"},
        "2026-11-01T00:00:00+0900",
        "2026-10-31T15:00:00Z",
    ),
    ({"column": "v", "format": "%Y/%m/%d %H:%M"}, "2026/11/01 09:00", "2026-11-01T09:00:00"),
    ({"column": "v", "format": "epoch_ms"}, "1793458800123", "2026-10-31T15:00:00.123000Z"),
    ({"column": "v", "format": "epoch_s"}, "1793458800", "2026-10-31T15:00:00Z"),
    (
        {"column": "v", "format": "%m/%d/%Y %H:%M", "timezone": "America/New_York"},
        "11/01/2026 00:30",
        "2026-11-01T04:30:00Z",
    ),
]


@pytest.mark.parametrize(("column", "value", "expected"), TIMES)
def test_times(bench, column, value, expected):
    assert _one(bench, column, value) == expected


def test_unreadable_times_are_counted_and_masked(bench):
    bench.leads["columns"]["created_at"] = {"column": "登録日時", "format": "%Y/%m/%d"}
    bench.write("leads.csv", f"{HEADER}\nL1,2026/10/01,,\nL2,昨日,,\nL3,,,\nL4,2026-13-01,,\n")
    (seen,) = [n for n in bench.load().notices if n.rule == "unreadable_by_format"]
    assert seen.message["en"].startswith("2 values")
    assert (seen.place.line, seen.place.column) == (3, "登録日時")
    assert "昨日" not in seen.message["ja"]
    assert [r["created_at"] for r in bench.rows()] == ["2026-10-01", "昨日", None, "2026-13-01"]


OPERATIONS = [
    ({"column": "v", "map": {"停止": "true", "*": "false"}}, "停止", "true"),
    ({"column": "v", "map": {"停止": "true", "*": "false"}}, "許諾", "false"),
    ({"column": "v", "map": {"停止": "true", "*": "false"}}, "", None),
    ({"column": "v", "map": {"it's": "that's"}}, "it's", "that's"),
    ({"column": "v", "map": {"a": "b"}}, "c", "c"),
    ({"column": "v", "default": "direct"}, "", "direct"),
    ({"column": "v", "lower": "true", "strip": "true"}, "\u3000A@X.JP ", "a@x.jp"),
    ({"column": "v", "upper": "true"}, "jp", "JP"),
    ({"column": "v", "remove": [",", "￥", "円"]}, "￥1,234,000円", "1234000"),
    ({"column": "v", "remove": "円"}, "円", None),
    ({"column": "v", "strip": "true"}, "  ", None),
]


@pytest.mark.parametrize(("column", "value", "expected"), OPERATIONS)
def test_operations(bench, column, value, expected):
    assert _one(bench, column, value, raw="prefecture") == expected


def test_made_ids_are_stable_and_tell_rows_apart(bench):
    bench.leads["columns"]["lead_id"] = {"hash_of": ["会社名", "メール"]}
    bench.write("leads.csv", "登録日時,会社名,メール\n2026,甲,乙\n2026,甲乙,\n2027,甲,乙\n")
    bench.load()
    first, second, third = [row["lead_id"] for row in bench.rows()]
    assert first == third
    assert first != second
    assert len(first) == 32


def test_excel_damaged_ids(bench):
    rows = "".join(f"{'1E+05' if i < 2 else f'L{i}'},2026,甲社,a@x.jp\n" for i in range(100))
    bench.write("leads.csv", f"{HEADER}\n{rows}")
    (seen,) = [n for n in bench.load().notices if n.rule == "excel_damaged_ids"]
    assert seen.message["en"].startswith("2 of 100")
    assert seen.place.column == "リードID"


def test_one_percent_of_such_ids_is_no_sign(bench):
    rows = "".join(f"{'1E+05' if i < 1 else f'L{i}'},2026,甲社,a@x.jp\n" for i in range(100))
    bench.write("leads.csv", f"{HEADER}\n{rows}")
    assert not [n for n in bench.load().notices if n.rule == "excel_damaged_ids"]


def test_extra_and_absent_optional_columns_are_listed(bench):
    bench.write("leads.csv", "リードID,登録日時,会社名,備考\nL1,2026,甲社,x\n")
    seen = {n.rule: n.message["en"] for n in bench.load().notices}
    assert seen["extra_columns"].endswith("備考")
    assert seen["optional_column_missing"].endswith("メール")
    assert bench.rows()[0]["email"] is None


def test_parquet_values_become_text(bench):
    bench.leads.update(file="leads.parquet", columns="same")
    moment = datetime(2026, 10, 31, 15, 0, tzinfo=UTC)
    table = pa.table(
        {
            "lead_id": pa.array([1, 2]),
            "created_at": pa.array([moment, None], pa.timestamp("us", "Asia/Tokyo")),
            "updated_at": pa.array([date(2026, 11, 1)] * 2),
            "employee_count": pa.array([Decimal("1234.50"), None]),
            "is_opted_out": pa.array([True, False]),
            "industry": pa.array(["製造業", ""]).dictionary_encode(),
        }
    )
    pq.write_table(table, bench.exports / "leads.parquet")
    bench.load()
    first, second = bench.rows()
    assert (first["lead_id"], first["_line"], second["_line"]) == ("1", 1, 2)
    assert first["created_at"].startswith("2026-10-31T15:00:00")
    assert first["created_at"].endswith("Z")
    assert (first["updated_at"], first["employee_count"]) == ("2026-11-01", "1234.50")
    assert (first["is_opted_out"], second["is_opted_out"]) == ("true", "false")
    assert (first["industry"], second["industry"]) == ("製造業", None)


def test_json_lines_keep_what_is_written(bench):
    bench.leads["file"] = "leads.jsonl"
    bench.write(
        "leads.jsonl",
        '{"リードID": 10000000000000000000001, "登録日時": "2026", "会社名": true}\n\n'
        '{"リードID": 1.10, "登録日時": "2027", "メール": {"a": ["髙", null]}}',
    )
    bench.load()
    first, second = bench.rows()
    assert (first["lead_id"], first["company_name"]) == ("10000000000000000000001", "true")
    assert (second["lead_id"], second["_line"]) == ("1.10", 3)
    assert second["email"] == '{"a":["髙",null]}'
