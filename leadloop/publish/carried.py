"""What one version hands on to the next: scores at hand-over, which stay as published."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from leadloop.publish.versions import Version, connect

_SCHEMA = pa.schema(
    [
        ("lead_id", pa.string()),
        ("handed_over_at", pa.timestamp("us")),
        ("scorecard_version", pa.string()),
        ("score", pa.float64()),
        ("frozen_run_id", pa.string()),
    ]
)
_FROZEN = f"select {', '.join(_SCHEMA.names)} from marts.fct_handoff_scores"  # noqa: S608


def carry_over(current: Version | None, folder: Path) -> Path:
    """Write what `current` hands on as Parquet files into `folder` and return it.

    Without a version, or from one that froze nothing yet, the files have no rows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(_frozen_scores(current), folder / "frozen_scores.parquet")
    return folder


def _frozen_scores(current: Version | None) -> pa.Table:
    if current is None:
        return _SCHEMA.empty_table()
    connection = connect(current)
    try:
        return connection.execute(_FROZEN).to_arrow_table().cast(_SCHEMA)
    except duckdb.CatalogException:
        # published before scores were frozen
        return _SCHEMA.empty_table()
    finally:
        connection.close()
