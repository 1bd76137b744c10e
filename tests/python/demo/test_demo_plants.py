"""The planted causes are in the company, and the funnel has the shape that the docs state."""

from __future__ import annotations

import duckdb
import pytest

from leadloop.demo import GeneratedCompany
from leadloop.demo.plants import PLANTS

from .conftest import LEADS


def _rate(
    company: GeneratedCompany, step: str, dimension: str = "all", value: str = "all"
) -> float:
    n, k = company.truth["rates"][step][dimension][value]
    return k / n


def test_small_company_has_the_size_and_shape_asked_for(raw_company: GeneratedCompany) -> None:
    truth = raw_company.truth
    assert truth["counts"]["leads"] == LEADS
    assert 17 <= sum(truth["activity_types"].values()) / LEADS <= 23
    assert 0.13 <= _rate(raw_company, "lead>mql") <= 0.23
    assert 0.20 <= _rate(raw_company, "mql>sql") <= 0.37
    assert 0.50 <= _rate(raw_company, "sql>opportunity") <= 0.75
    assert 0.20 <= _rate(raw_company, "opportunity>won") <= 0.50
    assert 0.03 <= truth["counts"]["deals"] / LEADS <= 0.07


def test_default_company_has_the_shares_of_the_docs(full_company: GeneratedCompany) -> None:
    counts = full_company.truth["counts"]
    assert counts["leads"] == 20_000
    assert 380_000 <= full_company.rows["activities"] <= 420_000
    assert 0.15 <= _rate(full_company, "lead>mql") <= 0.20
    assert 0.24 <= _rate(full_company, "mql>sql") <= 0.31
    assert 0.55 <= _rate(full_company, "sql>opportunity") <= 0.68
    assert 0.26 <= _rate(full_company, "opportunity>won") <= 0.40
    assert 0.04 <= counts["deals"] / counts["leads"] <= 0.06
    assert counts["second_sqls"] >= 10


def test_every_event_of_the_article_happens(raw_company: GeneratedCompany) -> None:
    types = raw_company.truth["activity_types"]
    for kind in (
        "page_view", "key_page_view", "case_study_download", "doc_download", "seminar_attend",
        "survey_answer", "email_open", "demo_request", "inquiry", "hearing_answer",
        "handoff_listed", "handoff_synced", "handoff_assigned", "first_contact", "returned",
        "meeting", "call_attempt", "call_connected",
    ):  # fmt: skip
        assert types[kind] > 0, kind


def test_the_selling_content_sells_and_the_placebo_does_not(
    full_company: GeneratedCompany,
) -> None:
    met = full_company.truth["rates"]["mql>sql"]["met_content"]
    assert abs(met["case-manufacturing"][0] - met["case-office"][0]) < 0.15 * met["case-office"][0]
    selling = _rate(full_company, "mql>sql", "met_content", "case-manufacturing")
    placebo = _rate(full_company, "mql>sql", "met_content", "case-office")
    base = _rate(full_company, "mql>sql", "met_content", "neither")
    assert selling > 1.4 * base
    assert selling > 1.4 * placebo
    # within what chance does to some 450 MQLs
    assert 0.75 * base < placebo < 1.25 * base


def test_the_class_of_director_wins_about_twice_as_often(full_company: GeneratedCompany) -> None:
    director = _rate(full_company, "opportunity>won", "job_level", "director")
    others = [
        _rate(full_company, "opportunity>won", "job_level", level)
        for level in ("executive", "manager")
    ]
    assert director > 1.4 * max(others)


def test_channels_differ_as_planted(full_company: GeneratedCompany) -> None:
    base = _rate(full_company, "mql>sql")
    assert _rate(full_company, "mql>sql", "channel", "webinar") > 1.3 * base
    assert _rate(full_company, "mql>sql", "channel", "exhibition") < 0.6 * base
    assert _rate(full_company, "mql>sql", "channel", "paid_social") < 0.6 * base
    assert _rate(full_company, "sql>returned", "channel", "exhibition") > 1.6 * _rate(
        full_company, "sql>returned"
    )
    money = full_company.truth["money"]
    assert money["webinar"]["gross_profit"] > 2 * money["webinar"]["cost"]
    assert money["paid_social"]["gross_profit"] < money["paid_social"]["cost"]
    leads = full_company.truth["rates"]["lead>mql"]["channel"]
    cost_per_lead = {c: money[c]["cost"] / leads[c][0] for c in ("paid_social", "paid_search")}
    assert cost_per_lead["paid_social"] < 0.5 * cost_per_lead["paid_search"]
    assert "cost" not in money["partner"]


def test_newsletters_opened_do_not_raise_the_rate(full_company: GeneratedCompany) -> None:
    often = _rate(full_company, "mql>sql", "newsletters_opened", "3+")
    seldom = _rate(full_company, "mql>sql", "newsletters_opened", "0-2")
    assert often < 1.1 * seldom


def test_hidden_gems_stay_below_the_threshold_and_win(full_company: GeneratedCompany) -> None:
    assert _rate(full_company, "lead>mql", "group", "hidden_gem") < 0.02
    deals = _rate(full_company, "lead>opportunity", "group", "hidden_gem")
    assert deals > 4 * full_company.truth["counts"]["deals"] / 20_000
    assert _rate(full_company, "opportunity>won", "group", "hidden_gem") > 1.5 * PLANTS.win_rate


def test_false_alarms_become_mql_and_never_a_deal(full_company: GeneratedCompany) -> None:
    rates = full_company.truth["rates"]
    assert _rate(full_company, "lead>mql", "group", "false_alarm") > 0.3
    assert rates["lead>sql"]["group"]["false_alarm"][1] == 0
    assert rates["lead>opportunity"]["group"]["false_alarm"][1] == 0


def test_the_definition_of_may_2026_shows(full_company: GeneratedCompany) -> None:
    def total(step: str, dimension: str, months: tuple[str, ...]) -> float:
        pairs = [full_company.truth["rates"][step][dimension][month] for month in months]
        return sum(k for _, k in pairs) / sum(n for n, _ in pairs)

    before = ("2026-01", "2026-02", "2026-03", "2026-04")
    after = ("2026-05", "2026-06", "2026-07", "2026-08")
    assert total("mql>sql", "mql_month", after) > 1.3 * total("mql>sql", "mql_month", before)
    mqls = full_company.truth["rates"]["mql>sql"]["mql_month"]
    assert sum(mqls[m][0] for m in after) < 0.75 * sum(mqls[m][0] for m in before)


@pytest.mark.parametrize("threshold_event", ["2026-04", "2026-06"])
def test_some_leads_qualify_on_both_sides_of_the_change(
    full_company: GeneratedCompany, threshold_event: str
) -> None:
    assert full_company.truth["rates"]["mql>sql"]["mql_month"][threshold_event][0] > 20


def test_gems_are_the_segment_that_the_docs_name(raw: duckdb.DuckDBPyConnection) -> None:
    won = raw.sql(
        """
        select count(distinct deals.deal_id) from deals
        join leads on deals.lead_id = leads.lead_id
        where leads.industry = '物流' and leads.source_channel = 'referral'
            and try_cast(leads.employee_count as integer) between 30 and 99
            and deals.is_won = 'true'
        """
    ).fetchone()[0]
    assert won >= 1
