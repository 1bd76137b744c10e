"""From Spark's Parquet files to the published file, without a Spark."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from leadloop.spark.export import ExportFailed, MartTable, export_marts

MART = MartTable(
    "mart_x",
    "leadloop_marts",
    (
        ("run_id", "string"),
        ("table", "string"),
        ("at", "timestamp"),
        ("n", "bigint"),
        ("days", "int"),
        ("amount", "decimal(18,2)"),
    ),
)


def write_mart(warehouse: Path, select: str) -> Path:
    folder = warehouse / "leadloop_marts.db" / MART.name
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'Asia/Tokyo'")
        connection.sql(select).write_parquet(str(folder / "part-0.snappy.parquet"))
    return folder


def test_types_and_order_are_the_contract_s(tmp_path: Path):
    # as Spark writes it: an instant with a zone, columns in the order of the select
    write_mart(
        tmp_path,
        "select 7::bigint as n, 'r' as run_id, 'leads' as \"table\", 3::int as days, "
        "timestamptz '2026-10-31 15:00:00+00' as at, 12.30::decimal(18,2) as amount",
    )
    export_marts(tmp_path, [MART], tmp_path / "out.duckdb")
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as connection:
        relation = connection.table("marts.mart_x")
        assert relation.columns == [name for name, _ in MART.columns]
        assert [str(t) for t in relation.types] == [
            *("VARCHAR", "VARCHAR", "TIMESTAMP", "BIGINT", "INTEGER", "DECIMAL(18,2)")
        ]
        assert relation.fetchall() == [
            ("r", "leads", dt.datetime(2026, 10, 31, 15), 7, 3, Decimal("12.30"))  # noqa: DTZ001
        ]


def test_mart_without_a_file_is_an_empty_table(tmp_path: Path):
    (tmp_path / "leadloop_marts.db" / MART.name).mkdir(parents=True)
    export_marts(tmp_path, [MART], tmp_path / "out.duckdb")
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as connection:
        assert connection.table("marts.mart_x").fetchall() == []


def test_mart_that_is_not_there_names_its_folder(tmp_path: Path):
    with pytest.raises(ExportFailed, match=r"mart_x .* no such folder") as caught:
        export_marts(tmp_path, [MART], tmp_path / "out.duckdb")
    assert str(tmp_path) in str(caught.value.place)
    assert "LEADLOOP_SPARK_WAREHOUSE" in caught.value.next_step["ja"]


def test_column_that_the_contract_does_not_name(tmp_path: Path):
    write_mart(tmp_path, "select 'r' as run_id, 1 as surplus")
    with pytest.raises(ExportFailed, match=r"amount, at, days, n, surplus, table"):
        export_marts(tmp_path, [MART], tmp_path / "out.duckdb")


def test_file_that_is_no_parquet(tmp_path: Path):
    folder = write_mart(tmp_path, "select 1 as n")
    (folder / "part-0.snappy.parquet").write_bytes(b"not parquet at all")
    with pytest.raises(ExportFailed, match="cannot be read"):
        export_marts(tmp_path, [MART], tmp_path / "out.duckdb")
