"""What the shipped vocabulary makes of real words: the first pattern by priority wins."""

from __future__ import annotations

import csv

import pytest

from leadloop.agreement.cells import normal
from leadloop.demo.vocabulary import INDUSTRIES, TITLES

from .seed_folder import SHIPPED


def read(name: str) -> list[dict[str, str]]:
    with (SHIPPED / "vocabulary" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def level_of(title: str) -> str | None:
    fitting = [row for row in read("job_titles") if row["pattern"] in normal(title)]
    return min(fitting, key=lambda row: int(row["priority"]))["job_level"] if fitting else None


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("代表取締役社長", "executive"),
        ("取締役 営業本部長", "executive"),
        ("副社長", "executive"),
        ("CEO", "executive"),
        ("執行役員CTO", "executive"),
        ("Vice President of Sales", "executive"),
        ("関西支社長", "director"),
        ("営業本部長", "director"),
        ("事業部長", "director"),
        ("副部長", "director"),
        ("部長代理", "director"),
        ("General Manager", "director"),
        ("Sales Director", "director"),
        ("次長", "manager"),
        ("営業部 課長", "manager"),
        ("課長代理", "manager"),
        ("マーケティングマネージャー", "manager"),
        ("ﾏﾈｰｼﾞｬｰ", "manager"),
        ("Factory Manager", "manager"),
        ("社長秘書", "staff"),
        ("経理事務", "staff"),
        ("プロダクトオーナー", "staff"),
        ("Webディレクター", "staff"),
        ("学生支援課", "staff"),
        ("Project Coordinator", "staff"),
        ("International Sales", "staff"),
        ("主任", "staff"),
        ("大学生", "student"),
        ("インターン", "student"),
        ("エバンジェリスト", None),
    ],
)
def test_titles(title: str, level: str | None) -> None:
    assert level_of(title) == level


def test_the_demo_company_means_what_the_vocabulary_says() -> None:
    assert {t.text: level_of(t.text) or "" for t in TITLES} == {t.text: t.level for t in TITLES}


def test_the_demo_companys_industries_have_a_code() -> None:
    known = {row["source_word"] for row in read("industries")}
    assert {w.label for w in INDUSTRIES if w.label and normal(w.label) not in known} == {"宇宙開発"}


# what each tool ships with, as its guide or its default values call it
STAGE_WORDS = {
    "the article": {
        "リード": "lead", "MQL": "mql", "SQL": "sql", "商談": "opportunity", "受注": "won", "失注": "lost",
        "差し戻し": "returned",
    },
    "HubSpot lifecycle": {
        "subscriber": "lead", "lead": "lead", "marketingqualifiedlead": "mql",
        "salesqualifiedlead": "sql", "opportunity": "opportunity", "customer": "won",
        "evangelist": "won", "other": "lead",
    },
    "HubSpot deals": {
        "appointmentscheduled": "opportunity", "qualifiedtobuy": "opportunity",
        "presentationscheduled": "opportunity", "decisionmakerboughtin": "opportunity",
        "contractsent": "opportunity", "closedwon": "won", "closedlost": "lost",
    },
    "Account Engagement lifecycle": {
        "Visitor": "lead", "Prospect": "lead", "MQL": "mql", "SQL": "sql", "Won": "won",
    },
    "Marketo revenue cycle": {
        "Anonymous": "lead", "Known": "lead", "Engaged": "lead", "Prospect": "lead",
        "Opportunity": "opportunity", "Customer": "won", "Recycled": "returned",
        "Disqualified": "returned", "Lost": "lost",
    },
    "Salesforce lead status": {
        "Open - Not Contacted": "lead", "Working - Contacted": "lead", "New": "lead",
        "Working": "lead", "Nurturing": "returned", "Qualified": "sql", "Unqualified": "returned",
        "Closed - Converted": "opportunity", "Closed - Not Converted": "returned",
    },
    "Salesforce opportunity stage": {
        "Prospecting": "opportunity", "Qualification": "opportunity",
        "Needs Analysis": "opportunity", "Value Proposition": "opportunity",
        "Id. Decision Makers": "opportunity", "Perception Analysis": "opportunity",
        "Proposal/Price Quote": "opportunity", "Negotiation/Review": "opportunity",
        "Closed Won": "won", "Closed Lost": "lost",
    },
    "BowNow status": {
        "未設定": "lead", "潜在": "lead", "準顕在": "lead", "顕在化": "mql", "アポ見込み": "mql",
        "アポ獲得": "sql", "訪問済": "sql", "案件化": "opportunity", "受注": "won", "失注": "lost",
        "対象外": "returned", "保留": "returned",
    },
}  # fmt: skip


@pytest.mark.parametrize("tool", STAGE_WORDS)
def test_the_stage_words_of_every_tool_are_known(tool: str) -> None:
    stages = {row["source_status"]: row["stage"] for row in read("lead_statuses")}
    assert {word: stages.get(normal(word)) for word in STAGE_WORDS[tool]} == STAGE_WORDS[tool]
