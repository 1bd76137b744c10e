"""HubSpot: the connector's real files, and an export whose ids meet, so that every join has rows."""

from __future__ import annotations

from pathlib import Path

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
    return builder(home, as_of="2026-03-01T00:00:00Z")


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
    """22 contacts, none deleted; 44 deals, of which no contact is in the file."""
    assert connector.value("select count(*) from marts.dim_leads") == 22
    assert balance(connector)["hubspot__deal"][:2] == (44, 44)
    # 2021-04-01 17:32:47 is written without a zone: UTC
    assert (
        connector.value(
            "select cast(created_at as varchar) from marts.dim_leads where lead_id = 'hubspot:78971951'"
        )
        == "2021-04-01 17:32:47"
    )
