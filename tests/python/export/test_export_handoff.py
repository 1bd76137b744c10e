"""The list for sales: who is on it, and every piece of background by hand."""

from __future__ import annotations

import csv
import io
from typing import Any

from leadloop.export.run import Report, Request, export
from leadloop.settings import Home
from tests.python.export.export_kit import LABELS, Rows, lead, publish


def event(
    lead_id: str, kind: str, at: str, name: str | None = None, group: str = "web", **more: Any
) -> dict[str, Any]:
    return {
        "lead_id": lead_id,
        "activity_id": f"{lead_id}{kind}{at}",
        "activity_type": kind,
        "event_group": group,
        "occurred_at": at,
        "content_name": name,
        "label_ja": f"ja:{kind}",
        "label_en": f"en:{kind}",
        **more,
    }


BACKGROUND: Rows = {
    "fct_lead_events": [
        event("s", "page_view", "2026-10-01 00:00:00", "トップ"),
        # 15:30 UTC is the next day in Japan
        event("s", "page_view", "2026-10-05 15:30:00", "トップ"),
        event("s", "key_page_view", "2026-10-04 00:00:00", "=料金"),
        event("s", "page_view", "2026-10-09 00:00:00", "scanner", excluded_by="security_scanner"),
        event("s", "doc_download", "2026-10-02 00:00:00", "ホワイトペーパー", "content"),
        event("s", "survey_answer", "2026-10-03 00:00:00", "アンケート", "survey", answer="詳しい説明を希望"),
        event("s", "handoff_synced", "2026-10-06 01:00:00", None, "handoff"),
        # in an earlier life of the lead
        event("m", "first_contact", "2026-08-01 00:00:00", None, "handoff"),
        event("talked", "first_contact", "2026-10-01 00:00:00", None, "handoff"),
    ],
    "lead_score_breakdown": [
        {"lead_id": "s", "rule_id": "r1", "label_ja": "料金ページ", "label_en": "Pricing", "points": 15, "firings": 1},
        {"lead_id": "s", "rule_id": "r2", "label_ja": "資料", "label_en": "Deck", "points": 20.25, "firings": 2},
        {"lead_id": "s", "rule_id": "r3", "label_ja": "学生", "label_en": "Student", "points": -5, "firings": 1},
    ],
    "lead_explanations": [
        {"lead_id": "s", "why_ja": "合計30点。", "why_en": "Score 30.", "unknown_ja": "業種が不明", "unknown_en": "industry"}
    ],
    "lead_openings": [
        {"lead_id": "s", "thanks_ja": "ありがとうございました。", "thanks_en": "Thank you."}
    ],
    "dim_frameworks": [
        {"framework": "BANT", "position": 1, "element": "B", "label_ja": "予算", "label_en": "Budget", "ask_ja": "ご予算は？", "ask_en": "A budget?"},
        {"framework": "BANT", "position": 2, "element": "A", "label_ja": "決裁権", "label_en": "Authority", "ask_ja": "どなたが？", "ask_en": "Who?"},
        {"framework": "CHAMP", "position": 1, "element": "CH", "label_ja": "課題", "label_en": "Challenge", "ask_ja": "?", "ask_en": "?"},
    ],
    "fct_framework_answers": [
        {"lead_id": "s", "framework": "BANT", "position": 1, "element": "B", "state": "confirmed", "evidence": "来期計上"}
    ],
    "mart_framework_progress": [
        {"lead_id": "s", "framework": "BANT", "next_element": "A"}
    ],
    "account_leads": [{"lead_id": "s", "account_key": "x.example"}],
    "dim_accounts": [{"account_key": "x.example", "company_name": "エックス株式会社"}],
    "mart_buying_groups": [
        {"account_key": "x.example", "job_level": "unknown", "is_decision_maker": False, "lead_count": 3, "active_lead_count": 0},
        {"account_key": "x.example", "job_level": "manager", "is_decision_maker": True, "lead_count": 2, "active_lead_count": 1},
    ],
    "fct_qualification_criteria": [
        {"lead_id": "s", "episode_no": 1, "stage": "sql", "scorecard_version": "v2", "path": "demo_request", "criterion": "requested", "met_at": "2026-10-04 00:00:00"},
        {"lead_id": "s", "episode_no": 1, "stage": "mql", "scorecard_version": "v2", "path": "score", "criterion": "total", "met_at": "2026-10-02 00:00:00"},
    ],
    "dim_stage_definitions": [
        {"version": "v2", "stage": "sql", "path": "demo_request", "criterion": "requested", "label_ja": "デモを申し込んだ", "label_en": "Requested a demo"}
    ],
}  # fmt: skip


def people() -> list[Rows]:
    return [
        lead(
            "s", "crm", 30.25, "A1", stage="sql", owner="is-01", full_name="=髙橋 花子", company_name="エックス",
            job_title="課長", email="s@x.example", mql_at="2026-10-02 00:00:00", sql_at="2026-10-04 00:00:00",
        ),
        lead("m", "crm", 90, "A2", stage="mql", mql_at="2026-10-02 00:00:00"),
        lead("lead", "crm", 99, "A1", stage="lead"),
        lead("won", "crm", 99, "A1", stage="won"),
        lead("optedout", "crm", 99, "A1", stage="mql", opted_out=True),
        lead("rival", "crm", 99, "A1", stage="mql", disqualified="competitor"),
        lead("talked", "crm", 99, "A1", stage="sql"),
        LABELS,
        BACKGROUND,
    ]  # fmt: skip


def read(report: Report) -> list[dict[str, str]]:
    content = (report.directory / report.files[0].name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    assert b"\r\n" in content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_everything_that_the_call_needs(home: Home) -> None:
    publish(home, *people())
    report = export(home, Request("handoff", "ja"))
    first, second = read(report)
    assert first == {
        "リードID": "s",
        "段階": "SQL",
        "グレード": "A1",
        "スコア": "30.3",
        "属性スコア": "10",
        "行動スコア": "20.3",
        "担当": "is-01",
        "会社名": "エックス",
        "氏名": "'=髙橋 花子",
        "役職": "課長",
        "メールアドレス": "s@x.example",
        "なぜこのリードか": "合計30点。",
        "満たした条件": "デモを申し込んだ",
        "最初のひとこと": "ありがとうございました。 どなたが？",
        "次に聞くこと": "どなたが？",
        "ヒアリング状況": "予算: 確認済み（来期計上）\n決裁権: 未確認",
        "点数の内訳": "資料 +20.3点（2回）\n料金ページ +15点（1回）\n学生 -5点（1回）",
        "見たページ": "トップ（2回、2026-10-06）\n'=料金（1回、2026-10-04）",
        "見た資料": "ホワイトペーパー（1回、2026-10-02）",
        "アンケート回答": "アンケート: 詳しい説明を希望（2026-10-03）",
        "まだ分からないこと": "業種が不明",
        "企業": "エックス株式会社",
        "社内の関係者": "課長クラス 2名（活動中 1名）\n役職不明 3名（活動中 0名）",
        "MQL日時": "2026-10-02 09:00",
        "SQL日時": "2026-10-04 09:00",
        "引き渡し日時": "2026-10-06 10:00",
        "最後の行動": "2026-10-06 00:30",
        "ルールの版": "v2",
    }
    # SQLs come first, however many points an MQL has; sales spoke with it in an earlier life only
    assert (second["リードID"], second["次に聞くこと"]) == ("m", "ご予算は？")
    assert report.plan.withheld == {
        "opted_out": ["optedout"],
        "disqualified": ["rival"],
        "with_sales": ["talked"],
    }


def test_the_same_in_english(home: Home) -> None:
    publish(home, *people())
    first = read(export(home, Request("handoff", "en")))[0]
    assert first["breakdown"] == "Deck +20.3 (2x)\nPricing +15 (1x)\nStudent -5 (1x)"
    assert first["buying_group"] == "Manager 2 (1 active)\nLevel unknown 3 (0 active)"
    assert first["hearing"] == "Budget: Confirmed (来期計上)\nAuthority: Not asked yet"
    assert first["opening"] == "Thank you. Who?"
    assert first["qualified_by"] == "Requested a demo"
    assert first["stage"] == "SQL"


def test_points_that_fade_bring_nobody_back(home: Home, monkeypatch) -> None:
    publish(home, *people())
    export(home, Request("handoff", "ja"))
    faded = [part if "dim_leads" not in part else dict(part) for part in people()]
    for part in faded:
        if "lead_scores" in part:
            part["lead_scores"] = [
                {**row, "total_score": row["total_score"] - 1} for row in part["lead_scores"]
            ]
    publish(home, *faded, run_id="20261105T000000Z")
    monkeypatch.setenv("LEADLOOP_NOW", "2026-11-06T00:00:00Z")
    report = export(home, Request("handoff", "ja"))
    assert (report.files, report.plan.unchanged) == ([], 2)
