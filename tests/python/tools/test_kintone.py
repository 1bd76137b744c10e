"""kintone: three apps as JSON of the API, then as CSV of the user interface and of cli-kintone."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from leadloop.load.mapping_file import EXAMPLES
from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into
from tests.python.tools.tool_kit import balance


def _record(table: list[dict[str, str]] | None = None, **fields: Any) -> dict[str, Any]:
    record = {code.replace("id_", "$id"): {"type": "X", "value": v} for code, v in fields.items()}
    if table is not None:
        rows = [
            {
                "id": str(70 + n),
                "value": {code: {"type": "X", "value": v} for code, v in row.items()},
            }
            for n, row in enumerate(table)
        ]
        record["活動履歴"] = {"type": "SUBTABLE", "value": rows}
    return record


LEADS = [
    _record(
        [{"活動種別": "電話", "活動日時": "2026-10-05T01:00:00Z", "件名": "初回"},
         {"活動種別": "ゴルフ", "活動日時": "2026-10-06T01:00:00Z", "件名": "懇親"}],
        id_="1", 氏名="髙橋 一郎", メールアドレス="t@example.jp", 会社名="㈱髙島①～﨑", 従業員数="1200",
        会社URL="https://www.takashima.example.jp/", ステータス="未対応", 配信停止=[], 流入元="展示会",
        担当者=[{"code": "sasaki", "name": "佐々木"}],
        作成日時="2026-10-01T00:00:00Z", 更新日時="2026-10-02T00:00:00Z"),
    _record([], id_="2", 氏名="佐藤", メールアドレス="s@example.jp", 会社名="佐藤商会", 従業員数="",
            会社URL="", ステータス="未対応", 配信停止=["配信停止"], 流入元=None, 担当者=[],
            作成日時="2026-10-03T00:00:00Z", 更新日時="2026-10-03T00:00:00Z"),
]  # fmt: skip
DEAL = _record(
    id_="5", リード番号="1", 案件名="髙島 導入", 金額="1200000", ステータス="提案中",
    作成日時="2026-10-10T00:00:00Z", 更新日時="2026-10-10T00:00:00Z",
)  # fmt: skip
# A week later by hand: field names, times of Tokyo, a record with a table on two lines.
LEADS_CSV = """レコードの開始行,レコード番号,氏名,メールアドレス,会社名,ステータス,作成日時,更新日時,活動種別
*,1,髙橋 一郎,t@example.jp,㈱髙島①～﨑,未対応,2026/10/01 09:00,2026/10/02 09:00,電話
,1,髙橋 一郎,t@example.jp,㈱髙島①～﨑,未対応,2026/10/01 09:00,2026/10/02 09:00,ゴルフ
*,2,佐藤,s@example.jp,佐藤商会,有望リード,2026/10/03 09:00,2026/11/06 09:00,
"""
DEALS_CSV = """レコード番号,リード番号,案件名,金額,ステータス,完了日,作成日時,更新日時
5,1,髙島 導入,1200000,受注,2026-11-05,2026/10/10 09:00,2026/11/05 09:00
"""
# cli-kintone: field codes, UTC without seconds. Nobody knows lead 99.
ACTIVITIES_CSV = """Record_number,リード番号,活動日時,活動種別
"70","2","2026-10-20T07:00Z","訪問"
"71","99","2026-10-21T07:00Z","訪問"
"""


@pytest.fixture(scope="module")
def kintone(tmp_path_factory: pytest.TempPathFactory, builder: Builder) -> Built:
    root = tmp_path_factory.mktemp("kintone")
    home = Home(root / "home")
    # the profile as it ships, with the table of activities that it holds ready
    head, _, table = (EXAMPLES / "kintone.yml").read_text("utf-8").partition("    # - file:")
    rows, _, rest = table.partition("  kintone__deal:")
    mapping = root / "kintone.yml"
    mapping.write_text(
        f"{head}    - file:{rows.replace('    #  ', '     ')}  kintone__deal:{rest}", "utf-8"
    )
    api, by_hand = root / "api", root / "by_hand"
    api.mkdir()
    by_hand.mkdir()
    lines = [json.dumps(record, ensure_ascii=False) for record in LEADS]
    (api / "leads.json").write_text("\n".join(lines) + "\n", "utf-8")
    (api / "deals.json").write_text(json.dumps({"records": [DEAL]}, indent=2), "utf-8")
    load_into(home, api, str(mapping), at="2026-11-01T00:30:00Z")
    for name, text, encoding in (
        ("リード", LEADS_CSV, "cp932"),
        ("案件", DEALS_CSV, "utf-8-sig"),
        ("活動", ACTIVITIES_CSV, "utf-8"),
    ):
        (by_hand / f"{name}.csv").write_bytes(text.encode(encoding))
    load_into(home, by_hand, str(mapping), at="2026-11-08T00:30:00Z")
    return builder(home, "2026-11-20T00:00:00Z")


def test_every_record_and_every_row_of_a_table_is_accounted_for(kintone: Built) -> None:
    """Two leads and a deal, seen twice each; two rows of a table, two of the app, one of which is
    nobody's."""
    assert balance(kintone) == {
        "kintone__lead": (4, 2, 0, 2, 0, 0),
        "kintone__deal": (2, 1, 0, 1, 0, 0),
        "kintone__activity": (4, 3, 1, 0, 0, 0),
    }
    assert kintone.rows("select rule, line from marts.quarantine") == [("orphan_lead", 3)]


def test_a_lead_is_what_its_last_change_says(kintone: Built) -> None:
    rows = kintone.rows(
        "select lead_id, full_name, company_name, created_at from marts.dim_leads "
        "join marts.dim_lead_contacts using (lead_id) order by lead_id"
    )
    assert rows == [
        ("kintone:1", "髙橋 一郎", "㈱髙島①～﨑", datetime.fromisoformat("2026-10-01T00:00:00")),
        ("kintone:2", "佐藤", "佐藤商会", datetime.fromisoformat("2026-10-03T00:00:00")),
    ]


def test_activities_come_from_the_table_and_from_the_app(kintone: Built) -> None:
    """Row 70 of the table and record 70 of the app are two. ゴルフ is in no list of the profile."""
    events = kintone.rows(
        "select lead_id, activity_type, occurred_at from marts.fct_lead_events order by occurred_at"
    )
    assert events == [
        ("kintone:1", "call_connected", datetime.fromisoformat("2026-10-05T01:00:00")),
        ("kintone:1", "other", datetime.fromisoformat("2026-10-06T01:00:00")),
        ("kintone:2", "meeting", datetime.fromisoformat("2026-10-20T07:00:00")),
    ]


def test_a_status_is_known_since_the_load_that_saw_it(kintone: Built) -> None:
    """The second load saw 佐藤 as 有望リード. A deal has its own day: 2026-11-05 in Tokyo."""
    entries = kintone.rows(
        "select lead_id, stage, entered_at from marts.fct_stage_entries "
        "where stage = 'won' or qualified_by = 'recorded' order by lead_id"
    )
    assert entries == [
        ("kintone:1", "won", datetime.fromisoformat("2026-11-04T15:00:00")),
        ("kintone:2", "mql", datetime.fromisoformat("2026-11-08T00:30:00")),
    ]
