"""Costs of ad platforms: real connector tables, and small exports that share ids.

Figures are counted here with the csv module. One build for both, because a build takes half a minute.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into, write_tables

USD = Decimal(140)  # of seeds/agreement/currency_rates.csv until 2025; the real files end before
Month = tuple[date, str]

_REAL = ("dbt_google_ads", "dbt_facebook_ads", "dbt_linkedin", "dbt_microsoft_ads")

# Two devices are one item; the campaign was renamed; nobody knows what HOTEL is; the account pays in dollars.
MADE_UP = {
    "google_ads_campaign_stats.csv": (
        "customer_id,date,id,device,cost_micros\n"
        "900,2026-09-01,1,MOBILE,1000004\n"
        "900,2026-09-01,1,DESKTOP,2000004\n"
        "900,2026-09-02,1,MOBILE,500000\n"
        "900,2026-09-01,2,MOBILE,3000000\n"
        "900,2026-09-01,1,TABLET,many\n"
    ),
    "google_ads_campaign_history.csv": (
        "id,updated_at,name,customer_id,advertising_channel_type\n"
        "1,2026-08-01 00:00:00,old name,900,DISPLAY\n"
        "1,2026-08-20 00:00:00,new name,900,SEARCH\n"
        "2,2026-08-20 00:00:00,rooms,900,HOTEL\n"
    ),
    "google_ads_account_history.csv": "id,updated_at,currency_code\n900,2026-01-01 00:00:00,usd\n",
    # two ads of one campaign are one item; the third ad has no history
    "facebook_ads_basic_ad.csv": (
        "ad_id,date,account_id,spend\n"
        "11,2026-09-01,800,100.\n12,2026-09-01,800,20.5\n13,2026-09-01,800,7\n"
    ),
    "facebook_ads_ad_history.csv": (
        "id,campaign_id,updated_time\n11,50,2026-08-01T00:00:00\n12,50,2026-08-01T00:00:00\n"
    ),
    "facebook_ads_campaign_history.csv": "id,name,updated_time\n50,秋の展示会,2026-08-01T00:00:00\n",
    # as Airbyte writes it
    "linkedin_ad_analytics_by_campaign.csv": (
        "pivotValue,start_date,costInLocalCurrency\n"
        "urn:li:sponsoredCampaign:70,2026-09-01,10.30000000000000004\n"
    ),
    "linkedin_campaign_history.csv": (
        "id,account,name\n70,urn:li:sponsoredAccount:700,decision makers\n"
    ),
    "linkedin_account_history.csv": "id,currency\n700,EUR\n",
    "microsoft_ads_campaign_performance_daily_report.csv": (
        "date,account_id,campaign_id,currency_code,spend\n2026-09-01,600,60,JPY,999\n"
    ),
    "microsoft_ads_campaign_history.csv": "id,name,type,modified_time\n60,B,Audience,\n",
    # the second file says 2 September again, and that is what counts
    "yahoo_search_report_1.csv": (
        '日,キャンペーン名,コスト\n2026/09/01,秋,"1,200"\n2026/09/02,秋,300円\n'
    ),
    "yahoo_search_report_2.csv": (
        "日,キャンペーン名,コスト\n2026/09/02,秋,310\n2026/09/02,冬,40\n"
    ),
    "yahoo_display_report.csv": "日,キャンペーン名,コスト\n2026/09/01,秋,5\n",
    # two lines above the header, and a total below that is no day
    "google_report.csv": (
        "キャンペーン レポート\n2026年9月1日～30日\n"
        "日,キャンペーン,通貨コード,費用\n2026-09-01,指名,JPY,640\n --,合計,JPY,640\n"
    ),
}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Built:
    root = tmp_path_factory.mktemp("ads")
    home = Home(root / "home")
    # a version without any lead is not published: one who has nothing to do with ads
    load_into(
        home, write_tables(root / "leads", leads=[{"lead_id": "L1", "created_at": "2026-09-01"}])
    )
    exports = root / "exports"
    exports.mkdir()
    for name, text in MADE_UP.items():
        code = "cp932" if name.startswith("yahoo") else "utf-8"
        (exports / name).write_text(text, code, newline="\n")
    load_into(home, exports, "ads")
    shared = _shared(request)
    for folder in _REAL if shared else ():
        load_into(home, shared / "fivetran" / folder, "ads", source=f"real_{folder}")
    return Builder(root)(home)


def _shared(request: pytest.FixtureRequest) -> Path | None:
    try:
        return request.getfixturevalue("shared_data")
    except pytest.skip.Exception:
        return None


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _mart_costs(built: Built) -> dict[Month, Decimal]:
    rows = built.rows(
        "select distinct period, channel, cost from marts.mart_channel_roi where cost is not null"
    )
    return {(period, channel): cost for period, channel, cost in rows}


def _monthly(
    rows: list[tuple[str, str, Decimal]], channel: str, rate: Decimal
) -> dict[Month, Decimal]:
    """Items of (campaign, day, cost), each rounded in its currency and then in yen, by month."""
    items: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for campaign, day, cost in rows:
        items[campaign, day[:10]] += cost
    months: dict[Month, Decimal] = defaultdict(Decimal)
    for (_, day), cost in items.items():
        month = date.fromisoformat(day).replace(day=1)
        months[month, channel] += _rounded(_rounded(cost) * rate)
    return dict(months)


def _balance(built: Built, source: str) -> dict[str, tuple[int, ...]]:
    rows = built.rows(
        'select "table", read, loaded, quarantined, duplicates, merged, suppressed '
        "from marts.mart_row_balance where source = ?",
        source,
    )
    for _, read, *parts in rows:
        assert read == sum(parts)
    return {table: tuple(counts) for table, *counts in rows}


def test_google_costs_are_those_of_the_file(built: Built, shared_data: Path) -> None:
    rows = _read(shared_data / "fivetran/dbt_google_ads/campaign_stats_data.csv")
    assert len(rows) == 16
    expected = _monthly(
        [(r["id"], r["date"], Decimal(r["cost_micros"]) / 1_000_000) for r in rows],
        "paid_search",  # both campaigns of the history are SEARCH
        USD,
    )
    assert sum(expected.values()) > 0
    costs = _mart_costs(built)
    assert {month: costs[month] for month in expected} == expected


def test_meta_costs_are_those_of_the_file(built: Built, shared_data: Path) -> None:
    rows = _read(shared_data / "fivetran/dbt_facebook_ads/facebook_ads_basic_ad_data.csv")
    total = sum(Decimal(r["spend"]) for r in rows)
    # 76.53 + 55.26 + 54.87 + 49.2 + 144. + 56.63 + 49.95 + 51.56 + 55.11 + 50.52; the account has no currency: yen
    assert total == Decimal("643.63")
    assert _mart_costs(built)[date(2020, 12, 1), "paid_social"] == total


def test_linkedin_costs_are_those_of_the_file(built: Built, shared_data: Path) -> None:
    rows = _read(shared_data / "fivetran/dbt_linkedin/linkedin_ad_analytics_by_campaign_data.csv")
    expected = _monthly(
        [(r["campaign_id"], r["day"], Decimal(r["cost_in_local_currency"])) for r in rows],
        "paid_social",
        USD,
    )
    costs = _mart_costs(built)
    assert {month: costs[month] for month in expected} == expected


def test_microsoft_costs_are_those_of_the_file(built: Built, shared_data: Path) -> None:
    rows = _read(
        shared_data
        / "fivetran/dbt_microsoft_ads/microsoft_ads_campaign_performance_daily_report_data.csv"
    )
    expected = _monthly(
        [(r["campaign_id"], r["date"], Decimal(r["spend"])) for r in rows], "paid_search", USD
    )
    assert sum(expected.values()) > 0
    costs = _mart_costs(built)
    assert {month: costs[month] for month in expected} == expected
    # of 2,630 lines by device and network, those of one campaign and day are one item
    items = len({(r["campaign_id"], r["date"]) for r in rows})
    balance = _balance(built, "real_dbt_microsoft_ads")
    table = "ads__microsoft_campaign_performance_daily_report"
    assert balance[table] == (2630, items, 0, 0, 2630 - items, 0)


def test_every_real_row_is_accounted_for(built: Built, shared_data: Path) -> None:
    assert _balance(built, "real_dbt_google_ads")["ads__google_campaign_stats"][0] == 16
    assert _balance(built, "real_dbt_facebook_ads") == {
        "ads__facebook_basic_ad": (10, 10, 0, 0, 0, 0),
        "ads__facebook_ad_history": (12, 12, 0, 0, 0, 0),
        "ads__facebook_campaign_history": (9, 9, 0, 0, 0, 0),
        "ads__facebook_account_history": (59, 59, 0, 0, 0, 0),
    }
    assert _balance(built, "real_dbt_linkedin")["ads__linkedin_campaign_history"][:2] == (100, 100)


def test_costs_by_channel_of_the_small_company(built: Built) -> None:
    costs = {
        channel: cost
        for (month, channel), cost in _mart_costs(built).items()
        if month == date(2026, 9, 1)
    }
    assert costs == {
        # Google in dollars at 155: 1.000004 + 2.000004 are 3.00, and 0.50 on the next day: 465.00 + 77.50;
        # Yahoo! 1200 + 310 (not 300) + 40; the report of the Google pages 640
        "paid_search": Decimal("542.50") + 1550 + 640,
        # Meta 100 + 20.5 + 7; LinkedIn 10.30 euro at 175
        "paid_social": Decimal("127.50") + Decimal("1802.50"),
        # Microsoft's audience ads 999, Yahoo! display 5
        "display": Decimal(1004),
        # 3 dollars for a kind that no row of ad_channels knows: visible under its own name
        "google_hotel": Decimal(465),
    }


def test_every_row_of_the_small_company_is_accounted_for(built: Built) -> None:
    balance = _balance(built, "ads")
    # two devices are one item, and `many` is no number
    assert balance["ads__google_campaign_stats"] == (5, 3, 1, 0, 1, 0)
    assert balance["ads__facebook_basic_ad"] == (3, 2, 0, 0, 1, 0)
    assert balance["ads__linkedin_ad_analytics_by_campaign"] == (1, 1, 0, 0, 0, 0)
    assert balance["ads__microsoft_campaign_performance_daily_report"] == (1, 1, 0, 0, 0, 0)
    # 2 September of 秋 was said twice; the total of the Google pages has no day
    assert balance["ads__report"] == (7, 5, 1, 1, 0, 0)
    refused = built.rows(
        'select "table", "column", rule from marts.quarantine where source = ?', "ads"
    )
    assert sorted(refused) == [
        ("ads__google_campaign_stats", "amount", "not_a_number"),
        ("ads__report", "starts_on", "not_a_date"),
    ]
