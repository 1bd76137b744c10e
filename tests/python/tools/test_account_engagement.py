"""Account Engagement (Pardot): the connector's real files, and an export whose ids meet."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into
from tests.python.tools.tool_kit import balance, write_export

AS_OF = "2026-10-31T15:00:00Z"
at = datetime.fromisoformat

# Chiba (2) was deleted, nobody may mail Doi (3). Browser 71 is Baba's, browser 72 nobody's.
EXPORT = {
    "prospect": """
        id | email | first_name | last_name | company | website | employees | source | campaign_id | opted_out | is_do_not_email | crm_lead_fid | created_at | updated_at | _fivetran_deleted
        1 | Baba@Example.jp | 花子 | 馬場 | 株式会社ばば | www.baba.example.jp | 120 | 紹介 | 501 | 0 | 0 | 00Q0000000000A1 | 2026-05-01 00:00:00 UTC | 2026-06-01 00:00:00 UTC | false
        2 | chiba@example.jp | 太郎 | 千葉 | | | | | | | | | 2026-05-02 00:00:00 UTC | | true
        3 | doi@example.jp | | 土井 | | | 51-200 | | | 0 | 1 | | 2026-05-03 00:00:00.123 UTC | | false
    """,
    # the names of the API's fifth version
    "visitor_activities": """
        id | prospectId | visitorId | type | typeName | details | campaignId | formId | formHandlerId | fileId | listEmailId | visitId | createdAt
        901 | 1 | 71 | 4 | Form Handler | 資料請求 | 501 | | 31 | | | | 2026-05-10T01:10:00+09:00
        902 | | 71 | 11 | Email | 5月号 | 502 | | | | 41 | | 2026-05-11T00:00:00Z
        903 | 3 | | 3 | Form | 問い合わせ | | 32 | | | | | 2026-05-12T00:00:00Z
        904 | 3 | | 99 | Hologram | | | | | | | | 2026-05-13T00:00:00Z
        905 | 1 | 71 | 20 | Visit | | | | | | | 81 | 2026-05-10T00:59:59Z
        906 | 3 | | 1 | File | 導入事例集 | | | | 51 | | | 2026-05-14T00:00:00Z
        907 | 3 | | 25 | Webinar | 夏のウェビナー | | | | | | | 2026-05-15T00:00:00Z
        908 | 2 | | 6 | Email | 5月号 | | | | | 41 | | 2026-05-16T00:00:00Z
        909 | | 72 | 1 | Email | 5月号 | | | | | 41 | | 2026-05-17T00:00:00Z
        910 | 3 | | 4 | Form | | | | | | | | 2026-05-18T00:00:00Z
    """,
    "visit": """
        id | prospect_id | visitor_id | source_parameter | campaign_parameter | first_visitor_page_view_at | created_at
        81 | | 71 | newsletter | may | 2026-05-10 01:00:00 UTC | 2026-05-10 01:00:01 UTC
        82 | 3 | 73 | | | | 2026-05-19 01:00:00 UTC
    """,
    "visitor": """
        id | prospect_id
        71 | 1
        72 |
    """,
    "opportunity": """
        id | name | value | stage | status | created_at | updated_at | closed_at | _fivetran_deleted
        601 | ばば 導入 | 800000.0 | 6 - Won | Won | 2026-06-01 00:00:00 UTC | 2026-07-01 00:00:00 UTC | 2026-07-01 00:00:00 UTC | false
        602 | 見込み | 100000.0 | Prospecting | Open | 2026-06-02 00:00:00 UTC | | 2027-01-01 00:00:00 UTC | false
        603 | 消した | 900000.0 | Won | Won | 2026-06-03 00:00:00 UTC | | 2026-07-01 00:00:00 UTC | true
    """,
    "opportunity_prospect": """
        opportunity_id | prospect_id | updated_at
        601 | 1 | 2026-06-01 00:00:00 UTC
        601 | 3 | 2026-06-01 00:00:00 UTC
        602 | 99 | 2026-06-02 00:00:00 UTC
    """,
    "lifecycle_stage": """
        id | name
        11 | MQL
        12 | 謎のステージ
    """,
    "lifecycle_history": """
        id | prospect_id | previous_stage_id | next_stage_id | created_at
        1 | 1 | 10 | 11 | 2026-05-20 00:00:00 UTC
        2 | 3 | 11 | 12 | 2026-05-21 00:00:00 UTC
        3 | 3 | 12 | 13 | 2026-05-22 00:00:00 UTC
    """,
    "campaign": """
        id | name | cost | created_at
        501 | 春の資料請求 | 50000 | 2026-04-30T16:00:00Z
        502 | メールマガジン | |
        503 | いつのものか分からない | 70000 |
    """,
}

BABA, DOI = "account_engagement:1", "account_engagement:3"


@pytest.fixture(scope="module")
def small(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("account_engagement")
    home = Home(folder / "home")
    load_into(home, write_export(folder / "exports", **EXPORT), "account_engagement")
    return builder(home, AS_OF, with_tests=True)


def test_every_row_is_counted_once(small: Built) -> None:
    assert balance(small) == {
        "account_engagement__prospect": (3, 2, 0, 0, 0, 1),
        # 904 and 910 nobody knows, 909 is nobody's; 905 is visit 81 once more; 908 was sent to Chiba
        "account_engagement__visitor_activity": (10, 5, 3, 1, 0, 1),
        "account_engagement__visit": (2, 2, 0, 0, 0, 0),
        "account_engagement__visitor": (2, 2, 0, 0, 0, 0),
        # 603 was deleted
        "account_engagement__opportunity": (3, 2, 0, 0, 0, 1),
        "account_engagement__opportunity_prospect": (3, 2, 1, 0, 0, 0),
        # a name that no vocabulary knows, and a stage without a name
        "account_engagement__lifecycle_history": (3, 1, 2, 0, 0, 0),
        "account_engagement__lifecycle_stage": (2, 2, 0, 0, 0, 0),
        # a cost without a day
        "account_engagement__campaign": (3, 2, 1, 0, 0, 0),
    }


def test_an_activity_that_nobody_knows_waits_with_its_reason(small: Built) -> None:
    found = small.rows(
        'select rule, "column", line from marts.quarantine '
        "where \"table\" = 'account_engagement__visitor_activity' order by line"
    )
    assert found == [
        ("unknown_activity", "activity_type", 5),  # 904: type 99
        ("orphan_lead", "lead_id", 10),  # 909: browser 72
        ("unknown_activity", "activity_type", 11),  # 910: a form was sent, but none is named
    ]


def test_activities_are_what_type_name_and_target_say(small: Built) -> None:
    found = small.rows(
        "select split_part(activity_id, ':', 2) || split_part(activity_id, ':', 3), lead_id, activity_type, occurred_at, campaign "
        "from marts.fct_lead_events where activity_id like 'account_engagement:%' order by 1"
    )
    assert found == [
        ("activity901", BABA, "form_submit", at("2026-05-09 16:10"), "春の資料請求"),
        # by the browser
        ("activity902", BABA, "email_open", at("2026-05-11"), "メールマガジン"),
        ("activity903", DOI, "form_error", at("2026-05-12"), None),
        ("activity906", DOI, "doc_download", at("2026-05-14"), None),
        ("activity907", DOI, "seminar_register", at("2026-05-15"), None),
        ("visit81", BABA, "page_view", at("2026-05-10 01:00"), "may"),
        ("visit82", DOI, "page_view", at("2026-05-19 01:00"), None),
    ]


def test_prospects(small: Built) -> None:
    found = small.rows(
        "select lead_id, channel, campaign, employee_count, is_opted_out, created_at from marts.dim_leads order by 1"
    )
    assert found == [
        (BABA, "referral", "春の資料請求", 120, False, at("2026-05-01")),
        (DOI, "unknown", None, None, True, at("2026-05-03 00:00:00.123000")),
    ]


def test_a_deal_is_its_first_prospects_and_closed_where_it_says_so(small: Built) -> None:
    found = small.rows(
        "select lead_id, deal_id, won_at from marts.fct_lead_journeys where deal_id is not null order by 1"
    )
    assert found == [(BABA, "account_engagement:601", at("2026-07-01"))]
    booked = "select sum(revenue_booked) from marts.mart_roi_reconciliation where model = 'linear'"
    assert small.value(booked) == 800000


def test_a_cost_falls_on_the_day_the_campaign_was_made(small: Built) -> None:
    """30 April, 16:00 in UTC, is 1 May in Tokyo."""
    found = small.rows("select distinct period, cost from marts.mart_channel_roi where cost > 0")
    assert [(period.isoformat(), float(cost)) for period, cost in found] == [("2026-05-01", 50000)]


@pytest.fixture(scope="module")
def real(shared_data: Path, builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    home = Home(tmp_path_factory.mktemp("pardot") / "home")
    load_into(home, shared_data / "fivetran" / "dbt_pardot", "account_engagement")
    return builder(home, AS_OF)


def test_the_real_files(real: Built) -> None:
    """A hundred rows a table, of which none shares a prospect with another; 78 prospects are deleted, no campaign says a cost."""
    assert balance(real) == {
        "account_engagement__prospect": (100, 22, 0, 0, 0, 78),
        "account_engagement__visitor_activity": (100, 0, 100, 0, 0, 0),
        "account_engagement__visitor": (100, 100, 0, 0, 0, 0),
        "account_engagement__opportunity": (100, 100, 0, 0, 0, 0),
        "account_engagement__opportunity_prospect": (100, 0, 100, 0, 0, 0),
        "account_engagement__campaign": (100, 100, 0, 0, 0, 0),
    }
    rules = real.rows(
        'select "table", rule, count(*) from marts.quarantine group by all order by 1'
    )
    assert rules == [
        # links of four opportunities that are here, all to prospects that are not
        ("account_engagement__opportunity_prospect", "orphan_entity", 100),
        # every type is known; their prospects are not here
        ("account_engagement__visitor_activity", "orphan_lead", 100),
    ]


def test_what_is_booked_of_the_real_files(real: Built, shared_data: Path) -> None:
    """99 of the hundred opportunities are won, by the status and not by the words of the stage."""
    path = shared_data / "fivetran" / "dbt_pardot" / "pardot_opportunity_data.csv"
    with path.open(encoding="utf-8", newline="") as file:
        won = [Decimal(row["value"]) for row in csv.DictReader(file) if row["status"] == "Won"]
    assert len(won) == 99
    assert real.value(
        "select sum(revenue_booked) from marts.mart_roi_reconciliation where model = 'linear'"
    ) == sum(won)
