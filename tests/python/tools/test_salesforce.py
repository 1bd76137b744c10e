"""Salesforce Sales Cloud: an organisation's export, connector tables and files of Data Loader, and an export whose ids meet."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from leadloop.errors import InputRejected
from leadloop.load.mapping_file import EXAMPLES, read_mapping
from leadloop.load.run import load
from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into
from tests.python.tools.tool_kit import balance, rows_in, write_export

AS_OF = "2026-10-31T15:00:00Z"
at = datetime.fromisoformat

# Lead A was converted to contact C1, lead E to a contact that nobody exported; lead b was merged into lead B, whose id
# differs by one capital; lead X was deleted. Ids have 15 characters here and 18 there, as reports and the API write them.
EXPORT = {
    "lead": """
        Id | IsDeleted | MasterRecordId | LastName | FirstName | Company | Email | LeadSource | ConvertedContactId | ConvertedOpportunityId | CreatedDate | LastModifiedDate
        00Q0000000000A1 | 0 | | 青木 | 一郎 | 青木商店 | aoki@example.jp | Webinar | 0030000000000C1 | 0060000000000D1 | 2026-04-01T00:30:00.000+0000 | 2026-05-01T00:00:00.000+0000
        00Q00000000000b | 1 | 00Q00000000000BEAQ | 馬場 | | ばば | baba@example.jp | | | | 2026-04-02T00:00:00.000Z |
        00Q00000000000B | 0 | | 馬場 | 花子 | ばば | baba@example.jp | 紹介 | | | 2026-04-03T00:00:00.000Z |
        00Q0000000000X1 | true | | 消田 | | | | | | | 2026-04-04T00:00:00.000Z |
        00Q0000000000E1 | false | | 遠藤 | 恵 | 遠藤工業 | endo@example.jp | Cold Call | 0030000000000C9 | | 2026-04-05 00:00:00 |
    """,
    "contact": """
        ID | ISDELETED | ACCOUNTID | LASTNAME | FIRSTNAME | EMAIL | TITLE | LEADSOURCE | CREATEDDATE
        0030000000000C1AAI | false | 0010000000000K1 | 青木 | 一郎 | aoki@example.jp | 部長 | | 2026-05-01T00:00:00.000Z
        0030000000000C2 | false | | 千葉 | 太郎 | chiba@example.jp | | Partner Referral | 2026/05/02 9:00
    """,
    "account": """
        取引先 ID | 取引先名 | Web サイト | 業種 | 従業員数
        0010000000000K1 | 株式会社青木商店 | https://www.aoki.example.jp/ | 製造業 | 300
    """,
    "opportunity": """
        Id | IsDeleted | AccountId | Name | Amount | StageName | IsClosed | IsWon | CloseDate | CreatedDate | LastModifiedDate
        0060000000000D1 | 0 | 0010000000000K1 | 青木商店 導入 | 1200000 | Closed Won | 1 | 1 | 2026-08-20 | 2026-05-01T00:00:00.000Z | 2026-08-20T05:00:00.000Z
        0060000000000D2 | 0 | | 遠藤工業 相談 | 500000 | 提案 | 0 | 0 | 2027-01-31 | 2026-06-01T00:00:00.000Z |
        0060000000000D3 | 1 | | 消した商談 | 900000 | Closed Won | 1 | 1 | 2026-07-01 | 2026-06-01T00:00:00.000Z |
        0060000000000D4 | 0 | | 人のいない商談 | 700000 | Closed Lost | 1 | 0 | 2026-07-01 | 2026-06-01T00:00:00.000Z |
        0060000000000D5 | 0 | | 知らない人の商談 | 300000 | Closed Won | 1 | 1 | 2026-07-02 | 2026-06-01T00:00:00.000Z |
    """,
    "opportunity_contact_role": """
        opportunity_id | contact_id | role | is_primary | created_date | is_deleted
        0060000000000D1 | 0030000000000C1 | 決裁者 | true | 2026-05-01 00:00:00 | false
        0060000000000D1 | 0030000000000C2 | | false | 2026-05-01 00:00:00 | false
        0060000000000D2 | 0030000000000C9 | | true | 2026-06-01 00:00:00 | false
        0060000000000D5 | 0030000000000Z9 | | true | 2026-06-01 00:00:00 | false
        0060000000000D2 | 0030000000000C1 | | false | 2026-06-01 00:00:00 | true
    """,
    "task": """
        id | who_id | what_id | subject | type | task_subtype | status | is_closed | call_disposition | activity_date | completed_date_time | created_date | owner_id | is_deleted
        00T0000000000T1 | 00Q0000000000A1 | | 電話した | | Call | Completed | true | Connected | 2026-05-09 00:00:00 | 2026-05-02 01:00:00 | 2026-05-01 01:00:00 | 0050000000000U1 | false
        00T0000000000T2 | 0030000000000C1 | | 電話した | Call | Task | Completed | true | | 2026-05-09 00:00:00 | | 2026-05-03 01:00:00 | 0050000000000U1 | false
        00T0000000000T3 | 0030000000000C1 | | 電話する | Call | Task | Not Started | false | | 2026-12-09 00:00:00 | | 2026-05-04 01:00:00 | 0050000000000U1 | false
        00T0000000000T4 | | 0060000000000D1 | 見積を送付 | | Email | Completed | true | | | 2026-05-05 01:00:00 | 2026-05-05 01:00:00 | 0050000000000U1 | false
        00T0000000000T5 | | 0010000000000K1 | 社内メモ | | Task | Completed | true | | | 2026-05-06 01:00:00 | 2026-05-06 01:00:00 | 0050000000000U1 | false
        00T0000000000T6 | 0030000000000C1 | | 消した電話 | | Call | Completed | true | | | 2026-05-07 01:00:00 | 2026-05-07 01:00:00 | 0050000000000U1 | true
        00T0000000000T7 | 0030000000000C2 | | 訪問した | 訪問 | Task | Completed | true | | 2026-05-08 00:00:00 | | | 0050000000000U1 | false
    """,
    "event": """
        Id | WhoId | WhatId | Subject | Type | StartDateTime | ActivityDate | CreatedDate | IsDeleted
        00U0000000000V1 | 00Q00000000000b | | 初回訪問 | Meeting | 2026-06-01T04:00:00.000Z | 2026-06-01 | 2026-05-20T00:00:00.000Z | 0
        00U0000000000V2 | 0030000000000C1 | | 来年の訪問 | Meeting | 2027-01-10T04:00:00.000Z | 2027-01-10 | 2026-05-21T00:00:00.000Z | 0
        00U0000000000V3 | 0030000000000C9 | | 電話会議 | Call | 2026-06-02T04:00:00.000Z | 2026-06-02 | 2026-05-22T00:00:00.000Z | 0
    """,
    "campaign": """
        Id | Name | Type | StartDate | EndDate | ActualCost | IsDeleted
        7010000000000W1 | 夏のウェビナー | Webinar | 2026-06-01 | 2026-06-30 | 100000 | 0
        7010000000000W2 | 夏のウェビナー | Webinar | 2026-07-01 | 2026-07-31 | 0 | 0
        7010000000000W3 | 夏のメール | Email | 2026-06-01 | 2026-06-30 | | 0
        7010000000000W4 | やめた展示会 | Trade Show | 2026-06-01 | 2026-06-30 | 800000 | 1
        7010000000000W5 | 夏の展示会 | Trade Show | 2026-08-01 | 2026-08-02 | 300000.5 | 0
    """,
    "campaign_member": """
        Id | CampaignId | LeadId | ContactId | Status | HasResponded | FirstRespondedDate | CreatedDate | IsDeleted
        00v0000000000M1 | 7010000000000W1 | 00Q0000000000A1 | 0030000000000C1 | Responded | 1 | 2026-06-10 | 2026-06-05T00:00:00.000Z | 0
        00v0000000000M2 | 7010000000000W2 | 00Q00000000000B | | Registered | 1 | | 2026-06-06T00:00:00.000Z | 0
        00v0000000000M3 | 7010000000000W3 | | 0030000000000C2 | Sent | 0 | | 2026-06-07T00:00:00.000Z | 0
        00v0000000000M4 | 7010000000000W3 | | | Sent | 0 | | 2026-06-08T00:00:00.000Z | 0
        00v0000000000M5 | 7010000000000W1 | | 0030000000000C2 | Responded | 1 | | 2026-06-09T00:00:00.000Z | 1
        00v0000000000M6 | 7010000000000W1 | | 0030000000000C2 | No Show | 0 | | 2026-06-09T00:00:00.000Z | 0
    """,
    "lead_history": """
        LeadId | Field | OldValue | NewValue | CreatedById | CreatedDate | IsDeleted
        00Q0000000000A1 | Status | New | MQL | 0050000000000U1 | 2026-04-10T00:00:00.000Z | 0
        00Q0000000000A1 | Owner | x | y | 0050000000000U1 | 2026-04-10T00:00:00.000Z | 0
        00Q00000000000B | Status | New | 謎の状況 | 0050000000000U1 | 2026-04-11T00:00:00.000Z | 0
        00Q0000000000A1 | Status | MQL | SQL | 0050000000000U1 | 2026-04-12T00:00:00.000Z | 1
    """,
    "opportunity_field_history": """
        OpportunityId | Field | OldValue | NewValue | CreatedById | CreatedDate
        0060000000000D1 | StageName | 提案 | Closed Won | 0050000000000U1 | 2026-08-20T05:00:00.000Z
        0060000000000D1 | Amount | 1 | 1200000 | 0050000000000U1 | 2026-08-20T05:00:00.000Z
    """,
    "user": """
        Id | Name
        0050000000000U1 | 佐藤 健
    """,
}

BABA = "salesforce:00Q00000000000BEAQ"
AOKI = "salesforce:0030000000000C1AAI"
CHIBA = "salesforce:0030000000000C2AAI"
ENDO = "salesforce:0030000000000C9AAI"


@pytest.fixture(scope="module")
def small(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("salesforce")
    home = Home(folder / "home")
    load_into(home, write_export(folder / "exports", **EXPORT), "salesforce")
    return builder(home, AS_OF, with_tests=True)


def test_every_row_is_counted_once(small: Built) -> None:
    assert balance(small) == {
        # A, b and E merged, X deleted
        "salesforce__lead": (5, 1, 0, 0, 3, 1),
        "salesforce__contact": (2, 2, 0, 0, 0, 0),
        "salesforce__account": (1, 1, 0, 0, 0, 0),
        # D3 was deleted
        "salesforce__opportunity": (5, 4, 0, 0, 0, 1),
        # Z9 is nobody we know, the last was deleted
        "salesforce__opportunity_contact_role": (5, 3, 1, 0, 0, 1),
        # T5 is with nobody, T6 was deleted
        "salesforce__task": (7, 5, 1, 0, 0, 1),
        "salesforce__event": (3, 3, 0, 0, 0, 0),
        # W4 was deleted
        "salesforce__campaign": (5, 4, 0, 0, 0, 1),
        # M4 is nobody, M5 was deleted
        "salesforce__campaign_member": (6, 4, 1, 0, 0, 1),
        # a status that no vocabulary knows, and a change that was deleted
        "salesforce__lead_history": (4, 2, 1, 0, 0, 1),
        "salesforce__opportunity_field_history": (2, 2, 0, 0, 0, 0),
        "salesforce__user": (1, 1, 0, 0, 0, 0),
    }


def test_what_is_refused_says_why(small: Built) -> None:
    found = small.rows('select "table", rule, "column" from marts.quarantine order by all')
    assert found == [
        ("salesforce__campaign_member", "required", "lead_id"),
        ("salesforce__lead_history", "unmapped_status", "to_status"),
        ("salesforce__opportunity_contact_role", "orphan_entity", "lead_id"),
        ("salesforce__task", "orphan_lead", "lead_id"),
    ]


def test_a_converted_lead_is_its_contact_since_it_came(small: Built) -> None:
    """Aoki came by a webinar a month before he became a contact; Endo's contact was not exported."""
    found = small.rows(
        "select lead_id, created_at, channel, employee_count from marts.dim_leads order by 1"
    )
    assert found == [
        (AOKI, at("2026-04-01 00:30"), "webinar", 300),
        (CHIBA, at("2026-05-02"), "partner", None),
        (ENDO, at("2026-04-05"), "outbound", None),
        (BABA, at("2026-04-03"), "referral", None),
    ]


def test_a_contact_is_of_its_account(small: Built) -> None:
    names = dict(small.rows("select lead_id, company_name from marts.dim_lead_contacts"))
    assert names == {AOKI: "株式会社青木商店", CHIBA: None, ENDO: "遠藤工業", BABA: "ばば"}
    domain = "select company_domain from marts.dim_lead_contacts where lead_id = ?"
    assert small.value(domain, AOKI) == "aoki.example.jp"


def test_activities_are_with_the_person_they_were_with(small: Built) -> None:
    found = small.rows(
        "select split_part(activity_id, ':', 3)[14:15], lead_id, activity_type, occurred_at "
        "from marts.fct_lead_events where activity_id like 'salesforce:%' order by 1"
    )
    assert found == [
        # first answered on 10 June, a day of the company's calendar
        ("M1", AOKI, "seminar_attend", at("2026-06-09 15:00")),
        ("M2", BABA, "seminar_register", at("2026-06-06")),
        ("M3", CHIBA, "other", at("2026-06-07")),
        ("M6", CHIBA, "other", at("2026-06-09")),
        # done on 2 May, whatever day it was due
        ("T1", AOKI, "call_connected", at("2026-05-02 01:00")),
        ("T2", AOKI, "call_attempt", at("2026-05-03 01:00")),
        ("T3", AOKI, "other", at("2026-05-04 01:00")),
        # with nobody but the opportunity
        ("T4", AOKI, "email_sent", at("2026-05-05 01:00")),
        # nothing but the day it was due is known: midnight in Tokyo
        ("T7", CHIBA, "meeting", at("2026-05-07 15:00")),
        ("V1", BABA, "meeting", at("2026-06-01 04:00")),
        # of next year: a plan, made on 21 May
        ("V2", AOKI, "other", at("2026-05-21")),
        ("V3", ENDO, "call_attempt", at("2026-06-02 04:00")),
    ]


def test_members_are_of_their_own_campaign_where_two_share_a_name(small: Built) -> None:
    found = small.rows(
        "select content_id, campaign, channel, count(*) from marts.fct_lead_events "
        "where activity_id like 'salesforce:member:%' group by all order by 1"
    )
    assert [(c[11:26], *rest) for c, *rest in found] == [
        ("7010000000000W1", "夏のウェビナー", "webinar", 2),
        ("7010000000000W2", "夏のウェビナー", "webinar", 1),
        ("7010000000000W3", "夏のメール", "email", 1),
    ]


def test_deals_are_with_their_primary_contact_else_with_the_lead_or_nobody(small: Built) -> None:
    """D1 closed on 20 August in Tokyo; D3 was deleted, D4 and D5 are with nobody we know."""
    found = small.rows(
        "select lead_id, deal_id, won_at from marts.fct_lead_journeys where deal_id is not null order by 1"
    )
    assert found == [
        (AOKI, "salesforce:0060000000000D1AAI", at("2026-08-19 15:00")),
        (ENDO, "salesforce:0060000000000D2AAI", None),
    ]
    booked = small.rows(
        "select sum(revenue_booked), sum(revenue_attributed) from marts.mart_roi_reconciliation where model = 'linear'"
    )
    assert booked == [(1200000 + 300000, 1200000)]


def test_what_campaigns_cost_is_shared_out_over_their_days(small: Built) -> None:
    """W2 cost nothing, W3 does not say, W4 was deleted."""
    found = small.rows(
        "select distinct channel, period, cost from marts.mart_channel_roi where cost > 0"
    )
    assert {(channel, period.isoformat(), float(cost)) for channel, period, cost in found} == {
        ("webinar", "2026-06-01", 100000.0),
        ("exhibition", "2026-08-01", 300000.5),
    }


WORKSHOP = "salesforce_datacloud_workshop"
CONNECTOR = "fivetran/dbt_salesforce"
LOADER = "salesforce_dataloader"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def real(shared_data: Path, builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An organisation's export, a connector's tables and Data Loader's opportunities in one home; ids of three organisations."""
    folder = tmp_path_factory.mktemp("real")
    files = folder / "exports"
    files.mkdir()
    for path in [
        *(shared_data / WORKSHOP).glob("*.csv"),
        *(shared_data / CONNECTOR).glob("*.csv"),
        shared_data / LOADER / "opportunityData.csv",
    ]:
        shutil.copyfile(path, files / path.name)
    _as_in_a_report(files / "Task.csv")
    home = Home(folder / "home")
    load_into(home, files, "salesforce")
    return builder(home, AS_OF)


def _as_in_a_report(path: Path) -> None:
    """The people of tasks by the 15 characters that reports show; leads and contacts keep their 18."""
    rows = _rows(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "WhoId": row["WhoId"][:15]} for row in rows)


def test_every_row_of_the_real_files_is_counted_once(real: Built, shared_data: Path) -> None:
    found = balance(real)
    assert found == {
        # 60 of the organisation, and the connector's one, which was converted
        "salesforce__lead": (61, 60, 0, 0, 1, 0),
        "salesforce__contact": (102 + 4, 106, 0, 0, 0, 0),
        "salesforce__account": (22 + 10, 32, 0, 0, 0, 0),
        # the ten of the connector are all deleted
        "salesforce__opportunity": (50 + 10 + 38, 88, 0, 0, 0, 10),
        # the connector's tasks and events are with people whom its other tables do not have
        "salesforce__task": (75 + 10, 75, 10, 0, 0, 0),
        "salesforce__event": (10, 0, 10, 0, 0, 0),
        "salesforce__campaign": (8, 8, 0, 0, 0, 0),
        "salesforce__campaign_member": (68, 68, 0, 0, 0, 0),
        "salesforce__user": (10, 10, 0, 0, 0, 0),
    }
    counted = rows_in(shared_data / WORKSHOP / "Lead.csv") + rows_in(
        shared_data / CONNECTOR / "sf_lead_data.csv"
    )
    assert counted == found["salesforce__lead"][0]
    assert real.rows('select distinct rule, "column" from marts.quarantine') == [
        ("orphan_lead", "lead_id")
    ]


def test_short_ids_find_the_people_of_long_ones(real: Built, shared_data: Path) -> None:
    """15 tasks are with leads, 60 with contacts: the three last characters were worked out for each."""
    tasks = real.rows(
        "select lead_id from marts.fct_lead_events where activity_id like 'salesforce:task:%'"
    )
    assert Counter(lead[len("salesforce:") :][:3] for (lead,) in tasks) == {"00Q": 15, "003": 60}
    wanted = Counter(
        f"salesforce:{row['WhoId']}" for row in _rows(shared_data / WORKSHOP / "Task.csv")
    )
    assert Counter(lead for (lead,) in tasks) == wanted


def test_members_are_not_multiplied_by_campaigns_of_one_name(real: Built) -> None:
    """'Home Loan Special - July 2023' is two campaigns. Judith Diaz was sent the credit card one, and did not respond."""
    members = "from marts.fct_lead_events where activity_id like 'salesforce:member:%'"
    assert real.value(f"select count(*) {members}") == 68
    assert real.value(f"select count(distinct content_id) {members}") == 8
    diaz = "select activity_type, campaign, channel, occurred_at "
    assert real.rows(f"{diaz} {members} and lead_id = 'salesforce:00QEc00000BBafDMAT'")[0] == (
        "other",
        "Credit Card Rewards - June 2023",
        "social media",
        at("2024-01-23 02:46:47"),
    )


def test_people_of_the_real_files(real: Built, shared_data: Path) -> None:
    """Brock is of an account; Lee's company is written as the account's id; the converted lead is its contact."""
    people = {
        row[0]: row[1:]
        for row in real.rows(
            "select lead_id, full_name, company_name, company_domain from marts.dim_lead_contacts"
        )
    }
    assert len(people) == 60 + 102 + 4 + 1
    assert people["salesforce:003Ec00000Cz30UIAR"] == (
        "Brock Ashley",
        "Walker Henson and Compton",
        "walkerhensonandcompton.com",
    )
    accounts = {row["Id"]: row["Name"] for row in _rows(shared_data / WORKSHOP / "Account.csv")}
    assert people["salesforce:00QEc00000BBaeXMAT"][1] == accounts["001Ec00000GINb1IAH"]
    assert people["salesforce:0031G00001QtDPlQAN"][0] == "Croc H"
    channels = dict(
        real.rows(
            "select channel, count(*) from marts.dim_leads where lead_id like '%:00Q%' group by 1"
        )
    )
    assert channels == {"outbound": 25, "referral": 22, "online form": 13}


def test_twelve_and_eight_deals_are_won(real: Built, shared_data: Path) -> None:
    """The connector's ten are deleted. Amounts stand in no currency and count as they are."""
    workshop = [r for r in _rows(shared_data / WORKSHOP / "Opportunity.csv") if r["IsWon"] == "1"]
    loader = [
        r for r in _rows(shared_data / LOADER / "opportunityData.csv") if r["ISWON"] == "true"
    ]
    assert (len(workshop), len(loader)) == (12, 8)
    won = sum(float(r["Amount"]) for r in workshop) + sum(float(r["AMOUNT"]) for r in loader)
    booked = real.value(
        "select sum(revenue_booked) from marts.mart_roi_reconciliation where model = 'linear'"
    )
    assert float(booked) == pytest.approx(won, abs=0.01)


def test_data_loader_writes_in_the_encoding_of_its_machine(
    shared_data: Path, tmp_path: Path
) -> None:
    """This one was western: it is refused as it could be read as Japanese, and read whole once its encoding is said."""
    folder = shared_data / LOADER
    with pytest.raises(InputRejected) as refused:
        load(read_mapping("salesforce"), folder, Home(tmp_path / "guessed"))
    assert refused.value.place.rule == "encoding_unclear"

    own = (EXAMPLES / "salesforce.yml").read_text("utf-8")
    account = re.search(r"salesforce__account:\n    - file: .*\n", own)
    assert account
    said = tmp_path / "own.yml"
    said.write_text(own.replace(account[0], f"{account[0]}      encoding: cp1252\n"), "utf-8")
    home = Home(tmp_path / "said")
    report = load(read_mapping(said), folder, home)
    assert {(f.table, f.rows_loaded, f.encoding) for f in report.files} == {
        ("salesforce__account", 423, "cp1252"),
        ("salesforce__opportunity", 38, "utf-8"),
    }
    files = f"read_parquet('{home.raw}/salesforce__account/*.parquet')"
    names = duckdb.sql(f"select name from {files} where name like 'Cr%dito%'").fetchall()
    assert names == [("Crédito Inmobiliario Terras",)]
