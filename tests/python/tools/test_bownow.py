"""BowNow: lead lists in both encodings, as two loads a week apart saw them."""

from __future__ import annotations

from datetime import datetime

import pytest

from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into
from tests.python.tools.tool_kit import balance

# Two lines of search conditions, then the header. 髙橋 stands twice: the first row counts. The last row has no address.
FIRST = """検索条件,ステータス：すべて
出力日時,2026/11/01 09:00
メールアドレス,姓,名,会社・組織名,役職,従業員数,ステータス,登録日時,タグ,セッション数
Takahashi@example.jp,髙橋,一郎,㈱髙島①製作所～﨑,部長,1200,未対応,2026/10/01 09:00,"展示会,Unchecked Email",3
takahashi@example.jp,高橋,二郎,別の会社,課長,5,商談中,2026/10/01 09:00,,1
sato@example.jp,佐藤,花子,佐藤商会,,,未対応,2026/10/02 09:00,,0
mori@example.jp,森,三郎,森組合,,,謎の段階,2026/10/03 09:00,,0
,名無し,,,,,未対応,2026/10/04 09:00,,0
"""
# A week later: an account with custom items has other columns, and no day of registration. 佐藤 is as before.
SECOND = """検索条件,ステータス：すべて
出力日時,2026/11/08 09:00
独自項目,メールアドレス,氏名,会社・組織名,ステータス
x,takahashi@example.jp,髙橋 一郎,㈱髙島①製作所～﨑,有望リード
x,sato@example.jp,佐藤 花子,佐藤商会,未対応
x,ueda@example.jp,上田 四郎,上田工業,未対応
"""


@pytest.fixture(scope="module")
def bownow(tmp_path_factory: pytest.TempPathFactory, builder: Builder) -> Built:
    root = tmp_path_factory.mktemp("bownow")
    home = Home(root / "home")
    for text, encoding, at in (
        (FIRST, "cp932", "2026-11-01T00:30:00Z"),
        (SECOND, "utf-8-sig", "2026-11-08T00:30:00Z"),
    ):
        folder = root / encoding
        folder.mkdir()
        (folder / "リード一覧.csv").write_bytes(text.replace("\n", "\r\n").encode(encoding))
        load_into(home, folder, "bownow", at=at)
    return builder(home, "2026-11-20T00:00:00Z")


def test_every_row_of_both_loads_is_accounted_for(bownow: Built) -> None:
    """5 + 3 rows. Loaded: 髙橋, 佐藤, 森, 上田. Refused: the row without an address. Copies: 髙橋's
    second row, and of 髙橋 and 佐藤 the rows of the older load."""
    assert balance(bownow) == {"bownow__lead": (8, 4, 1, 3, 0, 0)}


def test_a_lead_has_its_name_through_cp932_and_is_as_old_as_its_first_list_says(
    bownow: Built,
) -> None:
    rows = bownow.rows(
        "select full_name, company_name, created_at from marts.dim_lead_contacts "
        "join marts.dim_leads using (lead_id) order by created_at"
    )
    assert rows[0] == (
        "髙橋 一郎",
        "㈱髙島①製作所～﨑",
        datetime.fromisoformat("2026-10-01T00:00:00"),
    )
    # only the second list held 上田: its load is the earliest sign of the lead
    assert rows[-1] == ("上田 四郎", "上田工業", datetime.fromisoformat("2026-11-08T00:30:00"))


def test_an_address_is_no_id(bownow: Built) -> None:
    assert bownow.value("select count(*) from marts.dim_leads where lead_id like '%@%'") == 0
    assert bownow.value("select count(*) from marts.dim_leads where lead_id like 'bownow:%'") == 4


def test_a_status_that_changed_between_two_loads_is_a_change_at_the_later_one(
    bownow: Built,
) -> None:
    """髙橋 went from 未対応 to 有望リード (an MQL) some time in that week. That the first list shows
    商談中 in the second row of the address plays no part."""
    entries = bownow.rows(
        "select full_name, stage, entered_at from marts.fct_stage_entries "
        "join marts.dim_lead_contacts using (lead_id) where qualified_by = 'recorded'"
    )
    assert entries == [("髙橋 一郎", "mql", datetime.fromisoformat("2026-11-08T00:30:00"))]


def test_an_unknown_status_waits_in_quarantine(bownow: Built) -> None:
    refused = bownow.rows('select "table", rule, line from marts.quarantine order by rule, line')
    # counted where the lead is counted: its status is no row of its own
    assert ("bownow__lead", "required", 8) in refused
    assert [rule for _, rule, _ in refused].count("unmapped_status") == 1
