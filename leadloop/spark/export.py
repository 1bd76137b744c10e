"""The marts of a Spark build as a DuckDB file that nobody can tell from DuckDB's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from leadloop.errors import LeadloopError, Place

SCHEMA = "marts"


class ExportFailed(LeadloopError):
    """A mart of the Spark build cannot be taken over."""

    exit_code = 4


@dataclass(frozen=True)
class MartTable:
    """A mart under contract: its columns in order, each with its type."""

    name: str
    database: str
    columns: tuple[tuple[str, str], ...]


def read_contracts(dbt_target: Path) -> list[MartTable]:
    """The marts that dbt built, from the manifest it wrote."""
    nodes = json.loads((dbt_target / "manifest.json").read_text("utf-8"))["nodes"].values()
    return [
        MartTable(
            node["alias"],
            node["schema"],
            tuple((c["name"], c["data_type"]) for c in node["columns"].values()),
        )
        for node in nodes
        if node["resource_type"] == "model"
        and node["config"]["schema"] == SCHEMA
        and node["config"]["contract"]["enforced"]
    ]


def export_marts(warehouse_dir: Path, marts: Sequence[MartTable], duckdb_path: Path) -> None:
    """Write every mart that lies below Spark's warehouse into the schema `marts` of a new file.

    The contract, not the Parquet file, decides about types and order: a mart without a row has no
    file at all, and Spark's timestamps carry a zone that DuckDB would show in local time.

    Raises:
        ExportFailed: a mart is not there, or its columns are not those of the contract.
    """
    with duckdb.connect(str(duckdb_path), config={"preserve_insertion_order": False}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"create schema {SCHEMA}")
        for mart in marts:
            _export(connection, warehouse_dir / f"{mart.database}.db" / mart.name, mart)


def _export(connection: duckdb.DuckDBPyConnection, folder: Path, mart: MartTable) -> None:
    if not folder.is_dir():
        raise _failed(mart, folder, "there is no such folder", "フォルダーがありません")
    table = f"{SCHEMA}.{_quoted(mart.name)}"
    columns = ", ".join(f"{_quoted(name)} {kind}" for name, kind in mart.columns)
    connection.execute(f"create table {table} ({columns})")
    if not any(folder.glob("*.parquet")):
        return
    names = ", ".join(_quoted(name) for name, _ in mart.columns)
    try:
        connection.read_parquet(str(folder / "*.parquet")).create_view("spark_mart", replace=True)
        _require_columns(connection.table("spark_mart").columns, mart, folder)
        connection.execute(f"insert into {table} select {names} from spark_mart")  # noqa: S608
        connection.execute("drop view spark_mart")
    except duckdb.Error as error:
        text = " ".join(str(error).split())
        raise _failed(mart, folder, text, text) from error


def _require_columns(found: Sequence[str], mart: MartTable, folder: Path) -> None:
    wanted = {name for name, _ in mart.columns}
    if set(found) != wanted:
        odd = ", ".join(sorted(set(found) ^ wanted))
        raise _failed(
            mart,
            folder,
            f"its columns are not those of the contract: {odd}",
            f"列が契約と一致しません: {odd}",
        )


def _failed(mart: MartTable, folder: Path, en: str, ja: str) -> ExportFailed:
    return ExportFailed(
        f"mart {mart.name} of the Spark build cannot be read: {en}",
        f"Spark で作ったマート {mart.name} を読めません: {ja}",
        "LEADLOOP_SPARK_WAREHOUSE has to name Spark's spark.sql.warehouse.dir as this machine sees "
        "it (docs/spark.md); then run `leadloop build --target` again",
        "LEADLOOP_SPARK_WAREHOUSE に、このマシンから見た Spark の spark.sql.warehouse.dir を"
        "設定し(docs/spark.md)、`leadloop build --target` を再実行してください",
        Place(file=str(folder)),
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
