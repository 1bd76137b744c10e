"""What is written can be read by our own loader, and means the same; the demo company all the way."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from leadloop.export.form_file import own_form
from leadloop.export.run import Request, export
from leadloop.load.mapping_file import read_mapping
from leadloop.load.run import load
from leadloop.settings import Home
from tests.conftest import Built
from tests.python.export.export_kit import EXPORT_ID
from tests.python.export.test_export_golden import prepared

# tool -> headers of key, score, grade, version, reason, MQL instant, and how that instant is written
HEADERS = {
    "salesforce": ("Id", "LQ_Score__c", "LQ_Grade__c", "LQ_Version__c", "LQ_Reason__c", "LQ_MQL_At__c", "%Y-%m-%dT%H:%M:%SZ", "UTC"),
    "hubspot": ("Record ID", "lq_score", "lq_grade", "lq_version", "lq_reason", "lq_mql_at", "%Y-%m-%dT%H:%M:%SZ", "UTC"),
    "marketo": ("id", "lqScore", "lqGrade", "lqVersion", "lqReason", "lqMqlAt", "%Y-%m-%dT%H:%M:%SZ", "UTC"),
    "account_engagement": ("matchId", "lq_score", "lq_grade", "lq_version", "lq_reason", "lq_mql_at", "%Y-%m-%dT%H:%M:%SZ", "UTC"),
    "kintone": ("レコード番号", "lq_score", "lq_grade", "lq_version", "lq_reason", "lq_mql_at", "%Y-%m-%dT%H:%MZ", "UTC"),
    "mazrica": ("コンタクトID", "LQスコア(管理番号:1001)", "LQグレード(管理番号:1002)", "LQ版(管理番号:1003)", "LQ理由(管理番号:1004)", "MQL日時(管理番号:1005)", "%Y-%m-%d %H:%M", "Asia/Tokyo"),
}  # fmt: skip

MAPPING = """\
source: back
tables:
  leads:
    - file: "*.csv"
      columns:
        lead_id: "{0}"
        # the slots do not matter here: what counts is that the text arrives
        employee_count: "{1}"
        job_title: "{2}"
        department: "{3}"
        full_name: "{4}"
        created_at: {{column: "{5}", format: "{6}", timezone: {7}, optional: true}}
  activities: none
  deals: none
"""


@pytest.mark.parametrize("tool", HEADERS)
def test_our_own_loader_reads_back_what_was_meant(home: Home, tmp_path: Path, tool: str) -> None:
    prepared(home, tool)
    report = export(home, Request(tool, "ja", to=tmp_path / "out"))
    mapping = tmp_path / "back.yml"
    mapping.write_text(MAPPING.format(*HEADERS[tool]), "utf-8")
    back = Home(tmp_path / "back")
    load(read_mapping(mapping), tmp_path / "out", back)
    with duckdb.connect() as connection:
        read = connection.execute(
            "select lead_id, employee_count, job_title, department, full_name, created_at "
            f"from read_parquet('{back.raw}/leads/*.parquet', union_by_name = true)"
        ).fetchall()
    first = next(row.key for row in report.plan.added if row.cells[0] in {"62.5", "63"})
    by_key = {row[0]: row[1:] for row in read}
    expected_at = (
        "2026-10-01T03:04:00Z" if tool in {"kintone", "mazrica"} else "2026-10-01T03:04:05Z"
    )
    assert by_key[first][-1] == expected_at
    assert {key: values[:4] for key, values in by_key.items()} == {
        row.key: row.cells[:4] for row in report.plan.added
    }
    assert len(by_key) == 3
    again = export(home, Request(tool, "ja"))
    assert again.files == []


def test_bownows_file_reads_back_as_cp932(home: Home, tmp_path: Path) -> None:
    prepared(home, "bownow")
    export(home, Request("bownow", "ja", to=tmp_path / "out"))
    mapping = tmp_path / "back.yml"
    mapping.write_text(
        "source: back\ntables:\n  leads:\n    - file: '*.csv'\n      columns:\n"
        "        lead_id: メールアドレス\n        job_title: タグ\n        created_at: {const: x}\n"
        "  activities: none\n  deals: none\n",
        "utf-8",
    )
    back = Home(tmp_path / "back")
    report = load(read_mapping(mapping), tmp_path / "out", back)
    assert [file.encoding for file in report.files] == ["cp932"]
    with duckdb.connect() as connection:
        read = connection.execute(
            f"select lead_id, job_title from read_parquet('{back.raw}/leads/*.parquet') order by 1"
        ).fetchall()
    assert read == [
        ("a@example.co.jp", "LQ_A1"),
        ("b@example.co.jp", "LQ_C3"),
        ("c@example.co.jp", "LQ_D4"),
    ]


@pytest.fixture
def demo_home(demo: Built, tmp_path: Path) -> Home:
    """The published demo company in a home of one's own, because an export writes into it."""
    home = Home(tmp_path / "demo")
    shutil.copytree(demo.home.versions / demo.run_id, home.versions / demo.run_id)
    shutil.copy(demo.home.pointer, home.pointer)
    return home


def test_the_demo_company_goes_out_as_its_marts_say(
    demo: Built, demo_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real contracts, real rows: counted by other queries than those of the export."""
    monkeypatch.setenv("LEADLOOP_NOW", "2026-11-02T01:00:00Z")
    own = own_form(demo_home, "kintone")
    own.parent.mkdir(parents=True)
    own.write_text(
        "tool: kintone\nlabel: Demo\nsource: demo\nblank: empty\nencodings: [utf-8]\n"
        "key: {header: id, from: source_lead_id}\ncolumns:\n"
        "  - {header: score, from: score, decimals: 6}\n  - {header: grade, from: grade}\n"
        '  - {header: at, from: mql_at, format: "%Y-%m-%d %H:%M:%S"}\n',
        "utf-8",
    )
    report = export(demo_home, Request("kintone", "ja"))
    path = report.directory / f"kintone-{EXPORT_ID}-1.csv"
    with path.open(encoding="utf-8", newline="") as file:
        written = {
            row["id"]: (float(row["score"]), row["grade"], row["at"])
            for row in csv.DictReader(file)
        }
    expected = demo.rows(
        "select lead_id, total_score, grade, strftime(max_by(mql_at, episode_no), '%Y-%m-%d %H:%M:%S') "
        "from marts.lead_scores left join marts.fct_lead_journeys using (lead_id, episode_no) "
        "where lead_id in (select lead_id from marts.dim_leads where not is_opted_out) group by all"
    )
    assert written == {
        lead_id: (pytest.approx(score, abs=1e-6), grade or "", at or "")
        for lead_id, score, grade, at in expected
    }
    merged = demo.value(
        "select count(*) from marts.lead_identities where source_lead_id <> lead_id"
    )
    assert merged > 0
    assert len(report.plan.withheld["merged"]) <= merged
    assert export(demo_home, Request("kintone", "ja")).files == []


def test_the_demo_companys_list_for_sales(demo: Built, demo_home: Home) -> None:
    report = export(demo_home, Request("handoff", "ja"))
    listed = {
        row.lead_id: dict(zip(report.plan.columns, row.cells, strict=True))
        for row in report.plan.added
    }
    expected = demo.rows(
        "select lead_id from marts.lead_scores join marts.dim_leads using (lead_id) "
        "join marts.fct_lead_journeys j using (lead_id, episode_no) "
        "where lead_scores.stage in ('mql', 'sql') and not is_opted_out and disqualified_reason is null "
        "and not exists (from marts.fct_lead_events e where e.lead_id = lead_scores.lead_id "
        "and activity_type = 'first_contact' and excluded_by is null and occurred_at >= j.lead_at)"
    )
    assert set(listed) == {lead_id for (lead_id,) in expected}
    assert len(listed) > 500
    for column in ("why", "opening", "breakdown", "hearing", "name", "company", "qualified_by"):
        filled = sum(cells[column] is not None for cells in listed.values())
        assert filled > 0.9 * len(listed), column
    # the breakdown of each lead adds up to its score, to the rounding of its lines
    pattern = r"([+-][0-9.]+)点（"
    for lead_id, cells in listed.items():
        points = [float(p) for p in re.findall(pattern, cells["breakdown"] or "")]
        assert sum(points) == pytest.approx(float(cells["score"]), abs=0.05 * len(points) + 0.06), (
            lead_id
        )
