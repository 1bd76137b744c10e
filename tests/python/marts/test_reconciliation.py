"""Parts are wholes: what one mart says in detail another one says in sum."""

from __future__ import annotations

import math

import pytest

from tests.conftest import Built


def _wilson(k: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval, written from the textbook."""
    z = 1.959963984540054
    p = k / n
    middle = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return (middle - spread) / whole, (middle + spread) / whole


def test_wilson_by_its_published_examples() -> None:
    """The fixtures of the reference: 6/20, 0/5, 3/5, 60/200."""
    for k, n, low, high in (
        (6, 20, 0.1455, 0.5190),
        (0, 5, 0, 0.4345),
        (3, 5, 0.2307, 0.8824),
        (60, 200, 0.2407, 0.3668),
    ):
        assert _wilson(k, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    "mart", ["mart_conversions", "mart_conversion_windows", "mart_cohort_progress", "mart_kpis"]
)
def test_every_rate_has_wilsons_interval(demo: Built, mart: str) -> None:
    # an estimate has the interval of its own variance: tests/python/marts/test_funnel_oracle.py
    counted = "and basis <> 'kaplan_meier'" if mart.startswith("mart_conversion") else ""
    rows = demo.rows(
        f"select k, n, ci_low, ci_high from marts.{mart} where n > 0 and k <= n {counted}"
    )
    assert len(rows) > 100
    for k, n, low, high in rows:
        expected = _wilson(k, n)
        assert low == pytest.approx(max(expected[0], 0), abs=1e-12)
        assert high == pytest.approx(min(expected[1], 1), abs=1e-12)


def test_the_ledger_adds_up_to_the_score(demo: Built) -> None:
    """Without decay in force a score is the plain sum of its firings."""
    wrong = demo.rows(
        """
        select scores.lead_id, scores.total_score, sum(ledger.points) as points
        from marts.lead_scores as scores
        left join marts.fct_score_ledger as ledger
            on scores.lead_id = ledger.lead_id and scores.scorecard_version = ledger.scorecard_version
        group by all
        having abs(scores.total_score - coalesce(points, 0)) > 1e-9
        """
    )
    assert wrong == []
    assert demo.value("select count(*) from marts.lead_scores where total_score > 0") > 10_000


def test_the_breakdown_adds_up_to_the_score(demo: Built) -> None:
    wrong = demo.value(
        """
        select count(*) from (
            select scores.lead_id, scores.total_score, coalesce(sum(breakdown.points), 0) as points
            from marts.lead_scores as scores
            left join marts.lead_score_breakdown as breakdown using (lead_id)
            group by all
            having abs(scores.total_score - points) > 1e-9
        )
        """
    )
    assert wrong == 0


@pytest.mark.parametrize("mart", ["mart_conversions", "mart_conversion_windows"])
def test_each_dimension_adds_up_to_the_total(demo: Built, mart: str) -> None:
    slot = "period" if mart == "mart_conversions" else "time_window"
    rows = demo.rows(
        f"""
        select dimension, sum(n), sum(k) from marts.{mart}
        group by dimension
        """
    )
    sums = {dimension: (n, k) for dimension, n, k in rows}
    assert len(sums) == 9, slot
    assert len(set(sums.values())) == 1, sums


def test_stage_entries_are_the_journeys_on_their_side(demo: Built) -> None:
    for stage in ("mql", "sql", "opportunity", "won", "lost", "returned"):
        entries = demo.value("select count(*) from marts.fct_stage_entries where stage = ?", stage)
        journeys = demo.value(f"select count({stage}_at) from marts.fct_lead_journeys")
        assert entries == journeys > 0, stage


def test_nobody_is_in_two_open_stages(demo: Built) -> None:
    twice = demo.value(
        "select count(*) from (select lead_id from marts.fct_stage_entries "
        "where exited_at is null and stage not in ('won', 'lost') group by 1 having count(*) > 1)"
    )
    assert twice == 0


def test_every_model_credits_every_deal_once(demo: Built) -> None:
    wrong = demo.rows(
        "select deal_id, model, sum(weight) from marts.fct_attribution_credits "
        "group by 1, 2 having abs(sum(weight) - 1) > 1e-9"
    )
    assert wrong == []
    per_model = demo.rows(
        "select model, count(distinct deal_id), sum(revenue), sum(pipeline) "
        "from marts.fct_attribution_credits group by 1"
    )
    assert len(per_model) == 17
    assert len({figures for _, *rest in per_model for figures in [tuple(rest)]}) == 1
    assert per_model[0][2] == demo.truth["counts"]["revenue_won"]


def test_booked_revenue_is_credited_or_named(demo: Built) -> None:
    booked, difference = demo.rows(
        "select sum(revenue_booked), sum(abs(difference)) from marts.mart_roi_reconciliation where model = 'linear'"
    )[0]
    assert booked == demo.truth["counts"]["revenue_won"]
    assert difference == 0


@pytest.mark.parametrize("basis", ["close_date", "touch_date", "cohort"])
def test_channel_roi_holds_all_money_on_every_basis(demo: Built, basis: str) -> None:
    for model, revenue, cost in demo.rows(
        "select model, sum(revenue), sum(cost) from marts.mart_channel_roi where basis = ? group by 1",
        basis,
    ):
        assert revenue == demo.truth["counts"]["revenue_won"], model
        assert cost == sum(money.get("cost", 0) for money in demo.truth["money"].values())


def test_windows_are_the_sums_of_their_months(demo: Built) -> None:
    wrong = demo.rows(
        """
        with months as (
            select channel, model, basis, sum(leads) as leads, sum(won) as won, sum(cost) as cost, sum(revenue) as revenue
            from marts.mart_channel_roi
            where period >= date '2025-11-01' and period < date '2026-11-01'
            group by all
        )
        select windows.channel, windows.cost, months.cost
        from marts.mart_channel_roi_windows as windows
        left join months using (channel, model, basis)
        where windows.time_window = 'm12' and (
            windows.leads <> months.leads or windows.won <> months.won
            or windows.cost is distinct from months.cost or windows.revenue <> months.revenue
        )
        """
    )
    assert wrong == []


def test_the_last_observed_age_of_a_cohort_is_not_above_its_rate(demo: Built) -> None:
    wrong = demo.value(
        """
        select count(*)
        from marts.mart_cohort_progress as progress
        inner join marts.mart_conversions as conversions
            using (from_stage, to_stage, period, dimension, value)
        where conversions.basis = 'cohort' and (progress.k > conversions.k or progress.n <> conversions.n)
        """
    )
    assert wrong == 0


def test_every_mart_carries_the_run(demo: Built) -> None:
    tables = demo.rows(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    )
    assert len(tables) >= 21
    for (table,) in tables:
        runs = demo.rows(f"select distinct run_id from marts.{table}")
        # the shipped agreement has no statuses of its own
        assert runs == ([] if table == "fct_lead_statuses" else [(demo.run_id,)]), table
