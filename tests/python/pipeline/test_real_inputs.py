"""Real files through load, build and publish; every figure is counted again from the CSV here."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboard.data.repo import run_all_examples
from leadloop.publish.expectations import MARTS
from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into, marts

Rows = list[dict[str, str]]
Build = Callable[[str, str], Built]


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def built(shared_data: Path, builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Builds a folder of the real data once, dbt's tests included."""
    made: dict[str, Built] = {}

    def build(mapping: str, folder: str) -> Built:
        if mapping not in made:
            home = Home(tmp_path_factory.mktemp(mapping) / "home")
            load_into(home, shared_data / folder, mapping)
            made[mapping] = builder(home, with_tests=True)
        return made[mapping]

    return build


@pytest.fixture(scope="module")
def olist(built: Build) -> Built:
    return built("olist", "olist_funnel")


@pytest.fixture(scope="module")
def maven(built: Build) -> Built:
    return built("maven", "maven_crm")


@pytest.fixture(scope="module")
def olist_leads(shared_data: Path) -> Rows:
    return _read(shared_data / "olist_funnel" / "olist_marketing_qualified_leads_dataset.csv")


@pytest.fixture(scope="module")
def olist_deals(shared_data: Path) -> Rows:
    return _read(shared_data / "olist_funnel" / "olist_closed_deals_dataset.csv")


@pytest.fixture(scope="module")
def opportunities(shared_data: Path) -> Rows:
    return _read(shared_data / "maven_crm" / "sales_pipeline.csv")


@pytest.mark.parametrize("company", ["olist", "maven"])
def test_a_company_without_activities_has_every_page(
    request: pytest.FixtureRequest, company: str
) -> None:
    """No activities, no costs: every mart is there and every query of the dashboard answers."""
    version: Built = request.getfixturevalue(company)
    assert set(marts(version)) == {mart.name for mart in MARTS}
    assert version.value("select count(*) from marts.fct_lead_events") == 0
    with version.connect() as connection:
        answers = run_all_examples(connection)
    assert answers["row_balance"] > 0
    assert answers["quarantine_counts"] == (1 if company == "maven" else 0)
    assert answers["leads_list"] > 0
    assert answers["roi_reconciliation"] > 0


@pytest.mark.parametrize("company", ["olist", "maven"])
def test_nothing_is_lost(request: pytest.FixtureRequest, company: str) -> None:
    version: Built = request.getfixturevalue(company)
    balance = version.rows(
        "select read, loaded + quarantined + duplicates + merged + suppressed from marts.mart_row_balance"
    )
    assert len(balance) == {"olist": 3, "maven": 2}[company]
    assert all(read == parts > 0 for read, parts in balance)


def test_olist_is_loaded_whole(olist: Built) -> None:
    assert olist.value("select count(*) from marts.dim_leads") == 8_000
    rows = dict(olist.rows('select "table", loaded from marts.mart_row_balance'))
    assert rows == {"leads": 8_000, "deals": 842, "stage_changes": 8_000}
    assert olist.value("select count(*) from marts.quarantine") == 0


def test_olist_mqls_are_those_that_olist_recorded(olist: Built) -> None:
    """Marketing qualified them all; the score of a lead about whom nothing is known is 0."""
    by_path = dict(
        olist.rows(
            "select coalesce(qualified_by, 'imputed'), count(*) from marts.fct_stage_entries "
            "where stage = 'mql' group by 1"
        )
    )
    # one was won before its contact was recorded: its MQL stage takes the instant of the win
    assert by_path == {"recorded": 7_999, "imputed": 1}
    assert olist.value("select max(total_score) from marts.lead_scores") == 0


def test_olist_won_deals_by_month(olist: Built, olist_deals: Rows) -> None:
    expected = Counter(
        datetime.fromisoformat(row["won_date"]).date().replace(day=1) for row in olist_deals
    )
    assert sum(expected.values()) == 842
    by_entry = dict(
        olist.rows(
            "select cast(date_trunc('month', entered_on) as date), count(*) "
            "from marts.fct_stage_entries where stage = 'won' group by 1"
        )
    )
    assert by_entry == expected
    by_kpi = dict(
        olist.rows(
            "select period, k from marts.mart_kpis "
            "where metric = 'won' and dimension = 'all' and k > 0"
        )
    )
    assert by_kpi == expected


def test_olist_conversion_by_origin(olist: Built, olist_leads: Rows, olist_deals: Rows) -> None:
    """Lead to won, by where the lead came from: n and k of every origin."""
    won = {row["mql_id"] for row in olist_deals}
    # one of its words is that of a tool too, and has ours in channel_words
    ours = {"": "unknown", "direct_traffic": "direct"}
    leads = Counter(ours.get(row["origin"], row["origin"]) for row in olist_leads)
    wins = Counter(
        ours.get(row["origin"], row["origin"]) for row in olist_leads if row["mql_id"] in won
    )
    assert sum(wins.values()) == 842
    found = {
        value: (n, k)
        for value, n, k in olist.rows(
            "select value, n, k from marts.mart_conversion_windows where dimension = 'channel' "
            "and from_stage = 'lead' and to_stage = 'won' and basis = 'cohort' and time_window = 'all'"
        )
    }
    assert found == {origin: (leads[origin], wins[origin]) for origin in leads}


def test_olist_cohorts_by_month_of_contact(
    olist: Built, olist_leads: Rows, olist_deals: Rows
) -> None:
    won = {row["mql_id"]: row["won_date"] for row in olist_deals}
    n: Counter[date] = Counter()
    k: Counter[date] = Counter()
    for row in olist_leads:
        contact = date.fromisoformat(row["first_contact_date"])
        if row["mql_id"] in won:
            # the lead that was won before its contact begins with the win
            contact = min(contact, datetime.fromisoformat(won[row["mql_id"]]).date())
            k[contact.replace(day=1)] += 1
        n[contact.replace(day=1)] += 1
    found = {
        period: (n, k)
        for period, n, k in olist.rows(
            "select period, n, k from marts.mart_conversions where dimension = 'all' "
            "and from_stage = 'lead' and to_stage = 'won' and basis = 'cohort'"
        )
    }
    assert found == {month: (n[month], k[month]) for month in n}


def test_olist_funnel_by_origin_and_month(
    olist: Built, olist_leads: Rows, olist_deals: Rows
) -> None:
    """Leads and wins of every origin in every month of contact, and the funnel of all of them."""
    won = {row["mql_id"]: row["won_date"] for row in olist_deals}
    ours = {"": "unknown", "direct_traffic": "direct"}
    n: Counter[tuple[date, str]] = Counter()
    k: Counter[tuple[date, str]] = Counter()
    for row in olist_leads:
        contact = date.fromisoformat(row["first_contact_date"])
        key = row["mql_id"]
        if key in won:
            contact = min(contact, datetime.fromisoformat(won[key]).date())
        cell = (contact.replace(day=1), ours.get(row["origin"], row["origin"]))
        n[cell] += 1
        k[cell] += key in won
    found = {
        (period, value): (n, k)
        for period, value, n, k in olist.rows(
            "select period, value, n, k from marts.mart_conversions where dimension = 'channel' "
            "and from_stage = 'lead' and to_stage = 'won' and basis = 'cohort'"
        )
    }
    assert found == {cell: (n[cell], k[cell]) for cell in n}
    assert len(found) > 100
    counts = {
        (kind, stage): n
        for kind, stage, n in olist.rows(
            "select funnel_type, stage, n from marts.mart_funnel_counts "
            "where dimension = 'all' and time_window = 'all'"
        )
    }
    # nobody recorded an SQL: in order the funnel ends with the MQLs, counted any way with the wins
    assert [counts["imputed", s] for s in ("lead", "mql", "sql", "won")] == [8_000, 8_000, 842, 842]
    assert [counts["any_stages", s] for s in ("lead", "mql", "sql", "won")] == [
        8_000,
        8_000,
        0,
        842,
    ]
    assert [counts["all_stages", s] for s in ("lead", "mql", "sql", "won")] == [8_000, 8_000, 0, 0]


def test_olist_win_before_contact_is_healed(
    olist: Built, olist_leads: Rows, olist_deals: Rows
) -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    contact = {row["mql_id"]: date.fromisoformat(row["first_contact_date"]) for row in olist_leads}
    moment = {
        row["mql_id"]: datetime.fromisoformat(row["won_date"]).replace(tzinfo=zone)
        for row in olist_deals
    }
    early = [
        key
        for key, at in moment.items()
        if at < datetime.combine(contact[key], datetime.min.time(), zone)
    ]
    assert len(early) == 1
    disorder = olist.value(
        "select count(*) from marts.fct_lead_journeys "
        "where won_at < opportunity_at or opportunity_at < sql_at or sql_at < mql_at or mql_at < lead_at"
    )
    assert disorder == 0
    won_at = moment[early[0]].astimezone(UTC).replace(tzinfo=None)
    entries = olist.rows(
        "select stage, entered_at, is_imputed from marts.fct_stage_entries "
        "where lead_id = ? order by list_position(['lead', 'mql', 'sql', 'opportunity', 'won'], stage)",
        early[0],
    )
    assert entries == [
        ("lead", won_at, True),
        ("mql", won_at, True),
        ("sql", won_at, True),
        ("opportunity", won_at, False),
        ("won", won_at, False),
    ]
    others = olist.value(
        "select count(*) from marts.fct_stage_entries where stage = 'lead' and is_imputed and lead_id <> ?",
        early[0],
    )
    assert others == 0


def test_maven_rows_by_what_became_of_them(maven: Built, opportunities: Rows) -> None:
    undated = [row for row in opportunities if not row["engage_date"]]
    assert {row["deal_stage"] for row in undated} == {"Prospecting"}
    assert (len(opportunities), len(undated)) == (8_800, 500)
    balance = {
        table: figures
        for table, *figures in maven.rows(
            'select "table", read, loaded, quarantined, duplicates, merged, suppressed '
            "from marts.mart_row_balance"
        )
    }
    assert balance == {"leads": [85, 85, 0, 0, 0, 0], "deals": [8_800, 8_300, 500, 0, 0, 0]}
    refused = maven.rows('select rule, "column", count(*) from marts.quarantine group by all')
    assert refused == [("required", "created_at", 500)]


def test_maven_deals_won_lost_and_booked(maven: Built, opportunities: Rows) -> None:
    won = [row for row in opportunities if row["deal_stage"] == "Won"]
    booked = sum(Decimal(row["close_value"]) for row in won)
    assert (len(won), booked) == (4_238, 10_005_534)
    credited = maven.rows(
        "select model, count(distinct deal_id) filter (revenue > 0), sum(revenue) "
        "from marts.fct_attribution_credits group by 1 order by 1"
    )
    assert len(credited) == 17
    assert {row[1:] for row in credited} == {(4_238, booked)}
    totals = maven.rows(
        "select sum(revenue_booked), sum(revenue_attributed + revenue_unattributed "
        "+ revenue_outside_window + revenue_without_contact_role), sum(abs(difference)) "
        "from marts.mart_roi_reconciliation where model = 'linear'"
    )
    assert totals == [(booked, booked, 0)]
    lost = [row for row in opportunities if row["deal_stage"] == "Lost"]
    assert len(lost) == 2_473
    decided = maven.value(
        "select count(distinct deal_id) from marts.fct_attribution_credits where closed_at is not null"
    )
    assert decided == len(won) + len(lost)


def test_maven_booked_by_month(maven: Built, opportunities: Rows) -> None:
    expected: Counter[date] = Counter()
    for row in opportunities:
        if row["deal_stage"] == "Won":
            month = date.fromisoformat(row["close_date"]).replace(day=1)
            expected[month] += int(row["close_value"])
    found = dict(
        maven.rows(
            "select period, revenue_booked from marts.mart_roi_reconciliation where model = 'linear'"
        )
    )
    assert found == expected


def test_maven_deals_without_an_account_are_booked_and_unattributed(
    maven: Built, opportunities: Rows
) -> None:
    nameless = [row for row in opportunities if not row["account"]]
    dated = [row for row in nameless if row["engage_date"]]
    assert len(nameless) == 1_425
    assert {row["deal_stage"] for row in nameless} == {"Engaging", "Prospecting"}
    found = maven.value(
        "select count(distinct deal_id) from marts.fct_attribution_credits "
        "where channel = 'unattributed' and lead_id is null"
    )
    assert found == len(dated)


def test_maven_currency_is_the_companys_own(maven: Built, opportunities: Rows) -> None:
    """The base currency is the dollar: no rate is asked for and no amount is changed."""
    largest = max(int(row["close_value"] or 0) for row in opportunities)
    found = maven.value(
        "select max(revenue) from marts.fct_attribution_credits where model = 'last'"
    )
    assert found == largest
