"""Marketo: real connector tables, and a small bulk extract whose ids meet. Figures are worked out here from the files.

One build for both, because a build takes half a minute.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into

# No number of a type is one that Marketo uses: names alone may decide.
TYPES = {
    9001: "Open Email",
    9002: "Click Email",
    9003: "Change Data Value",
    9004: "Merge Leads",
    9005: "Delete Lead",
    9006: "Change Status in Progression",
    9007: "Fill Out Form",
    9008: "Send Email",
    9009: "Juggle Balls",
    9010: "Change Revenue Stage",
}
# guid, lead, instant, type, campaign, primary id, primary value, attributes
ACTIVITIES = [
    ("g1", 1, "2026-09-01T00:00:00Z", 9008, 500, 30, "秋のメール", {"Action Result": "succeeded"}),
    ("g2", 1, "2026-09-01T01:00:00Z", 9001, 500, 30, "秋のメール", {"User Agent": "Mozilla/5.0"}),
    (
        "g3",
        1,
        "2026-09-01T02:00:00Z",
        9002,
        500,
        30,
        "秋のメール",
        {"Link": "https://example.jp/pricing", "User Agent": "Barracuda Sentinel (EE)"},
    ),
    # 5 is in no file of leads: it went into 1
    ("g4", 5, "2026-09-02T00:00:00Z", 9007, "", 40, "資料請求フォーム", {}),
    (
        "g5",
        1,
        "2026-09-03T00:00:00Z",
        9003,
        "",
        982,
        "Lead Status",
        {"New Value": "MQL", "Old Value": "リード", "Reason": "点数"},
    ),
    ("g6", 1, "2026-09-03T00:00:01Z", 9003, "", 12, "Phone", {"New Value": "03-0000-0000"}),
    ("g7", 1, "2026-09-05T00:00:00Z", 9004, "", 1, "", {"Merge IDs": "[2,5]"}),
    ("g8", 4, "2026-09-06T00:00:00Z", 9005, "", 4, "", {}),
    ("g9", 3, "2026-09-10T00:00:00Z", 9006, "", 700, "", {"New Status": "Attended"}),
    ("g10", 3, "2026-09-11T00:00:00Z", 9009, "", 1, "", {}),
    ("g11", 3, "2026-09-12T00:00:00Z", 9008, 500, 30, "秋のメール", {"Action Result": "skipped"}),
    ("g12", 3, "2026-09-13T00:00:00Z", 9010, "", 7, "", {"New Stage": "SQL", "Old Stage": "MQL"}),
    ("g13", 99, "2026-09-14T00:00:00Z", 9001, 500, 30, "秋のメール", {}),
    ("g14", 3, "2026-09-15T00:00:00Z", 8888, "", 1, "", {}),
]
FILES = {
    "leads.csv": (
        "id,email,firstName,lastName,company,title,numberOfEmployees,leadSource,acquisitionProgramId,"
        "createdAt,updatedAt,unsubscribed,sfdcLeadId\n"
        "1,taro@example.co.jp,太郎,山田,甲株式会社,部長,1200,webinar,700,2026-08-01T00:00:00Z,2026-08-02T00:00:00Z,false,00Q5g00000AbCdEEAV\n"
        # read after it was merged
        "2,taro@example.com,太郎,山田,,,,,,2026-08-01T00:00:00Z,2026-09-20T00:00:00Z,false,\n"
        "3,hanako@example.jp,花子,佐藤,乙株式会社,,,,,2026-08-01T00:00:00Z,2026-08-01T00:00:00Z,true,\n"
        "4,gone@example.jp,,,,,,,,2026-08-01T00:00:00Z,2026-08-01T00:00:00Z,false,\n"
    ),
    "campaign.csv": "id,name,programId\n500,送信,701\n",
    "program.csv": "id,name,channel\n700,秋のウェビナー,Webinar\n701,秋のメルマガ,Mystery\n",
    "program_membership.csv": (
        "leadId,programId,statusName,reachedSuccess,membershipDate\n"
        "3,700,Attended,true,2026-08-30T00:00:00Z\n"
        "1,700,Registered,false,2026-08-30T00:00:00Z\n"
    ),
    "program_cost.csv": (
        "programId,startDate,cost,note\n700,2026-09-01,100000,会場\n700,2026-09-01,20000,講師\n"
        "701,2026-09-01,5000,\n"
    ),
    "opportunity.csv": (
        "externalOpportunityId,name,amount,stage,isClosed,isWon,externalCreatedDate,closeDate\n"
        "o1,大きな案件,1500000,Closed Won,true,true,2026-09-20T00:00:00Z,2026-10-01\n"
        "o2,開いた案件,300000,Proposal,false,false,2026-09-21T00:00:00Z,2026-12-31\n"
    ),
    "opportunity_role.csv": (
        "externalOpportunityId,leadId,role,isPrimary\no1,3,evaluator,false\no1,5,decision maker,true\no2,3,,\n"
    ),
}
# Tables of one type, in the real files.
EVENTS = (
    "open_email",
    "click_email",
    "email_bounced",
    "email_delivered",
    "send_email",
    "unsubscribe_email",
)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write_bulk(folder: Path) -> Path:
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    with (folder / "activities_2026-09.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "marketoGUID",
                "leadId",
                "activityDate",
                "activityTypeId",
                "campaignId",
                "primaryAttributeValueId",
                "primaryAttributeValue",
                "attributes",
            ]
        )
        for *plain, attributes in ACTIVITIES:
            writer.writerow([*plain, json.dumps(attributes, ensure_ascii=False)])
    with (folder / "activity_type.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "name"), *TYPES.items()])
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Built:
    root = tmp_path_factory.mktemp("marketo")
    home = Home(root / "home")
    load_into(home, _write_bulk(root / "bulk"), "marketo")
    try:
        shared = request.getfixturevalue("shared_data")
    except pytest.skip.Exception:
        shared = None
    if shared:
        load_into(home, shared / "fivetran" / "dbt_marketo", "marketo", source="real")
    return Builder(root)(home)


def _balance(built: Built, source: str) -> dict[str, tuple[int, ...]]:
    rows = built.rows(
        'select "table", read, loaded, quarantined, duplicates, merged, suppressed '
        "from marts.mart_row_balance where source = ?",
        source,
    )
    for table, read, *parts in rows:
        assert read == sum(parts), table
    return {table: tuple(counts) for table, *counts in rows}


def _events(built: Built, lead: int) -> list[tuple]:
    return built.rows(
        "select activity_type, channel, campaign from marts.fct_lead_events "
        "where lead_id = ? order by occurred_at",
        f"marketo:{lead}",
    )


def test_every_row_of_the_extract_is_accounted_for(built: Built) -> None:
    balance = _balance(built, "marketo")
    # 1 and 3 stay, 2 was merged however late its row was read, of 4 the deletion is newer than its row
    assert balance["marketo__lead"] == (4, 2, 0, 1, 1, 0)
    # seven events, two changes of status, two rows that say nothing; a stranger; the merge of 2 is older than the row of 2;
    # the deletion of 4
    assert balance["marketo__activity"] == (14, 11, 1, 1, 0, 1)
    # that 3 attended is also a step in the program
    assert balance["marketo__program_membership"] == (2, 1, 0, 1, 0, 0)
    assert balance["marketo__program_cost"] == (3, 3, 0, 0, 0, 0)
    assert balance["marketo__opportunity"] == (2, 2, 0, 0, 0, 0)
    assert balance["marketo__opportunity_role"] == (3, 3, 0, 0, 0, 0)
    assert balance["marketo__activity_type"][:2] == (10, 10)
    assert balance["marketo__program"][:2] == (2, 2)
    assert balance["marketo__campaign"][:2] == (1, 1)
    refused = built.rows('select "table", rule from marts.quarantine where source = ?', "marketo")
    assert refused == [("marketo__activity", "orphan_lead")]


def test_types_decide_by_their_name(built: Built) -> None:
    assert _events(built, 1) == [
        ("seminar_register", "webinar", "秋のウェビナー"),
        # the campaign is the program of the smart campaign; nobody mapped the channel Mystery
        ("email_sent", None, "秋のメルマガ"),
        ("email_open", None, "秋のメルマガ"),
        ("email_click", None, "秋のメルマガ"),
        # of 5, which went into 1
        ("form_submit", None, None),
    ]
    assert _events(built, 3) == [
        ("seminar_attend", "webinar", "秋のウェビナー"),
        # a type without a row, and one without a name
        ("other", None, None),
        ("other", None, None),
    ]


def test_a_scanner_is_no_reader(built: Built) -> None:
    excluded = built.rows(
        "select activity_type, excluded_by from marts.fct_lead_events "
        "where lead_id = 'marketo:1' and excluded_by is not null"
    )
    # its user agent names Barracuda
    assert excluded == [("email_click", "bot_click")]


def test_statuses_are_those_that_changed(built: Built) -> None:
    entries = built.rows(
        "select lead_id, stage from marts.fct_stage_entries "
        "where lead_id in ('marketo:1', 'marketo:3') and stage in ('mql', 'sql') order by all"
    )
    assert ("marketo:1", "mql") in entries
    assert ("marketo:3", "sql") in entries


def test_costs_go_to_the_channel_of_the_program(built: Built) -> None:
    costs = built.rows(
        "select distinct channel, cost from marts.mart_channel_roi "
        "where period = date '2026-09-01' and cost is not null order by channel"
    )
    # 100,000 + 20,000; a channel without a row in the vocabulary stays visible
    assert costs == [("mystery", Decimal(5000)), ("webinar", Decimal(120000))]


def test_a_deal_belongs_to_who_speaks_for_it(built: Built) -> None:
    # the primary role of o1 is 5, which went into 1; of o2 there is only 3
    deals = built.rows(
        "select distinct deal_id, lead_id from marts.fct_touchpoints where deal_id like 'marketo:%' order by all"
    )
    assert ("marketo:o1", "marketo:1") in deals


def test_a_person_is_read_with_its_company(built: Built) -> None:
    person = built.rows(
        "select full_name, company_name, email from marts.dim_lead_contacts where lead_id = 'marketo:1'"
    )
    assert person == [("山田 太郎", "甲株式会社", "taro@example.co.jp")]
    lead = built.rows(
        "select channel, campaign, employee_count from marts.dim_leads where lead_id = 'marketo:1'"
    )
    assert lead == [("webinar", "秋のウェビナー", 1200)]


def _expected(folder: Path) -> dict[str, Counter[str]]:
    """What becomes of each real row: worked out from the files lead by lead, by table and status."""
    people = {r["id"]: r["updated_at"] for r in _read(folder / "marketo_lead_data.csv")}
    merges = _read(folder / "marketo_activity_merge_leads_data.csv")
    deletes = _read(folder / "marketo_activity_delete_lead_data.csv")
    # the rows of each lead: (instant, table); one activity may merge several, and is counted once
    rows = [(lead, at, "lead") for lead, at in people.items()]
    into: dict[str, tuple[str, str]] = {}
    nobody = [row for row in merges if not row["merge_ids"].strip("[]")]
    for row in merges:
        if row in nobody:
            continue
        losers = row["merge_ids"].strip("[]").replace(" ", "").split(",")
        rows.append((losers[0], row["activity_date"], "activity"))
        rows += [(loser, row["activity_date"], "") for loser in losers[1:]]
        for loser in losers:
            into[loser] = max(into.get(loser, ("", "")), (row["activity_date"], row["lead_id"]))
    rows += [(row["lead_id"], row["activity_date"], "activity") for row in deletes]
    known = {lead for lead, _, _ in rows}
    deleted = {row["lead_id"] for row in deletes} - set(into)

    def status(lead: str) -> str:
        if lead not in known:
            return "quarantined"
        end, hops = lead, 0
        while end in into and hops < 40:
            end, hops = into[end][1], hops + 1
        if end not in known or end in into:
            return "quarantined"
        if end in deleted:
            return "suppressed" if lead == end else "merged"
        return "loaded" if lead == end else "merged"

    def survives(lead: str) -> str:
        while lead in into:
            lead = into[lead][1]
        return "suppressed" if lead in deleted else "loaded"

    found = {"lead": Counter[str](), "activity": Counter[str]()}
    for lead in known:
        mine = sorted([(at, table) for who, at, table in rows if who == lead], reverse=True)
        for place, (_, table) in enumerate(mine):
            if table:
                found[table]["duplicates" if place else status(lead)] += 1
    found["activity"]["quarantined"] += len(nobody)
    for name in EVENTS:
        for row in _read(folder / f"marketo_activity_{name}_data.csv"):
            lead = row["lead_id"]
            if row.get("action_result") == "skipped":
                found["activity"]["loaded"] += 1  # a mail that was not sent says nothing
            elif status(lead) == "quarantined":
                found["activity"]["quarantined"] += 1
            else:
                found["activity"][survives(lead)] += 1
    for _ in _read(folder / "marketo_activity_change_data_value_data.csv"):
        found["activity"]["loaded"] += 1  # no field of them is a status
    return found


def test_every_real_row_is_accounted_for(built: Built, shared_data: Path) -> None:
    # hardly a lead of these files is in another one: most rows wait for theirs
    folder = shared_data / "fivetran" / "dbt_marketo"
    fields = {
        row["primary_attribute_value"]
        for row in _read(folder / "marketo_activity_change_data_value_data.csv")
    }
    assert not {"Lead Status", "Person Status", "leadStatus"} & fields
    expected = _expected(folder)
    balance = _balance(built, "real")
    names = ("loaded", "quarantined", "duplicates", "merged", "suppressed")
    for table in ("lead", "activity"):
        counts = [expected[table][name] for name in names]
        assert balance[f"marketo__{table}"] == (sum(counts), *counts), table
    assert balance["marketo__program"][:2] == (100, 100)
    assert balance["marketo__campaign"][:2] == (100, 100)
