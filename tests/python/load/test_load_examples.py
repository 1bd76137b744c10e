"""The mappings that ship with leadloop, on the real files they are for."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from leadloop.load.mapping_file import EXAMPLES, read_mapping
from leadloop.load.run import load
from leadloop.settings import PROJECT_ROOT, Home


def _real(name: str) -> Path:
    shared = os.environ.get("LEADLOOP_SHARED_DATA") or PROJECT_ROOT.parent / "shared" / "data"
    folder = Path(shared) / name
    if not folder.is_dir():
        pytest.skip(f"real data folder not here: {folder}")
    return folder


def _rows(home: Home, table: str) -> list[dict]:
    return pq.read_table(home.raw / table).to_pylist()


def test_olist(tmp_path: Path):
    home = Home(tmp_path / "home")
    report = load(read_mapping("olist"), _real("olist_funnel"), home)
    counts = {(f.table, f.rows_read, f.rows_loaded, f.rows_rejected) for f in report.files}
    assert counts == {
        ("leads", 8000, 8000, 0),
        ("deals", 842, 842, 0),
        ("stage_changes", 8000, 8000, 0),
    }
    leads = _rows(home, "leads")
    assert len({row["lead_id"] for row in leads}) == 8000
    assert sum(row["source_channel"] is None for row in leads) == 60
    assert min(row["created_at"] for row in leads) == "2017-06-14"
    first = next(r for r in _rows(home, "deals") if r["_line"] == 2)
    # 2018-02-26 19:58:54 in Sao Paulo, three hours behind UTC on that day
    assert first["closed_at"] == first["created_at"] == "2018-02-26T22:58:54Z"
    assert {row["amount"] for row in _rows(home, "deals")} == {None}
    assert {row["to_status"] for row in _rows(home, "stage_changes")} == {"mql"}
    company = home.company()
    assert (company.base_currency, company.business_timezone) == ("BRL", "America/Sao_Paulo")
    assert not load(read_mapping("olist"), _real("olist_funnel"), home).changed


def test_maven(tmp_path: Path):
    home = Home(tmp_path / "home")
    report = load(read_mapping("maven"), _real("maven_crm"), home)
    counts = {(f.table, f.rows_read, f.rows_loaded, f.rows_rejected) for f in report.files}
    assert counts == {("leads", 85, 85, 0), ("deals", 8800, 8800, 0)}
    deals = _rows(home, "deals")
    assert sum(row["is_won"] == "true" for row in deals) == 4238
    assert sum(row["is_closed"] == "true" for row in deals) == 4238 + 2473
    assert sum(row["lead_id"] is None for row in deals) == 1425
    assert sum(row["created_at"] is None for row in deals) == 500
    assert sum(int(row["amount"] or 0) for row in deals if row["is_won"] == "true") == 10_005_534
    assert {row["created_at"] for row in _rows(home, "leads")} == {"2016-10-01"}


def test_three_tables(tmp_path: Path):
    home = Home(tmp_path / "home")
    report = load(read_mapping("three_tables"), EXAMPLES / "three_tables", home)
    assert {(f.table, f.rows_loaded, f.encoding) for f in report.files} == {
        ("leads", 12, "cp932"),
        ("activities", 14, "cp932"),
        ("deals", 12, "cp932"),
    }
    assert report.notices == ()
    lead = _rows(home, "leads")[0]
    assert lead["full_name"] == "髙橋 一郎"
    assert lead["company_name"] == "㈱髙島製作所"
    assert (lead["email"], lead["employee_count"]) == ("lead1@example.co.jp", "1200")
    # 2026/9/1 8:00 in Tokyo
    assert (lead["created_at"], lead["source_channel"]) == (
        "2026-08-31T23:00:00Z",
        "organic_search",
    )
    activities = _rows(home, "activities")
    assert len({row["activity_id"] for row in activities}) == 14
    assert activities[3]["content_name"] == "事例セミナー①"
    deal = _rows(home, "deals")[1]
    assert (deal["amount"], deal["is_closed"], deal["is_won"]) == ("240000", "true", "false")
    assert deal["closed_at"] == "2026-10-13"


def test_canonical_reads_what_is_there(tmp_path: Path):
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "leads.csv").write_text("lead_id,created_at\nL1,2026-10-01\n", "utf-8")
    (exports / "activities.jsonl").write_text(
        '{"activity_id":"A1","lead_id":"L1","activity_type":"page_view",'
        '"occurred_at":"2026-10-01T00:00:00Z"}\n',
        "utf-8",
    )
    home = Home(tmp_path / "home")
    report = load(read_mapping("canonical"), exports, home)
    assert {(file.table, file.rows_loaded) for file in report.files} == {
        ("leads", 1),
        ("activities", 1),
    }
    assert "table_still_empty" in {notice.rule for notice in report.notices}
    assert _rows(home, "activities")[0]["occurred_at"] == "2026-10-01T00:00:00Z"
