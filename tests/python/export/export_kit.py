"""A tiny published version, made without dbt: the tables of the contracts, and a few leads in them."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import yaml

from leadloop.publish.manifest import WAREHOUSE_NAME, Manifest, TestCounts
from leadloop.publish.pointer import Pointer, flip
from leadloop.settings import PROJECT_ROOT, Home

RUN_ID = "20261101T000000Z"
NOW = "2026-11-02T01:00:00Z"
EXPORT_ID = "20261102T010000Z"

Rows = dict[str, list[dict[str, Any]]]


@cache
def contracts() -> dict[str, dict[str, str]]:
    """Columns and types of every mart, as its .yml promises them."""
    found = {}
    for path in sorted((PROJECT_ROOT / "models" / "marts").rglob("*.yml")):
        for model in yaml.safe_load(path.read_text("utf-8")).get("models", []):
            if (columns := model.get("columns")) and path.parent.name != "steps":
                found[model["name"]] = {c["name"]: c["data_type"] for c in columns}
    return found


@cache
def _read() -> frozenset[str]:
    """The marts that the queries of the export name."""
    queries = (PROJECT_ROOT / "leadloop" / "export" / "sql").glob("*.sql")
    return frozenset(re.findall(r"marts\.(\w+)", " ".join(p.read_text("utf-8") for p in queries)))


def publish(home: Home, *parts: Rows, run_id: str = RUN_ID, without: str = "") -> Manifest:
    """Publishes a version with these rows; the other marts that an export reads are empty, `without` is missing."""
    directory = home.versions / run_id
    directory.mkdir(parents=True)
    path = directory / WAREHOUSE_NAME
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; set schema = 'marts'")
        for mart in sorted(_read() - {without}):
            typed = ", ".join(f'"{name}" {kind}' for name, kind in contracts()[mart].items())
            connection.execute(f"create table {mart} ({typed})")
        connection.execute("begin")  # one commit instead of one a row
        for rows in parts:
            _insert(connection, rows, run_id)
        connection.execute("commit")
    manifest = _manifest(path, run_id)
    (directory / "manifest.json").write_bytes(manifest.to_bytes())
    flip(home, Pointer(run_id, manifest.sha256))
    return manifest


def _insert(connection: duckdb.DuckDBPyConnection, rows: Rows, run_id: str) -> None:
    for mart, records in rows.items():
        for record in records:
            values = {"run_id": run_id, **record}
            names = ", ".join(f'"{name}"' for name in values)
            marks = ", ".join("?" for _ in values)
            connection.execute(
                f"insert into {mart} ({names}) values ({marks})", list(values.values())
            )


def _manifest(path: Path, run_id: str) -> Manifest:
    content = path.read_bytes()
    return Manifest(
        run_id=run_id,
        built_at=datetime(2026, 11, 1, tzinfo=UTC),
        as_of=datetime(2026, 10, 31, 15, tzinfo=UTC),
        is_demo=False,
        company="Tiny",
        business_timezone="Asia/Tokyo",
        base_currency="JPY",
        fingerprint="f",
        scorecards=["v2"],
        rows={},
        tests=TestCounts(),
        inputs=[],
        raw_files=[],
        leadloop_version="0",
        dbt_version="0",
        duckdb_version="0",
        git_commit=None,
        wall_seconds=0,
        stage_seconds={},
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def lead(
    lead_id: str,
    source: str,
    score: float | None = 10,
    grade: str | None = "B2",
    reason: str | None = "メール +10",
    mql_at: str | None = None,
    sql_at: str | None = None,
    stage: str = "lead",
    opted_out: bool = False,
    disqualified: str | None = None,
    counts: bool = True,
    email: str | None = None,
    ids: tuple[tuple[str, str], ...] | None = None,
    **contact: str,
) -> Rows:
    """One lead in every mart that the export reads; `ids` are its (source, id) pairs."""
    rows: Rows = defaultdict(list)
    for from_source, source_lead_id in ids if ids is not None else ((source, lead_id),):
        # another record of the same tool went into this one; one of another tool is the same person
        joined = "merge" if from_source == source else "explicit_id"
        rows["lead_identities"].append(
            {
                "source": from_source,
                "source_lead_id": source_lead_id,
                "lead_id": lead_id,
                "link_reason": "self" if source_lead_id == lead_id else joined,
            }
        )
    if not counts:
        return rows
    rows["dim_leads"].append(
        {"lead_id": lead_id, "is_opted_out": opted_out, "disqualified_reason": disqualified}
        | ({"owner_id": contact.pop("owner")} if "owner" in contact else {})
    )
    rows["dim_lead_contacts"].append({"lead_id": lead_id, "email": email, **contact})
    rows["lead_scores"].append(
        {
            "lead_id": lead_id,
            "scorecard_version": "v2",
            "total_score": score,
            "fit_score": 10,
            "engagement_score": None if score is None else score - 10,
            "grade": grade,
            "stage": stage,
            "episode_no": 1,
            "top_reasons_ja": reason,
            "top_reasons_en": reason and f"en:{reason}",
        }
    )
    rows["fct_lead_journeys"].append(
        {
            "lead_id": lead_id,
            "episode_no": 1,
            "lead_at": "2026-09-01 00:00:00",
            "mql_at": mql_at,
            "sql_at": sql_at,
        }
    )
    return rows


LABELS: Rows = {
    "dim_labels": [
        {
            "kind": "disqualifier",
            "code": "competitor",
            "label_ja": "競合企業",
            "label_en": "Competitor",
        },
        {"kind": "stage", "code": "mql", "label_ja": "MQL", "label_en": "MQL"},
        {"kind": "stage", "code": "sql", "label_ja": "SQL", "label_en": "SQL"},
        {"kind": "job_level", "code": "manager", "label_ja": "課長クラス", "label_en": "Manager"},
        {
            "kind": "answer_state",
            "code": "confirmed",
            "label_ja": "確認済み",
            "label_en": "Confirmed",
        },
        {
            "kind": "answer_state",
            "code": "not_asked",
            "label_ja": "未確認",
            "label_en": "Not asked yet",
        },
    ]
}


def company(source: str, ids: tuple[str, str, str, str, str]) -> list[Rows]:
    """Five ids of one tool.

    1: an MQL with 62.5 points. 2: none, and its reason looks like a formula. 3: a competitor below zero. 4: opted
    out. 5: went into 1 within the tool.
    """
    first, second, third, fourth, fifth = ids
    return [
        lead(
            first,
            source,
            62.5,
            "A1",
            "導入事例のダウンロード +20、セミナー +10",
            mql_at="2026-10-01 03:04:05",
            stage="mql",
            email="a@example.co.jp",
            ids=((source, first), (source, fifth)),
        ),
        lead(second, source, 12, "C3", "=1+1 のページ, 料金 +12", email="b@example.co.jp"),
        lead(
            third, source, -5, "D4", "メール +1", disqualified="competitor", email="c@example.co.jp"
        ),
        lead(fourth, source, 80, "A1", opted_out=True, email="d@example.co.jp"),
        LABELS,
    ]


def ledger_of(directory: Path) -> dict[tuple[str, str], str]:
    """What one export's ledger says, by key and column."""
    rows = pq.read_table(directory / "ledger.parquet").to_pylist()
    return {(row["key"], row["column"]): row["value"] for row in rows}


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a directory, apart from locks."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }
