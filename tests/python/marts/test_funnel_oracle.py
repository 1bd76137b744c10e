"""The funnel's marts against plain Python on the demo company, and laws that hold for any company."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import Built
from tests.reference.incidence import ENDED, OPEN, TAKEN, Curve, curve, kaplan_meier, wilson

TOKYO = ZoneInfo("Asia/Tokyo")
AS_OF = datetime(2026, 10, 31, 15)  # noqa: DTZ001
STAGES = ("lead", "mql", "sql", "opportunity", "won")
STEPS = (
    ("lead", "mql"), ("mql", "sql"), ("sql", "opportunity"), ("opportunity", "won"),
    ("sql", "won"), ("lead", "won"), ("sql", "returned"),
)  # fmt: skip
ENDS = ("won", "lost", "returned")
WINDOWS = {"m1": (2026, 10), "m3": (2026, 8), "m6": (2026, 5), "m12": (2025, 11)}


class Chance(NamedTuple):
    """A journey that entered the first stage of a step."""

    month: date
    arrival: date | None
    day: int
    what: str
    lag: float | None
    dimensions: dict[str, str]


def month_of(at: datetime) -> date:
    return at.replace(tzinfo=ZoneInfo("UTC")).astimezone(TOKYO).date().replace(day=1)


@pytest.fixture(scope="module")
def journeys(demo: Built) -> list[dict[str, Any]]:
    with demo.connect() as connection:
        relation = connection.sql("select * from marts.fct_lead_journeys")
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def chances(journeys: Iterable[dict[str, Any]], start: str, end: str) -> list[Chance]:
    found = []
    for row in journeys:
        began, reached = row[f"{start}_at"], row[f"{end}_at"]
        if began is None or (start == "lead" and row["episode_no"] != 1):
            continue
        others = [row[f"{name}_at"] for name in ENDS if name != end and row[f"{name}_at"]]
        what = TAKEN if reached else ENDED if others else OPEN
        until = reached or (min(others) if others else AS_OF)
        found.append(
            Chance(
                month_of(began),
                month_of(reached) if reached else None,
                max(until - began, timedelta(0)) // timedelta(days=1),
                what,
                (reached - began) / timedelta(days=1) if reached else None,
                {"all": "all"}
                | {name: row[name] or "unknown" for name in ("channel", "segment", "owner_id")},
            )
        )
    return found


def held(found: tuple[Any, ...], expected: Curve) -> None:
    rate, low, high, median, p75, p90 = found
    assert rate == pytest.approx(expected.rate, abs=1e-12)
    for bound, sought in ((low, expected.low), (high, expected.high)):
        assert (bound is None) == (sought is None)
        assert bound is None or bound == pytest.approx(sought, abs=1e-9)
    assert (median, p75, p90) == (expected.median, expected.p75, expected.p90)


# ---- closed forms ------------------------------------------------------------------------------


def test_with_nobody_open_the_curve_is_k_of_n_and_wilsons_interval() -> None:
    people = [(3, TAKEN)] * 2 + [(9, TAKEN)] * 4 + [(5, ENDED)] * 10 + [(40, ENDED)] * 4
    found = curve(people)
    assert found.rate == pytest.approx(6 / 20)
    assert found.variance == pytest.approx(0.3 * 0.7 / 20)
    assert (round(found.low, 4), round(found.high, 4)) == (0.1455, 0.519)


def test_without_another_door_the_curve_is_kaplan_and_meiers() -> None:
    # 6-MP patients of Freireich 1963: weeks of remission, + is censored; S at the end is 0.448
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    people = [(d, TAKEN) for d in relapsed] + [(d, OPEN) for d in censored]
    assert curve(people).rate == pytest.approx(1 - 0.4482, abs=5e-5)
    assert curve(people).rate == pytest.approx(kaplan_meier(people), abs=1e-15)
    # Greenwood's variance of the same curve, as printed: 0.1346 squared
    assert curve(people).variance ** 0.5 == pytest.approx(0.1346, abs=5e-5)


def test_who_is_lost_is_no_chance_any_more() -> None:
    """Taken for censored, lost ones would be expected to convert like the others."""
    people = [(10, TAKEN)] * 2 + [(20, ENDED)] + [(30, OPEN)] * 3 + [(40, TAKEN)] + [(50, OPEN)] * 3
    assert curve(people).rate == pytest.approx(0.375)
    assert kaplan_meier(people) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (6, 20, 0.1455, 0.5190),
        (0, 5, 0.0, 0.4345),
        (3, 5, 0.2307, 0.8824),
        (60, 200, 0.2407, 0.3668),
    ],
)
def test_the_oracles_interval_is_the_published_one(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k / n, n) == pytest.approx((low, high), abs=6e-5)


# ---- the demo company --------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "end"), STEPS)
def test_conversions_of_every_month_on_three_bases(
    demo: Built, journeys: list[dict[str, Any]], start: str, end: str
) -> None:
    people = chances(journeys, start, end)
    rows = demo.rows(
        "select basis, period, dimension, value, n, k, open_count, rate, ci_low, ci_high, median_days, "
        "p75_days, p90_days from marts.mart_conversions where from_stage = ? and to_stage = ? "
        "and dimension in ('all', 'channel', 'segment', 'owner_id')",
        start,
        end,
    )
    cells: dict[tuple, list[Chance]] = defaultdict(list)
    arrivals: Counter[tuple] = Counter()
    for person in people:
        for dimension, value in person.dimensions.items():
            cells[person.month, dimension, value].append(person)
            if person.arrival:
                arrivals[person.arrival, dimension, value] += 1
    assert len(rows) == 2 * len(cells) + len({*cells, *arrivals})
    for basis, period, dimension, value, n, k, still_open, *figures in rows:
        key = (period, dimension, value)
        group = cells.get(key, [])
        assert n == len(group)
        if basis == "period":
            assert (k, still_open) == (arrivals[key], None)
            continue
        assert k == sum(p.what == TAKEN for p in group)
        assert still_open == sum(p.what == OPEN for p in group)
        if basis == "cohort":
            assert figures[0] == k / n
        else:
            held(tuple(figures), curve([(p.day, p.what) for p in group]))


@pytest.mark.parametrize("window", [*WINDOWS, "all"])
def test_estimates_of_every_window(
    demo: Built, journeys: list[dict[str, Any]], window: str
) -> None:
    first = date(*WINDOWS[window], 1) if window != "all" else date(1900, 1, 1)
    open_ones = 0
    for start, end in STEPS:
        group = [p for p in chances(journeys, start, end) if p.month >= first]
        cohort, estimate = demo.rows(
            "select n, k, rate, ci_low, ci_high, median_days, p75_days, p90_days "
            "from marts.mart_conversion_windows where dimension = 'all' and time_window = ? "
            "and from_stage = ? and to_stage = ? and basis in ('cohort', 'kaplan_meier') order by basis",
            window,
            start,
            end,
        )
        n, k, rate, *figures = estimate
        assert (n, k) == (len(group), sum(p.what == TAKEN for p in group))
        held((rate, *figures), curve([(p.day, p.what) for p in group]))
        # who is open may still convert: the estimate is never below what has happened
        assert rate >= cohort[2] - 1e-12
        open_ones += sum(p.what == OPEN for p in group)
    assert open_ones > 0


def test_same_age_cohorts_are_counted_person_by_person(
    demo: Built, journeys: list[dict[str, Any]]
) -> None:
    people = chances(journeys, "mql", "sql")
    n = Counter(p.month for p in people)
    for period, age, found_n, k in demo.rows(
        "select period, age_days, n, k from marts.mart_cohort_progress where from_stage = 'mql' "
        "and to_stage = 'sql' and dimension = 'all'"
    ):
        reached = sum(p.month == period and p.lag is not None and p.lag < age + 1 for p in people)
        assert (found_n, k) == (n[period], reached)


def _imputed(rows: list[dict[str, Any]]) -> dict[str, bool]:
    return {stage: any(row[f"{stage}_at"] for row in rows) for stage in STAGES}


def test_three_ways_to_count_a_lead(demo: Built, journeys: list[dict[str, Any]]) -> None:
    """Seen stages come from the entries that nothing was imputed for, in any episode."""
    lives: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in journeys:
        lives[row["lead_id"]].append(row)
    with demo.connect() as connection:
        relation = connection.sql("select * from marts.fct_lead_funnels")
        leads = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    seen: dict[str, set[str]] = defaultdict(set)
    for lead_id, stage in demo.rows(
        "select distinct lead_id, stage from marts.fct_stage_entries where not is_imputed"
    ):
        seen[lead_id].add(stage)
    assert len(leads) == len(lives)
    strict = skipped = 0
    for lead in leads:
        lead_id = lead["lead_id"]
        assert lead["period"] == month_of(min(r["lead_at"] for r in lives[lead_id]))
        for stage, is_in in _imputed(lives[lead_id]).items():
            assert lead[f"is_imputed_{stage}"] == is_in
            assert lead[f"is_all_stages_{stage}"] <= lead[f"is_any_stages_{stage}"] <= is_in
            # recorded late is seen too, so an entry is enough and its absence is not
            assert lead[f"is_any_stages_{stage}"] or stage not in seen[lead_id]
        chain = [lead[f"is_all_stages_{stage}"] for stage in STAGES]
        assert chain == sorted(chain, reverse=True)
        strict += lead["is_all_stages_sql"]
        skipped += lead["is_any_stages_sql"] and not lead["is_all_stages_sql"]
    # the maker planted SQLs that never were MQLs
    assert skipped >= demo.truth["counts"]["sqls_without_mql"] > 0
    assert strict > 0


def test_counts_of_a_window_are_the_leads_that_came_in_it(demo: Built) -> None:
    for window, (year, month) in WINDOWS.items():
        for kind in ("imputed", "all_stages", "any_stages"):
            flags = ", ".join(f"count(*) filter (is_{kind}_{stage})" for stage in STAGES)
            (expected,) = demo.rows(
                f"select {flags} from marts.fct_lead_funnels where period >= ? and period < '2026-11-01'",
                date(year, month, 1),
            )
            rows = demo.rows(
                "select n, next_k, cumulative_rate, n - went_on_count - lost_count - returned_count "
                "- open_count - won_count from marts.mart_funnel_counts where time_window = ? "
                "and funnel_type = ? and dimension = 'all' order by stage_order",
                window,
                kind,
            )
            assert tuple(n for n, *_ in rows) == expected
            assert [following for _, following, *_ in rows] == [*expected[1:], None]
            assert [rate for _, _, rate, _ in rows] == [n / expected[0] for n in expected]
            assert {left for *_, left in rows} == {0}


def test_the_parts_of_a_funnel_are_the_whole(demo: Built) -> None:
    apart = demo.rows(
        "with parts as (select time_window, funnel_type, stage, dimension, sum(n) as n, "
        "sum(open_count) as open_count from marts.mart_funnel_counts group by all) "
        "select * from parts join parts as whole using (time_window, funnel_type, stage) "
        "where whole.dimension = 'all' and (parts.n <> whole.n or parts.open_count <> whole.open_count)"
    )
    assert apart == []


def test_time_in_stage_is_never_negative_and_nobody_is_in_two(demo: Built) -> None:
    assert demo.value("select min(days_in_stage) from marts.fct_stage_entries") >= 0
    twice = demo.value(
        "select count(*) from (select lead_id from marts.fct_stage_entries where exited_at is null "
        "and stage not in ('won', 'lost') group by lead_id having count(*) > 1)"
    )
    assert twice == 0
    entries = dict(demo.rows("select stage, count(*) from marts.fct_stage_entries group by 1"))
    for start, end in STEPS:
        n, k = demo.rows(
            "select sum(n), sum(k) from marts.mart_conversions where basis = 'period' "
            "and dimension = 'all' and from_stage = ? and to_stage = ?",
            start,
            end,
        )[0]
        assert n == entries[start]
        # of a later life nothing begins with `lead`
        assert k == entries[end] if start != "lead" else k <= entries[end]


# ---- the bridge --------------------------------------------------------------------------------


def test_bridges_end_where_the_window_does(demo: Built) -> None:
    rows = demo.rows(
        "select bridge.time_window, bridge.basis, bridge.from_stage, bridge.to_stage, dimension, "
        "sum(base_conversions), sum(volume_effect), sum(mix_effect), sum(rate_effect), sum(k), "
        "sum(base_chances), sum(n) "
        "from marts.mart_gap_bridge as bridge where compared_with = 'previous' group by all"
    )
    assert len(rows) > 100
    for window, basis, start, end, _, base, volume, mix, rate, now, base_n, n in rows:
        whole = demo.rows(
            "select n, k from marts.mart_conversion_windows where time_window = ? and basis = ? "
            "and from_stage = ? and to_stage = ? and dimension = 'all'",
            window,
            basis,
            start,
            end,
        )[0]
        assert (n, now) == whole
        assert base + volume + mix + rate == pytest.approx(now, abs=1e-6)
        # volume is what the whole would have had of the same mix at the same rates
        assert volume == pytest.approx(base / base_n * (n - base_n), abs=1e-6)


def test_a_plan_is_the_target_of_the_whole(demo: Built) -> None:
    rows = demo.rows(
        "select time_window, dimension, sum(base_chances), sum(base_conversions) from marts.mart_gap_bridge "
        "where compared_with = 'target' and from_stage = 'mql' and to_stage = 'sql' group by all"
    )
    assert rows
    for window, _, base_n, base_k in rows:
        targets = dict(
            demo.rows(
                "select metric, target from marts.mart_kpi_windows where time_window = ? "
                "and dimension = 'all' and metric in ('mqls', 'sql_rate')",
                window,
            )
        )
        assert base_k / base_n == pytest.approx(targets["sql_rate"])
        if targets.get("mqls"):
            assert base_n == pytest.approx(targets["mqls"])


@pytest.mark.parametrize("seed", range(20))
def test_the_formula_of_the_bridge_adds_up_for_any_figures(demo: Built, seed: int) -> None:
    """The macro's own text on random segments, new ones and vanished ones among them."""
    dice = random.Random(seed)
    cells = [
        (dice.choice([0, dice.randint(1, 500)]), dice.choice([0, dice.randint(1, 500)]))
        for _ in range(dice.randint(2, 9))
    ]
    cells.append((dice.randint(1, 50), dice.randint(1, 50)))
    values = [(i, b, dice.randint(0, b), n, dice.randint(0, n)) for i, (b, n) in enumerate(cells)]
    rows = ", ".join(str(v) for v in values)
    with demo.connect() as connection:
        parts = connection.execute(
            "with based as (select *, sum(n) over () as all_n, sum(base_n) over () as all_base_n, "
            "case when base_n > 0 then base_k / base_n else sum(base_k) over () / sum(base_n) over () end "
            f"as base_rate from (values {rows}) as v (value, base_n, base_k, n, k)), {_effects()} "
            "select k - base_k, volume_effect, mix_effect, rate_effect from effects"
        ).fetchall()
    for difference, *effects in parts:
        assert sum(effects) == pytest.approx(difference, abs=1e-9)


def _effects() -> str:
    """The CTE of macros/funnel/bridge.sql as it stands there."""
    from leadloop.settings import PROJECT_ROOT

    text = (PROJECT_ROOT / "macros" / "funnel" / "bridge.sql").read_text("utf-8")
    body = text.split("{% macro bridge_effects() -%}")[1].split("{%- endmacro %}")[0]
    assert "{{" not in body
    return body
