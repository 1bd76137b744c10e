"""The rows: what refers to what, nothing after as_of, and the planted dirt to the row."""

from __future__ import annotations

import csv
import itertools
import unicodedata

import duckdb
import pytest

from leadloop.demo import GeneratedCompany
from leadloop.demo import vocabulary as words
from leadloop.settings import PROJECT_ROOT

AS_OF = "2026-10-31T15:00:00Z"
START = "2024-10-31T15:00:00Z"


def _one(raw: duckdb.DuckDBPyConnection, query: str) -> int:
    return raw.sql(query).fetchone()[0]


def test_no_event_lies_after_as_of_or_before_the_start(raw: duckdb.DuckDBPyConnection) -> None:
    for table, column in (
        ("leads", "created_at"),
        ("leads", "updated_at"),
        ("activities", "occurred_at"),
        ("deals", "created_at"),
        ("deals", "closed_at"),
        ("deals", "updated_at"),
        ("deal_contacts", "added_at"),
        ("stage_changes", "changed_at"),
    ):
        low, high = raw.sql(
            f"select min({column}), max({column}) from {table} "
            f"where try_cast({column} as timestamp) is not null"
        ).fetchone()
        assert low >= START, (table, column)
        assert high < AS_OF, (table, column)


def test_every_activity_has_its_lead_but_the_planted_orphans(
    raw: duckdb.DuckDBPyConnection, raw_company: GeneratedCompany
) -> None:
    orphans = _one(
        raw, "select count(*) from activities where lead_id not in (select lead_id from leads)"
    )
    assert orphans == raw_company.dirt["orphan_activities"] > 0


def test_deals_contacts_and_changes_refer_to_rows_that_exist(
    raw: duckdb.DuckDBPyConnection,
) -> None:
    for child, key, parent, parent_key in (
        ("deals", "lead_id", "leads", "lead_id"),
        ("deal_contacts", "deal_id", "deals", "deal_id"),
        ("deal_contacts", "lead_id", "leads", "lead_id"),
        ("stage_changes", "entity_id", "deals", "deal_id"),
        ("leads", "merged_into_lead_id", "leads", "lead_id"),
    ):
        lost = _one(
            raw,
            f"select count(*) from {child} where {key} is not null "
            f"and {key} not in (select {parent_key} from {parent})",
        )
        assert lost == 0, (child, key)


def test_no_activity_happens_before_its_lead(raw: duckdb.DuckDBPyConnection) -> None:
    early = _one(
        raw,
        """
        select count(*) from activities
        join (select lead_id, min(created_at) as created_at from leads group by 1) as leads
            using (lead_id)
        where try_cast(activities.occurred_at as timestamp) is not null
            and activities.activity_type != 'email_sent'
            and activities.occurred_at < leads.created_at
        """,
    )
    assert early == 0


def test_the_process_runs_in_its_order(raw: duckdb.DuckDBPyConnection) -> None:
    order = ("handoff_listed", "handoff_synced", "handoff_assigned", "first_contact")
    for earlier, later in itertools.pairwise(order):
        wrong = _one(
            raw,
            f"""
            select count(*) from
                (select lead_id, min(occurred_at) as at from activities
                 where activity_type = '{later}' group by 1) as l
            left join (select lead_id, min(occurred_at) as at from activities
                 where activity_type = '{earlier}' group by 1) as e using (lead_id)
            where e.at is null or e.at > l.at
            """,
        )
        assert wrong == 0, later
    closed_first = _one(
        raw,
        "select count(*) from deals where closed_at::timestamp < try_cast(created_at as timestamp)",
    )
    assert closed_first == 0


def test_dirt_has_the_numbers_that_the_truth_tells(
    raw: duckdb.DuckDBPyConnection, raw_company: GeneratedCompany
) -> None:
    queries = {
        "duplicate_lead_rows": "select count(*) - count(distinct lead_id) from leads",
        "merged_lead_rows": "select count(*) from leads where merged_into_lead_id is not null",
        "merged_chains": "select count(*) from leads where merged_into_lead_id in "
        "(select lead_id from leads where merged_into_lead_id is not null)",
        "deleted_leads": "select count(*) from leads where is_deleted = 'true'",
        "leads_bad_date": "select count(*) from leads "
        "where try_cast(created_at as timestamp) is null",
        "opted_out_leads": "select count(distinct lead_id) from leads where is_opted_out = 'true' "
        "and lead_id in (select lead_id from activities where activity_type = 'unsubscribe')",
        "activities_bad_date": "select count(*) from activities "
        "where try_cast(occurred_at as timestamp) is null",
        "duplicate_activity_rows": "select count(*) - count(distinct activity_id) from activities",
        "activities_of_deleted_leads": "select count(distinct activity_id) from activities "
        "where lead_id in "
        "(select lead_id from leads where is_deleted = 'true')",
        "activities_of_merged_leads": "select count(distinct activity_id) from activities "
        "where lead_id in "
        "(select lead_id from leads where merged_into_lead_id is not null)",
        "deals_negative_amount": "select count(*) from deals where amount like '-%'",
        "deals_bad_date": "select count(*) from deals "
        "where try_cast(created_at as timestamp) is null",
        "duplicate_deal_rows": "select count(*) - count(distinct deal_id) from deals",
        "costs_bad_amount": "select count(*) from marketing_costs "
        "where try_cast(amount as decimal(18, 2)) is null",
    }
    found = {kind: _one(raw, query) for kind, query in queries.items()}
    assert found == {kind: raw_company.dirt[kind] for kind in queries}
    assert all(found.values())


def test_fullwidth_counts_are_numbers_in_another_spelling(
    raw: duckdb.DuckDBPyConnection, raw_company: GeneratedCompany
) -> None:
    wide = raw.sql(
        "select employee_count from leads where starts_with(lead_id, 'L0') "
        "and try_cast(employee_count as integer) is null and employee_count is not null "
        "qualify row_number() over (partition by lead_id order by updated_at desc) = 1"
    ).fetchall()
    assert len(wide) == raw_company.dirt["fullwidth_employee_counts"] > 0
    assert all(unicodedata.normalize("NFKC", value).isascii() for (value,) in wide)


def test_a_duplicate_lead_row_is_older_than_its_twin(raw: duckdb.DuckDBPyConnection) -> None:
    pairs = raw.sql(
        "select count(*), count(distinct updated_at) from leads group by lead_id "
        "having count(*) > 1"
    ).fetchall()
    assert pairs
    assert set(pairs) == {(2, 2)}


def test_no_cost_is_registered_for_partner_direct_and_the_missing_month(
    raw: duckdb.DuckDBPyConnection,
) -> None:
    rows = raw.sql("select channel, starts_on[:7] from marketing_costs").fetchall()
    channels = {channel for channel, _ in rows}
    assert set(words.COST_PER_LEAD) == channels
    assert not channels & {"partner", "direct"}
    assert words.MISSING_COST not in rows
    assert (words.MISSING_COST[0], "2026-04") in rows


def test_names_are_invented_and_domains_reserved(raw: duckdb.DuckDBPyConnection) -> None:
    assert _one(raw, "select count(*) from leads where not email like '%.example'") == 0
    assert _one(raw, "select count(*) from leads where not company_domain like '%.example'") == 0


@pytest.mark.parametrize("title", words.TITLES, ids=lambda title: title.text or "blank")
def test_vocabulary_reads_the_titles_as_planned(title: words.Title) -> None:
    path = PROJECT_ROOT / "seeds" / "vocabulary" / "job_titles.csv"
    with path.open(encoding="utf-8") as file:
        patterns = sorted(csv.DictReader(file), key=lambda row: int(row["priority"]))
    level = next((p["job_level"] for p in patterns if p["pattern"] in title.text), "")
    assert level == title.level


def test_vocabulary_reads_the_industries_as_planned() -> None:
    path = PROJECT_ROOT / "seeds" / "vocabulary" / "industries.csv"
    with path.open(encoding="utf-8") as file:
        known = {row["source_word"]: row["industry"] for row in csv.DictReader(file)}
    for industry in words.INDUSTRIES:
        assert known.get(industry.label.lower(), "") == industry.code
