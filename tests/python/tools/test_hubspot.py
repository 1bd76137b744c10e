"""HubSpot: the connector's real files, and an export whose ids meet, so that every join has rows."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into
from tests.python.tools.tool_kit import balance, rows_in, write_export

# Aoki was merged into Baba, Chiba is deleted. Baba got two mails and was called; nobody knows 999.
EXPORT = {
    "contact": """
        id | property_email | property_firstname | property_lastname | property_company | property_website | property_jobtitle | property_createdate | property_lastmodifieddate | property_hs_analytics_source | _fivetran_deleted
        101 | Baba@Example.jp | 花子 | 馬場 | 株式会社ばば | https://www.baba.example.jp/about | 部長 | 2026-01-05 01:00:00 | 2026-02-01 00:00:00 | EMAIL_MARKETING | FALSE
        102 | chiba@example.jp | 太郎 | 千葉 | | | | 2026-01-06 6:00:00 | | ORGANIC_SEARCH | TRUE
        103 | doi@example.jp | | 土井 | | | | 2026-01-07T06:00:00Z | | | FALSE
    """,
    "contact_merge_audit": """
        canonical_vid | vid_to_merge | timestamp
        101 | 100 | 2026-01-10 00:00:00
    """,
    "contact_property_history": """
        contact_id | name | value | timestamp | source_id
        101 | lifecyclestage | marketingqualifiedlead | 2026-01-20 00:00:00 | 7
        101 | jobtitle | 部長 | 2026-01-20 00:00:00 | 7
        103 | lifecyclestage | 謎のステージ | 2026-01-21 00:00:00 | 7
    """,
    "contact_form_submission": """
        contact_id | conversion_id | form_id | timestamp | title | page_url
        100 | c1 | f1 | 2026-01-08 00:00:00 | ページの題 | https://example.jp/form
        999 | c2 | f1 | 2026-01-08 00:00:00 | | https://example.jp/form
    """,
    "form": """
        guid | name
        f1 | 資料請求フォーム
    """,
    "email_event": """
        id | type | created | recipient | email_campaign_id | filtered_event
        e1 | SENT | 2026-01-15 00:00:00 | baba@example.jp | m1 | false
        e2 | OPEN | 2026-01-15 09:00:00 | baba@example.jp | m1 | false
        e3 | CLICK | 2026-01-15 09:01:00 | baba@example.jp | m1 | true
        e4 | DEFERRED | 2026-01-15 09:02:00 | baba@example.jp | m1 | false
        e5 | OPEN | 2026-01-15 09:00:00 | stranger@example.com | m1 | false
    """,
    "email_campaign": """
        id | name | subject
        m1 | 1月号 | 新春のご案内
    """,
    "engagement": """
        id | type
        1 | CALL
        2 | MEETING
    """,
    "engagement_contact": """
        engagement_id | contact_id
        1 | 101
        2 | 103
    """,
    "engagement_call": """
        engagement_id | property_hs_timestamp | property_hs_createdate | property_hs_call_status | property_hubspot_owner_id
        1 | 2026-01-22 02:00:00 | 2026-01-22 02:05:00 | COMPLETED | 7
    """,
    "engagement_meeting": """
        engagement_id | property_hs_timestamp | property_hs_createdate | property_hs_meeting_outcome | property_hs_meeting_title
        2 | 2026-01-25 02:00:00 | 2026-01-23 02:05:00 | NO_SHOW | ご紹介
    """,
    "deal": """
        deal_id | property_dealname | property_amount | deal_pipeline_stage_id | property_createdate | property_closedate | owner_id
        501 | ばば 導入 | 1200000 | s9 | 2026-01-26 00:00:00 | 2026-02-20 00:00:00 | 7
        502 | ばば 追加 | 300000 | s1 | 2026-02-21 00:00:00 | 2026-12-01 00:00:00 | 7
    """,
    "deal_contact": """
        deal_id | contact_id | category
        501 | 101 | HUBSPOT_DEFINED
        502 | 101 | HUBSPOT_DEFINED
    """,
    "deal_stage": """
        deal_id | value | date_entered | source_id
        501 | s1 | 2026-01-26 00:00:00 | 7
        501 | s9 | 2026-02-20 00:00:00 | 7
    """,
    "deal_pipeline_stage": """
        stage_id | pipeline_id | label | closed_won | is_closed
        s1 | p | 提案 | FALSE | FALSE
        s9 | p | 受注 | TRUE | TRUE
    """,
}


@pytest.fixture(scope="module")
def made_up(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("hubspot")
    home = Home(root / "home")
    load_into(home, write_export(root / "export", **EXPORT), "hubspot", at="2026-03-02T00:00:00Z")
    # as a loader wrote it that did not know these columns yet
    for path in (home.raw / "hubspot__contact").glob("*.parquet"):
        older = pq.read_table(path).drop_columns(["property_product", "associated_deal_ids"])
        pq.write_table(older, path)
    return builder(home, as_of="2026-03-01T00:00:00Z")


# Two exports of the user interface, in Japanese labels and the time of Japan, and two pages of the API.
# Baba has swallowed 91 and 92, and names deal 501 and one that is not here; deal 502 was deleted.
UI_CONTACTS = """
    レコードID | Eメール | 姓 | 名 | 作成日 | 最終更新日 | Merged Contact IDs | Associated Deal IDs | 関心製品
    101 | baba@example.jp | 馬場 | 花子 | 2026-01-05 10:00 | 2026-02-01 09:00 | 91;92 | 501;777 | core
    103 | doi@example.jp | 土井 | | 2026-01-01 00:30 | | | |
"""
UI_DEALS = """
    レコードID | 取引名 | 金額 | 取引ステージ | 作成日 | クローズ日 | Associated Contact IDs | 粗利率 | 製品 | is_deleted
    501 | ばば 導入 | 1200000 | closedwon | 2026-01-26 09:00 | 2026-02-20 08:30 | 101;103 | 0.7 | core | false
    502 | ばば 追加 | 300000 | closedwon | 2026-01-27 09:00 | 2026-02-21 09:00 | 101 | | | true
"""
API_CONTACTS = {
    "results": [
        {
            "id": "201",
            "archived": False,
            "properties": {"email": "ebi@example.jp", "createdate": "2026-01-10T00:00:00.000Z",
                           "lastname": "海老", "firstname": None, "hs_object_id": "201"},
            "propertiesWithHistory": {
                "lifecyclestage": [
                    {"value": "marketingqualifiedlead", "timestamp": "2026-01-12T00:00:00.000Z",
                     "sourceType": "CRM_UI", "sourceId": "u1"},
                    {"value": "lead", "timestamp": "2026-01-10T00:00:00.000Z",
                     "sourceType": "API", "sourceId": "u2"},
                ],
                "email": [{"value": "ebi@example.jp", "timestamp": "2026-01-10T00:00:00.000Z"}],
            },
        }
    ],
    "paging": {"next": {"after": "202"}},
}  # fmt: skip
API_DEALS = {
    "results": [
        {
            "id": "601",
            "properties": {"dealname": "えび", "amount": "500", "dealstage": "closedlost",
                           "createdate": "2026-01-20T00:00:00Z", "closedate": "2026-02-01T00:00:00Z"},
            "associations": {"contacts": {"results": [
                {"id": "101", "type": "deal_to_contact"}, {"id": "201", "type": "primary"},
            ]}},
        }
    ]
}  # fmt: skip


@pytest.fixture(scope="module")
def exported(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What the user interface exports and what the API answers, beside each other."""
    root = tmp_path_factory.mktemp("hubspot_ui")
    folder = write_export(
        root / "export", **{"all-contacts": UI_CONTACTS, "hubspot-crm-exports-deals-1": UI_DEALS}
    )
    for name, page in (("contacts_1", API_CONTACTS), ("deals_1", API_DEALS)):
        (folder / f"{name}.json").write_text(json.dumps(page, indent=1) + "\n", "utf-8")
    home = Home(root / "home")
    load_into(home, folder, "hubspot", at="2026-03-02T00:00:00Z")
    return builder(home, as_of="2026-03-01T00:00:00Z")


def test_exports_of_the_interface_are_in_the_accounts_own_time(exported: Built) -> None:
    """10:00 in Japan is 1:00 UTC; half past midnight of New Year is the old year. The API says UTC."""
    assert exported.rows(
        "select lead_id, cast(created_at as varchar), product from marts.dim_leads order by lead_id"
    ) == [
        ("hubspot:101", "2026-01-05 01:00:00", "core"),
        ("hubspot:103", "2025-12-31 15:30:00", None),
        ("hubspot:201", "2026-01-10 00:00:00", None),
    ]


def test_merged_numbers_stand_for_the_contact_that_keeps_them(exported: Built) -> None:
    assert exported.rows(
        "select source_lead_id, lead_id, link_reason from marts.lead_identities "
        "where source_lead_id <> lead_id order by all"
    ) == [("hubspot:91", "hubspot:101", "merge"), ("hubspot:92", "hubspot:101", "merge")]


def test_deals_know_their_people_from_either_export(exported: Built) -> None:
    """501 is Baba's, the lowest number; 502 was deleted, 777 is not here; the API names 601's first."""
    assert exported.rows(
        "select deal_id, lead_id, cast(won_at as varchar), cast(lost_at as varchar) "
        "from marts.fct_lead_journeys where deal_id is not null order by all"
    ) == [
        ("hubspot:501", "hubspot:101", "2026-02-19 23:30:00", None),
        ("hubspot:601", "hubspot:201", None, "2026-02-01 00:00:00"),
    ]
    assert (
        exported.value(
            "select sum(revenue_booked) from marts.mart_roi_reconciliation where model = 'linear'"
        )
        == 1200000
    )
    assert exported.rows('select "table", rule from marts.quarantine') == []


def test_what_an_export_lists_is_no_row_of_a_file(exported: Built) -> None:
    assert balance(exported) == {
        # read, loaded, quarantined, duplicates, merged, suppressed
        "hubspot__contact": (3, 3, 0, 0, 0, 0),
        # two changes of the stage, one of the address
        "hubspot__contact_property_history": (3, 3, 0, 0, 0, 0),
        # 502 was deleted
        "hubspot__deal": (3, 2, 0, 0, 0, 1),
        "hubspot__deal_contact": (2, 2, 0, 0, 0, 0),
    }


def test_pages_of_the_api_as_dlt_has_them(shared_data: Path, tmp_path: Path) -> None:
    """Two contacts with eleven versions of properties each, two deals without a contact."""
    pages = shared_data / "dlt_hubspot_mock"
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, page in (
        ("contacts_1", "mock_contacts_with_history"),
        ("deals_1", "mock_deals_data"),
    ):
        (folder / f"{name}.json").write_bytes((pages / f"{page}.json").read_bytes())
    home = Home(tmp_path / "home")
    load_into(home, folder, "hubspot")

    def read(table: str, columns: str) -> list[tuple[object, ...]]:
        files = str(home.raw / table / "*.parquet")
        return duckdb.sql(f"select {columns} from '{files}' order by all").fetchall()

    assert read("hubspot__contact", "id, property_firstname, property_company") == [
        ("1", "Maria", "HubSpot"),
        ("51", "Brian", "HubSpot"),
    ]
    versions = json.loads((pages / "mock_contacts_with_history.json").read_text("utf-8"))
    counted = sum(
        len(history)
        for found in versions["results"]
        for history in found["propertiesWithHistory"].values()
    )
    assert (
        len(read("hubspot__contact_property_history", "contact_id, name, value")) == counted == 22
    )
    assert read("hubspot__deal", "deal_id, property_amount, deal_pipeline_stage_id") == [
        ("6744192456", "500", "qualifiedtobuy"),
        ("6744457152", "3233", "qualifiedtobuy"),
    ]
    assert read("hubspot__deal_contact", "deal_id") == []


@pytest.fixture(scope="module")
def real_files(shared_data: Path) -> Path:
    return shared_data / "fivetran" / "dbt_hubspot"


@pytest.fixture(scope="module")
def connector(real_files: Path, builder: Builder, tmp_path_factory: pytest.TempPathFactory):
    home = Home(tmp_path_factory.mktemp("connector") / "home")
    load_into(home, real_files, "hubspot")
    return builder(home, with_tests=True)


def test_a_contact_is_a_lead_in_our_words(made_up: Built) -> None:
    assert made_up.rows(
        "select lead_id, channel, cast(created_at as varchar) from marts.dim_leads order by lead_id"
    ) == [
        ("hubspot:101", "email", "2026-01-05 01:00:00"),
        # deleted: Chiba. The source of Doi is not known
        ("hubspot:103", "unknown", "2026-01-07 06:00:00"),
    ]
    assert made_up.rows(
        "select full_name, email, company_name from marts.dim_lead_contacts order by lead_id"
    ) == [("馬場 花子", "baba@example.jp", "株式会社ばば"), ("土井", "doi@example.jp", None)]


def test_events_find_their_lead(made_up: Built) -> None:
    events = made_up.rows(
        "select lead_id, activity_type, content_name, excluded_by is not null "
        "from marts.fct_lead_events order by occurred_at, activity_id"
    )
    assert events == [
        # the form that Aoki sent is Baba's since the merge, and is called by the form's name
        ("hubspot:101", "form_submit", "資料請求フォーム", False),
        ("hubspot:101", "email_sent", "新春のご案内", False),
        ("hubspot:101", "email_open", "新春のご案内", False),
        # HubSpot takes this click for a machine's
        ("hubspot:101", "email_click", "新春のご案内", True),
        ("hubspot:101", "other", "新春のご案内", False),
        ("hubspot:101", "call_connected", None, False),
        # nobody came: no meeting
        ("hubspot:103", "other", "ご紹介", False),
    ]


def test_a_deal_is_closed_where_its_stage_says_so(made_up: Built) -> None:
    assert made_up.rows(
        "select deal_id, amount, cast(won_at as varchar), cast(opportunity_at as varchar) from marts.fct_lead_journeys "
        "where lead_id = 'hubspot:101'"
    ) == [("hubspot:501", 1200000, "2026-02-20 00:00:00", "2026-01-26 00:00:00")]


def test_what_cannot_be_placed_waits(made_up: Built) -> None:
    assert made_up.rows('select "table", rule, "column" from marts.quarantine order by all') == [
        ("hubspot__contact_form_submission", "orphan_lead", "lead_id"),
        ("hubspot__contact_property_history", "unmapped_status", "to_status"),
        ("hubspot__email_event", "orphan_lead", "lead_id"),
    ]


def test_every_row_is_counted_once(made_up: Built) -> None:
    found = balance(made_up)
    assert found == {
        # read, loaded, quarantined, duplicates, merged, suppressed
        "hubspot__contact": (3, 2, 0, 0, 0, 1),
        "hubspot__contact_merge_audit": (1, 0, 0, 0, 1, 0),
        "hubspot__contact_property_history": (3, 2, 1, 0, 0, 0),
        "hubspot__contact_form_submission": (2, 1, 1, 0, 0, 0),
        "hubspot__form": (1, 1, 0, 0, 0, 0),
        "hubspot__email_event": (5, 4, 1, 0, 0, 0),
        "hubspot__email_campaign": (1, 1, 0, 0, 0, 0),
        "hubspot__engagement": (2, 2, 0, 0, 0, 0),
        "hubspot__engagement_contact": (2, 2, 0, 0, 0, 0),
        "hubspot__engagement_call": (1, 1, 0, 0, 0, 0),
        "hubspot__engagement_meeting": (1, 1, 0, 0, 0, 0),
        "hubspot__deal": (2, 2, 0, 0, 0, 0),
        "hubspot__deal_contact": (2, 2, 0, 0, 0, 0),
        "hubspot__deal_stage": (2, 2, 0, 0, 0, 0),
        "hubspot__deal_pipeline_stage": (2, 2, 0, 0, 0, 0),
    }


def test_the_connectors_files_add_up(connector: Built, real_files: Path) -> None:
    """Every file that the profile reads: its rows, counted by the csv module, and not one lost."""
    found = balance(connector)
    assert len(found) == 15
    for table, (read, *rest) in found.items():
        name = table.removeprefix("hubspot__")
        assert read == rows_in(real_files / f"{name}_data.csv"), table
        assert read == sum(rest), table
        assert read > 0, table


def test_the_connectors_contacts_and_deals(connector: Built) -> None:
    """22 contacts, of which 78971951 names three as merged into it; 44 deals, their contacts not here."""
    assert connector.value("select count(*) from marts.dim_leads") == 19
    assert balance(connector)["hubspot__contact"] == (22, 19, 0, 0, 3, 0)
    assert connector.rows(
        "select source_lead_id from marts.lead_identities "
        "where lead_id = 'hubspot:78971951' and link_reason = 'merge' order by all"
    ) == [("hubspot:46897301",), ("hubspot:76226001",), ("hubspot:76340251",)]
    assert balance(connector)["hubspot__deal"][:2] == (44, 44)
    # 2021-04-01 17:32:47 is written without a zone: UTC
    assert (
        connector.value(
            "select cast(created_at as varchar) from marts.dim_leads where lead_id = 'hubspot:78971951'"
        )
        == "2021-04-01 17:32:47"
    )
