"""Freeasy and Flipdesk beside the canonical tables: who is known by a key is a person, the rest is counted."""

from __future__ import annotations

import pytest

from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into, write_tables
from tests.python.tools.tool_kit import balance, write_export

LEADS = [
    {"lead_id": "L1", "email": "sato@example.jp", "created_at": "2026-10-01T00:00:00Z"},
    {"lead_id": "L2", "email": "Mori@example.jp", "created_at": "2026-10-01T00:00:00Z"},
]
ANSWERS = """
    キー | アンケート | 質問 | 回答 | 回答日時
    L1 | 10月調査 | ご要望 | 詳しい説明を希望する | 2026-10-10T00:00:00Z
    L1 | 10月調査 | 課題 | 人手不足 | 2026-10-10T00:00:00Z
    MORI@example.jp | 10月調査 | ご要望 | 特になし | 2026-10-11T00:00:00Z
    stranger | 10月調査 | ご要望 | 特になし | 2026-10-11T00:00:00Z
    | 10月調査 | ご要望 | 詳しい説明を希望する | 2026-10-12T00:00:00Z
    | 10月調査 | ご要望 | 特になし | 2026-10-12T00:00:00Z
"""
FLIPDESK = {
    "members": """
        会員ID | メールアドレス
        m1 | mori@example.jp
    """,
    "conversions": """
        コンバージョン日時 | コンバージョンタグ | 会員ID | 受注番号
        2026/10/15 10:00 | 資料請求完了 | m1 | 1
        2026/10/16 10:00 | 謎のタグ | m1 | 2
        2026/10/17 10:00 | 資料請求完了 | m9 | 3
        2026/10/18 10:00 | 資料請求完了 | | 4
    """,
    # the first of them once more, by the scenario that helped
    "scenario_conversions": """
        コンバージョン日時 | コンバージョンタグ | シナリオ名
        2026/10/15 10:00 | 資料請求完了 | 料金の相談
    """,
    "scenario_reports": """
        シナリオ名 | 表示件数 | クリック率 | ボタン消した率 | クリックCV数 | 優先スコア
        料金の相談 | 1,000 | 3.2% | 10% | 1 | 80
    """,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, builder: Builder) -> Built:
    root = tmp_path_factory.mktemp("web")
    home = Home(root / "home")
    load_into(home, write_tables(root / "canonical", leads=LEADS))
    load_into(home, write_export(root / "freeasy", survey_answers=ANSWERS), "freeasy")
    load_into(home, write_export(root / "flipdesk", **FLIPDESK), "flipdesk")
    return builder(home, "2026-11-20T00:00:00Z")


def test_every_row_is_accounted_for(built: Built) -> None:
    """Of six answers one has a key that is nobody's; two have none and are background. Of four
    conversions one is of a member that nobody linked; one is of no member."""
    assert balance(built) == {
        "leads": (2, 2, 0, 0, 0, 0),
        "freeasy__survey_answer": (6, 5, 1, 0, 0, 0),
        "flipdesk__member": (1, 1, 0, 0, 0, 0),
        "flipdesk__conversion": (4, 3, 1, 0, 0, 0),
        "flipdesk__scenario_conversion": (1, 1, 0, 0, 0, 0),
        "flipdesk__scenario_report": (1, 1, 0, 0, 0, 0),
    }


def test_only_people_with_a_key_have_events(built: Built) -> None:
    """Three answers and two conversions; the scenario's conversion is not added to them."""
    events = built.rows(
        "select lead_id, activity_type, content_name from marts.fct_lead_events "
        "order by occurred_at, content_name"
    )
    assert sorted(events) == sorted(
        [
            ("L1", "survey_answer", "ご要望"),
            ("L1", "survey_answer", "課題"),
            ("L2", "survey_answer", "ご要望"),
            ("L2", "doc_download", "資料請求完了"),
            ("L2", "other", "謎のタグ"),
        ]
    )


def test_what_was_answered_can_be_asked_for_by_a_rule(built: Built) -> None:
    answers = dict(
        built.rows(
            "select content_name, answer from marts.fct_lead_events "
            "where lead_id = 'L1' and activity_type = 'survey_answer'"
        )
    )
    assert answers == {"ご要望": "詳しい説明を希望する", "課題": "人手不足"}
