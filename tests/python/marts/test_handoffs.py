"""Hand-overs and duties of the demo company against a plain reading of the calendar, day by day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import Built
from tests.reference.working_time import business_hours, due_after_days, working_day

LEGS = (
    ("listing", "listed_at"),
    ("sync", "synced_at"),
    ("assignment", "assigned_at"),
    ("contact", "first_contact_at"),
    ("disposal", "disposed_at"),
)
# the place of an instant on the working-time clock, as macros/handoff/business_time.sql has it
_CLOCK = """
    select days.worked_before
        + least(greatest(epoch_us(instants.at) - epoch_us(days.opens_at), 0), days.open_time)
    from (select ?::timestamp as at) as instants
    inner join marts.dim_business_days as days
        on days.team = 'all' and days.day_on = cast(instants.at + interval 9 hour as date)
"""


def _jst(text: str) -> datetime:
    return datetime.fromisoformat(text) - timedelta(hours=9)


def _dicts(demo: Built, sql: str) -> list[dict[str, Any]]:
    with demo.connect() as connection:
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_the_calendar_is_the_librarys(demo: Built) -> None:
    rows = demo.rows(
        "select team, day_on, is_working, opens_at, closes_at from marts.dim_business_days "
        "where day_on between '2023-01-01' and '2028-12-31'"
    )
    assert len(rows) > 6 * 365
    for team, day, is_working, opens, closes in rows:
        work = working_day(day, team)
        assert is_working == (work is not None), (team, day)
        if work is not None:
            assert (opens, closes) == (work.opens, work.closes), (team, day)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        pytest.param("2026-05-01 17:59", "2026-05-07 09:01", 2 / 60, id="Golden Week"),
        pytest.param("2026-05-01 18:01", "2026-05-07 09:01", 1 / 60, id="after the close"),
        pytest.param("2026-03-19 17:00", "2026-03-23 10:00", 2.0, id="a holiday on a Friday"),
        pytest.param("2026-12-28 12:00", "2027-01-04 10:00", 2.0, id="half day and year end"),
        pytest.param("2026-12-28 14:00", "2026-12-28 17:00", 0.0, id="afternoon of a half day"),
        pytest.param("2026-10-31 03:00", "2026-11-01 23:00", 0.0, id="a weekend"),
        pytest.param("2026-10-30 08:00", "2026-10-30 20:00", 9.0, id="a whole day"),
    ],
)
def test_working_time_at_the_edges(demo: Built, start: str, end: str, hours: float) -> None:
    from_at, to_at = _jst(start), _jst(end)
    found = demo.value(_CLOCK, to_at) - demo.value(_CLOCK, from_at)
    assert found / 3_600_000_000 == pytest.approx(hours)
    assert business_hours(from_at, to_at) == pytest.approx(hours)


def test_legs_are_what_the_days_between_say(demo: Built) -> None:
    rows = _dicts(demo, "select * from marts.fct_handoffs")
    assert len(rows) > 1000
    for row in rows:
        before = row["qualified_at"]
        for leg, column in LEGS:
            at = row[column]
            if at is None:
                assert row[f"{leg}_hours"] is None
                continue
            if before is not None:
                after = max(before, at)
                elapsed = (after - before) / timedelta(hours=1)
                assert row[f"{leg}_hours"] == pytest.approx(elapsed)
                worked = business_hours(before, after, row["team"])
                assert row[f"{leg}_business_hours"] == pytest.approx(worked)
            before = max(before or at, at)


def test_duties_are_due_when_a_calendar_on_the_wall_says(demo: Built) -> None:
    rows = _dicts(
        demo,
        "select checks.*, handoffs.synced_at, handoffs.handed_over_at, handoffs.first_contact_at "
        "from marts.fct_sla_checks as checks inner join marts.fct_handoffs as handoffs "
        "using (lead_id, episode_no) where term_id = 'first_contact_2bd'",
    )
    as_of = demo.value("select max(as_of) from marts.lead_scores")
    seen = set()
    for row in rows:
        start = row["synced_at"] or row["handed_over_at"]
        due = due_after_days(start, 2, row["team"])
        done = row["first_contact_at"]
        assert row["due_at"] == due
        if done is not None:
            assert row["status"] == ("met" if done <= due else "breached")
        else:
            assert row["status"] in ("open", "not_due", "waived", "breached")
            assert (row["status"] == "not_due") == (due >= as_of)
        taken = business_hours(start, max(start, done or as_of), row["team"])
        assert row["taken_business_hours"] == pytest.approx(taken)
        seen.add(row["status"])
    assert {"met", "breached", "open", "not_due"} <= seen


def test_every_hand_over_has_every_duty_once(demo: Built) -> None:
    """Five of the eight terms are held against a hand-over; one a deal and a week, two a month."""
    terms = {row[0] for row in demo.rows("select distinct term_id from marts.fct_sla_checks")}
    assert terms == {
        "mql_definition",
        "sql_definition",
        "handoff_24h",
        "handoff_fields",
        "first_contact_2bd",
    }
    counts = demo.rows(
        "select count(*) from marts.fct_sla_checks group by lead_id, episode_no having count(*) <> 5"
    )
    assert counts == []
    handoffs = demo.value("select count(*) from marts.fct_handoffs")
    assert demo.value("select count(*) from marts.fct_sla_checks") == 5 * handoffs
    journeys = "select count(*) from marts.fct_lead_journeys where handed_over_at is not null"
    assert handoffs == demo.value(journeys)


def test_every_term_of_the_agreement_has_results(demo: Built) -> None:
    terms = {row[0] for row in demo.rows("select distinct term_id from marts.mart_sla_results")}
    assert terms == {
        "mql_definition",
        "sql_definition",
        "handoff_24h",
        "handoff_fields",
        "first_contact_2bd",
        "deal_phase_friday",
        "mql_volume",
        "sql_rate_floor",
    }


@pytest.mark.parametrize("cut", ["all", "team"])
def test_results_are_the_checks_counted(demo: Built, cut: str) -> None:
    counted = demo.rows(
        "select term_id, sum(met_count), sum(breached_count), sum(open_count), sum(not_due_count) "
        "from marts.mart_sla_results where period_kind = 'month' and met_count is not null "
        "and dimension = ? group by term_id order by term_id",
        cut,
    )
    checked = demo.rows(
        "with duties as (select term_id, status from marts.fct_sla_checks union all "
        "select term_id, status from marts.fct_deal_phase_updates) "
        "select term_id, count(*) filter (status = 'met'), count(*) filter (status = 'breached'), "
        "count(*) filter (status = 'open'), count(*) filter (status = 'not_due') "
        "from duties group by term_id order by term_id"
    )
    assert counted == checked


def test_a_deal_is_asked_every_week_it_is_open(demo: Built) -> None:
    """Phase updates, recounted from the deals' own events by plain loops over the weeks."""
    rows = _dicts(demo, "select * from marts.fct_deal_phase_updates order by deal_id, week_on")
    assert len(rows) > 1000
    for row in rows:
        friday = row["week_on"] + timedelta(days=4)
        while working_day(friday, row["team"]) is None:
            friday -= timedelta(days=1)
        work = working_day(friday, row["team"])
        assert work is not None
        assert row["due_at"] == work.closes
    weeks = demo.rows(
        "select deal_id, count(*), count(distinct week_on) from marts.fct_deal_phase_updates "
        "group by deal_id having count(*) <> count(distinct week_on)"
    )
    assert weeks == []


def test_calls_are_the_hand_overs_nobody_called(demo: Built) -> None:
    calls = demo.rows("select lead_id, episode_no from marts.mart_calls_today order by all")
    waiting = demo.rows(
        "select lead_id, episode_no from marts.fct_handoffs "
        "where first_contact_at is null and disposed_at is null order by all"
    )
    assert calls == waiting
    assert calls
    ranks = [
        r[0] for r in demo.rows("select is_late from marts.mart_calls_today order by call_rank")
    ]
    assert ranks == sorted(ranks)


def test_the_curve_ends_where_the_months_do(demo: Built) -> None:
    """A month that is over: at every hour as many as had been called by then, of all its hand-overs."""
    wrong = demo.value(
        """
        with counted as (
            select period, hours.n as hour_no,
                count(*) filter (done_at is not null and taken_business_hours <= hours.n) as k, count(*) as n
            from marts.fct_sla_checks cross join (select range as n from range(91)) as hours
            where term_id = 'first_contact_2bd' and period < '2026-09-01'
            group by all
        )
        select count(*) from counted
        full outer join (
            select * from marts.mart_contact_progress where period < '2026-09-01'
        ) as progress on counted.period = progress.period and counted.hour_no = progress.business_hours
        where counted.n is distinct from progress.n or counted.k is distinct from progress.k
        """
    )
    assert wrong == 0


def test_the_planted_delays_are_found(demo: Built) -> None:
    """The demo syncs too late in about one case in eight, and calls too late in about one in five."""
    late = dict(
        demo.rows(
            "select term_id, avg(has_been_late::int) from marts.fct_sla_checks "
            "where status <> 'not_due' group by term_id"
        )
    )
    assert 0.08 < late["handoff_24h"] < 0.2
    assert 0.1 < late["first_contact_2bd"] < 0.25
