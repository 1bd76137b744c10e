"""Mazrica Sales: 取引先, コンタクト, 案件 and アクション in Shift_JIS, headers with their 管理番号, two loads of deals."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into
from tests.python.tools.tool_kit import balance

# 10 has one person, 20 has two. 予算 stands twice, told apart by its number only.
ACCOUNTS = """取引先ID,取引先名,URL,所属業界,従業員数,予算（管理番号:1001）,予算（管理番号:1002）
10,㈱髙島①,https://www.takashima.example.jp/,製造業,"1,200",1,2
20,山﨑商会,,小売,30,,
"""
CONTACTS = """コンタクトID,取引先ID,取引先名,名前,部署,役職(管理番号:55),メールアドレス,登録日時
1,10,㈱髙島①,髙橋 一郎,営業部,部長,takahashi@takashima.example.jp,2026/09/01 09:00
2,20,山﨑商会,山﨑 花子,,係長,yamazaki@example.jp,2026/09/02 09:00
3,20,山﨑商会,渡邉 三郎,,,watanabe@example.jp,2026/09/03 09:00
4,,どこにもない会社,森 四郎,,,mori@example.jp,2026/09/04 09:00
"""
# 101 names nobody (one person in 10: 髙橋), 102 names 渡邉 and 山﨑 in this order, 103 names nobody of two.
DEALS = """案件ID,取引先ID,コンタクトID,案件名,フェーズ,契約金額,契約予定日,登録日時,商品・サービス
101,10,,髙島 導入,提案中,"1,200,000",2026/12/25,2026/10/01 09:00,A//B
102,20,3//2,山﨑 導入,提案中,300000,2026/12/25,2026/10/02 09:00,A
103,20,,山﨑 追加,提案中,50000,2026/12/25,2026/10/03 09:00,A
"""
DEALS_LATER = DEALS.replace("導入,提案中", "導入,受注", 1).replace("2026/12/25", "2026/11/05", 1)
ACTIONS = """アクションID,予定・完了アクション,アクション種別,目的,開始日時,コンタクトID,案件ID,主担当者,結果&メモ
1,完了,訪問,初回訪問,2026/10/05 10:00,1,101,佐々木,好感触
2,完了,電話,確認,2026/10/06 10:00,,102,佐々木,
3,予定,訪問,次回訪問,2027/10/05 10:00,1,101,佐々木,
4,完了,ゴルフ,懇親,2026/10/07 10:00,2,,佐々木,
5,完了,メール,お礼,2026/10/08 10:00,,103,佐々木,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mazrica")


@pytest.fixture(scope="module")
def mazrica(folder: Path, builder: Builder) -> Built:
    home = Home(folder / "home")
    for deals, at in ((DEALS, "2026-11-01T00:30:00Z"), (DEALS_LATER, "2026-11-08T00:30:00Z")):
        exports = folder / at[:10]
        exports.mkdir()
        files = {"取引先": ACCOUNTS, "コンタクト": CONTACTS, "案件": deals, "アクション": ACTIONS}
        for name, text in files.items():
            (exports / f"{name}.csv").write_bytes(text.replace("\n", "\r\n").encode("cp932"))
        load_into(home, exports, "mazrica", at=at)
    return builder(home, "2026-11-20T00:00:00Z")


def test_every_row_is_accounted_for(mazrica: Built) -> None:
    """Deals are read twice (3 + 3 rows, the older are copies); the other files had not changed. Action
    5 is of deal 103, which is nobody's: it waits. Action 3 is planned, and counted as read."""
    assert balance(mazrica) == {
        "mazrica__account": (2, 2, 0, 0, 0, 0),
        "mazrica__contact": (4, 4, 0, 0, 0, 0),
        "mazrica__deal": (6, 3, 0, 3, 0, 0),
        "mazrica__action": (5, 4, 1, 0, 0, 0),
    }
    assert mazrica.rows("select rule, line from marts.quarantine") == [("orphan_lead", 6)]


def test_a_person_has_the_company_of_its_number(mazrica: Built) -> None:
    rows = mazrica.rows(
        "select lead_id, company_name, industry, employee_count, job_title from marts.dim_leads "
        "join marts.dim_lead_contacts using (lead_id) order by lead_id"
    )
    assert [row[:2] for row in rows] == [
        ("mazrica:1", "㈱髙島①"),
        ("mazrica:2", "山﨑商会"),
        ("mazrica:3", "山﨑商会"),
        ("mazrica:4", "どこにもない会社"),
    ]
    assert [row[3] for row in rows] == [1200, 30, 30, None]
    # its header is 役職(管理番号:55)
    assert rows[0][4] == "部長"


def test_the_header_with_its_numbers_is_kept_for_the_way_back(mazrica: Built) -> None:
    path = next((mazrica.home.raw / "mazrica__contact").glob("mazrica-*.parquet"))
    meta = pq.read_metadata(path).metadata
    assert json.loads(meta[b"leadloop.header"])[5] == "役職(管理番号:55)"


def test_deals_have_their_person_and_won_is_what_the_phase_says(mazrica: Built) -> None:
    stages = mazrica.rows(
        "select lead_id, stage, entered_at from marts.fct_stage_entries where stage = 'won'"
    )
    # 2026/11/05 in Tokyo
    assert stages == [("mazrica:1", "won", datetime.fromisoformat("2026-11-04T15:00:00"))]
    opportunities = mazrica.rows(
        "select distinct lead_id from marts.fct_stage_entries where stage = 'opportunity' order by 1"
    )
    # 102 is the first named person's; 103 is nobody's
    assert opportunities == [("mazrica:1",), ("mazrica:3",)]


def test_actions_are_activities_in_our_words(mazrica: Built) -> None:
    events = mazrica.rows(
        "select lead_id, activity_type, occurred_at from marts.fct_lead_events order by occurred_at"
    )
    assert [(lead, kind) for lead, kind, _ in events] == [
        ("mazrica:1", "meeting"),
        ("mazrica:3", "call_connected"),
        ("mazrica:2", "other"),
    ]
    assert events[0][2] == datetime.fromisoformat("2026-10-05T01:00:00")
