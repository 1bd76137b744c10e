"""Do the marts show what the demo company's maker planted? docs/demo_company.md names each cause."""

from __future__ import annotations

from tests.conftest import Built

_WINDOW = "time_window = 'all' and basis = 'cohort'"


def _rate(
    demo: Built, step: str, dimension: str, value: str
) -> tuple[int, int, float, float, float]:
    from_stage, to_stage = step.split(">")
    rows = demo.rows(
        f"select n, k, rate, ci_low, ci_high from marts.mart_conversion_windows where {_WINDOW} "
        "and from_stage = ? and to_stage = ? and dimension = ? and value = ?",
        from_stage,
        to_stage,
        dimension,
        value,
    )
    assert len(rows) == 1, f"{step} by {dimension}={value}"
    return rows[0]


def _is_above(left: tuple[int, int, float, float, float], right: tuple) -> bool:
    """Clearly above: the intervals do not even touch."""
    return left[3] > right[4]


def test_the_funnel_is_the_makers_own(demo: Built) -> None:
    counts = demo.truth["counts"]
    stages = dict(
        demo.rows(
            "select stage, count(*) from marts.fct_stage_entries "
            "where not is_imputed and episode_no = 1 group by 1"
        )
    )
    assert stages["lead"] == counts["leads"]
    assert stages["mql"] == counts["mqls"]
    assert stages["sql"] == counts["sqls"]
    again = demo.value(
        "select count(*) from marts.fct_stage_entries where stage = 'sql' and episode_no = 2"
    )
    assert again == counts["second_sqls"]
    imputed = demo.value(
        "select count(*) from marts.fct_stage_entries where stage = 'mql' and is_imputed and episode_no = 1"
    )
    assert imputed == counts["sqls_without_mql"]


def test_mqls_of_every_month_are_the_makers_own(demo: Built) -> None:
    """To the record, through the month in which the definition changed and the midnights of Tokyo."""
    found = dict(
        demo.rows(
            "select strftime(date_trunc('month', entered_on), '%Y-%m'), count(*) "
            "from marts.fct_stage_entries where stage = 'mql' and not is_imputed and episode_no = 1 group by 1"
        )
    )
    planted = {month: n for month, (n, _) in demo.truth["rates"]["mql>sql"]["mql_month"].items()}
    assert found == planted


def test_the_content_that_sells_and_its_placebo(demo: Built) -> None:
    everybody = _rate(demo, "mql>sql", "all", "all")
    seller = _rate(demo, "mql>sql", "content", "case-manufacturing")
    placebo = _rate(demo, "mql>sql", "content", "case-office")
    assert _is_above(seller, everybody)
    assert not _is_above(placebo, everybody)


def test_the_title_that_wins(demo: Built) -> None:
    director = _rate(demo, "opportunity>won", "job_level", "director")
    assert _is_above(director, _rate(demo, "opportunity>won", "job_level", "executive"))
    assert _is_above(director, _rate(demo, "opportunity>won", "job_level", "manager"))


def test_channels_that_earn_and_channels_that_cost(demo: Built) -> None:
    assert _is_above(
        _rate(demo, "mql>sql", "channel", "webinar"), _rate(demo, "mql>sql", "all", "all")
    )
    exhibition = _rate(demo, "mql>sql", "channel", "exhibition")
    assert _is_above(_rate(demo, "mql>sql", "all", "all"), exhibition)
    assert _is_above(
        _rate(demo, "sql>returned", "channel", "exhibition"),
        _rate(demo, "sql>returned", "all", "all"),
    )
    roi = dict(
        demo.rows(
            "select channel, roi from marts.mart_channel_roi_windows "
            "where time_window = 'all' and basis = 'cohort' and model = 'linear'"
        )
    )
    assert roi["webinar"] > 1 > 0 > roi["paid_social"] > roi["exhibition"]


def test_a_missing_cost_is_not_zero(demo: Built) -> None:
    rows = demo.rows(
        "select distinct channel from marts.mart_channel_roi_windows "
        "where time_window = 'all' and cost is null and channel <> 'unattributed'"
    )
    assert {channel for (channel,) in rows} == {"partner", "direct"}
    missing = demo.rows(
        "select distinct cost, cost_per_lead, roi from marts.mart_channel_roi "
        "where channel = 'display' and period = date '2026-03-01'"
    )
    assert missing == [(None, None, None)]
    zero = demo.value("select count(*) from marts.mart_channel_roi where cost = 0")
    assert zero == 0


def test_hidden_gems_win_below_the_threshold(demo: Built) -> None:
    """Logistics firms of 30 to 99 people, by referral: never an MQL by points, often won."""
    points, gems, won = demo.rows(
        """
        select
            max(journeys.score_at_handoff),
            count(*),
            count(journeys.won_at)
        from marts.fct_lead_journeys as journeys
        inner join marts.dim_leads as leads using (lead_id)
        where leads.industry = 'logistics' and leads.channel = 'referral'
            and leads.employee_count between 30 and 99 and journeys.sql_at is not null
        """
    )[0]
    overall = _rate(demo, "sql>won", "all", "all")
    assert gems >= 50
    assert won / gems > 1.5 * overall[2]
    assert points < 50


def test_false_alarms_are_mqls_by_newsletters_alone(demo: Built) -> None:
    """MQLs with nothing but opened newsletters behind their engagement never become deals."""
    alarms, deals = demo.rows(
        """
        with engagement as (
            select
                lead_id,
                sum(points) as points,
                sum(points) filter (where rule_id = 'newsletter_open') as newsletter_points
            from marts.fct_score_ledger
            where axis = 'engagement' and scorecard_version = 'v2'
            group by lead_id
        )
        select count(*), count(journeys.opportunity_at)
        from marts.fct_lead_journeys as journeys
        inner join engagement using (lead_id)
        where journeys.mql_at is not null
            and engagement.newsletter_points >= 30
            and engagement.newsletter_points = engagement.points
        """
    )[0]
    assert alarms >= 50
    assert deals == 0


def test_the_rule_that_is_worth_nothing(demo: Built) -> None:
    """Newsletters opened before becoming MQL say nothing about SQL; who opens dozens is a false alarm.

    Only what came before the MQL instant is counted: an SQL gets no more newsletters, so that a
    count over the whole life would read as if opening them did harm.
    """
    rates = dict(
        demo.rows(
            """
            with opened as (
                select
                    journeys.lead_id,
                    any_value(journeys.sql_at) as sql_at,
                    count(ledger.rule_id) as newsletters
                from marts.fct_lead_journeys as journeys
                left join marts.fct_score_ledger as ledger
                    on journeys.lead_id = ledger.lead_id
                    and ledger.scorecard_version = 'v2'
                    and ledger.rule_id = 'newsletter_open'
                    and ledger.occurred_at <= journeys.mql_at
                where journeys.mql_at < coalesce(journeys.sql_at, 'infinity')
                    and journeys.episode_no = 1
                group by journeys.lead_id
            )
            select newsletters > 0, count(sql_at) / count(*)
            from opened
            where newsletters < 10
            group by 1
            """
        )
    )
    assert abs(rates[True] - rates[False]) < 0.08


def test_the_month_in_which_the_definition_changed(demo: Built) -> None:
    """From May 2026 on there are fewer MQLs and a larger share of them becomes SQL."""
    before, after = (
        demo.rows(
            "select sum(n), sum(k) / sum(n) from marts.mart_conversions where from_stage = 'mql' "
            "and to_stage = 'sql' and basis = 'cohort' and dimension = 'all' and period between ? and ?",
            *months,
        )[0]
        for months in (("2026-01-01", "2026-04-01"), ("2026-05-01", "2026-08-01"))
    )
    assert after[0] < 0.75 * before[0]
    assert after[1] > 1.5 * before[1]
    versions = demo.rows(
        "select scorecard_version, min(entered_on)::varchar, max(entered_on)::varchar "
        "from marts.fct_stage_entries where stage = 'mql' group by 1 order by 1"
    )
    assert versions[0][0] == "v1"
    assert versions[0][2] <= "2026-04-30"
    assert versions[1][0] == "v2"
    assert versions[1][1] >= "2026-05-01"


def test_the_dirt_is_in_the_balance_to_the_row(demo: Built) -> None:
    dirt = demo.truth["dirt"]
    balance = {
        table: dict(
            zip(
                ("read", "loaded", "quarantined", "duplicates", "merged", "suppressed"),
                figures,
                strict=True,
            )
        )
        for table, *figures in demo.rows(
            'select "table", read, loaded, quarantined, duplicates, merged, suppressed from marts.mart_row_balance'
        )
    }
    assert {table: row["read"] for table, row in balance.items()} == demo.truth["rows"]
    leads, activities, deals = balance["leads"], balance["activities"], balance["deals"]
    assert leads["duplicates"] == dirt["duplicate_lead_rows"]
    assert leads["merged"] == dirt["merged_lead_rows"]
    assert leads["suppressed"] == dirt["deleted_leads"]
    assert leads["quarantined"] == dirt["leads_bad_date"]
    assert activities["duplicates"] == dirt["duplicate_activity_rows"]
    assert activities["suppressed"] == dirt["activities_of_deleted_leads"]
    assert activities["quarantined"] == dirt["activities_bad_date"] + dirt["orphan_activities"]
    assert deals["duplicates"] == dirt["duplicate_deal_rows"]
    assert deals["quarantined"] == dirt["deals_bad_date"] + dirt["deals_negative_amount"]
    assert balance["marketing_costs"]["quarantined"] == dirt["costs_bad_amount"]
