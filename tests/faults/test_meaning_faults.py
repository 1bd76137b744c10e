"""The 22 faults of meaning of reliability.md section 3 B, one test each: R refuse, Q quarantine, H heal, W warn."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import company_kit as kit
import pytest
from company_kit import Company, balance, line_of, refused, warned

from leadloop.agreement import check_seeds
from leadloop.errors import InputRejected
from leadloop.publish.build import Options, Project, build
from leadloop.publish.pointer import read_pointer
from tests.python.agreement.seed_folder import SeedFolder
from tests.python.load.conftest import Bench
from tests.python.pipeline.pipeline_kit import environment


def _entries(built, lead_id: str) -> dict[str, tuple[datetime, bool]]:
    rows = built.rows(
        "select stage, entered_at, is_imputed from marts.fct_stage_entries where lead_id = ?",
        lead_id,
    )
    return {stage: (at, imputed) for stage, at, imputed in rows}


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _level(built, lead_id: str) -> str:
    return built.value("select job_level from marts.dim_leads where lead_id = ?", lead_id)


def test_b01_same_row_twice(company: Company) -> None:
    """A lead stands twice with the same content: H, one counts, the other is a duplicate of the balance."""
    found = company.first.value("select count(*) from marts.dim_leads where lead_id = 'b01'")
    assert found == 1
    # b01 once, and three ids of b02
    assert balance(company.first, "leads")["duplicates"] == 4


def test_b02_one_id_two_contents(company: Company) -> None:
    """Copies of one lead differ: H, the newest by updated_at whatever its place; equally new ones: the last, W."""
    first = company.first
    assert _level(first, "b02-newer-first") == _level(first, "b02-newer-last") == "director"
    assert _level(first, "b02-tie") == "director"
    assert warned(first, "copies_at_odds") == {"leads": 2}
    place = first.rows(
        "select first_line from marts.mart_data_warnings where rule = 'copies_at_odds'"
    )
    assert place == [(line_of("leads", "lead_id", "b02-tie"),)]


def test_b03_one_address_two_ids(company: Company) -> None:
    """Two ids have one address: W, nobody is merged and both are named in a report."""
    ids = company.first.rows(
        "select lead_id from marts.dim_leads where lead_id like 'b03%' order by 1"
    )
    assert ids == [("b03-one",), ("b03-two",)]
    assert warned(company.first, "shared_email") == {"leads": 2}


def test_b04_merges_in_a_chain_and_in_a_circle(company: Company) -> None:
    """A into B into C: H, C has A's traces. X into Y into X: Q, both."""
    first = company.first
    assert set(_entries(first, "b04-c")) == {"lead", "mql"}
    assert balance(first, "leads")["merged"] == 2
    for name in ("b04-x", "b04-y"):
        rule, column, _ = refused(first, "leads", line_of("leads", "lead_id", name)) or ("", "", "")
        assert (rule, column) == ("merge_cycle", "merged_into_lead_id")
    left = first.value(
        "select count(*) from marts.dim_leads where lead_id in ('b04-a', 'b04-b', 'b04-x', 'b04-y')"
    )
    assert left == 0


def test_b05_deleted_lead_with_a_past(company: Company) -> None:
    """A lead that had been an MQL was deleted: H by policy (decisions.md): it and its traces are suppressed, and counted."""
    first = company.first
    assert _entries(first, "b05") == {}
    assert first.value("select count(*) from marts.dim_leads where lead_id = 'b05'") == 0
    assert balance(first, "leads")["suppressed"] == 2  # b05 and, until it comes back, b06
    assert balance(first, "activities")["suppressed"] == 1


def test_b06_deleted_lead_comes_back(company: Company) -> None:
    """A deleted lead is there again in the next export: W, it counts anew and is flagged."""
    asked = "select count(*) from marts.dim_leads where lead_id = 'b06'"
    assert company.first.value(asked) == 0
    assert warned(company.first, "came_back") == {}
    assert company.second.value(asked) == 1
    assert warned(company.second, "came_back") == {"leads": 1}


def test_b07_orphan_activity_waits_for_its_lead(company: Company) -> None:
    """An activity without its lead: Q until the lead arrives, then it joins by itself; the balance is exact both times."""
    line = line_of("activities", "lead_id", "b07")
    assert (refused(company.first, "activities", line) or ("",))[0] == "orphan_lead"
    assert (refused(company.second, "activities", line) or ("",))[0] != "orphan_lead"
    assert set(_entries(company.second, "b07")) == {"lead", "mql"}
    before, after = (balance(built, "activities") for built in (company.first, company.second))
    assert after["read"] == before["read"] + 2
    assert after["loaded"] == before["loaded"] + 3
    assert after["quarantined"] == before["quarantined"] - 1


def test_b08_orphan_deal_and_deal_of_two(company: Company) -> None:
    """A deal of an unknown lead: Q. A deal of two leads: H, it is its first lead's, and the credit adds up to 1."""
    first = company.first
    line = line_of("deals", "deal_id", "b08-orphan")
    assert (refused(first, "deals", line) or ("",))[0] == "orphan_lead"
    owners = first.rows("select lead_id from marts.fct_lead_journeys where deal_id = 'b08-two'")
    assert owners == [("b08-first",)]
    credits = first.rows(
        "select model, count(distinct channel), round(sum(weight), 9), sum(revenue) "
        "from marts.fct_attribution_credits where deal_id = 'b08-two' group by model order by model"
    )
    assert {"first", "last", "linear", "w_shaped", "markov"} <= {row[0] for row in credits}
    assert {row[2:] for row in credits} == {(1.0, Decimal(300_000))}
    assert dict((row[0], row[1]) for row in credits)["linear"] == 2


def test_b09_stages_out_of_order(company: Company) -> None:
    """SQL before MQL, a deal won before it was made: H, the earlier stage takes the instant of the later, flagged."""
    first = company.first
    order = _entries(first, "b09-order")
    assert order["sql"] == (_at("2026-06-10"), False)
    assert order["mql"] == (_at("2026-06-10"), True)
    deal = _entries(first, "b09-deal")
    assert deal["won"][0] == deal["opportunity"][0] == _at("2026-07-01")
    assert deal["mql"] == (_at("2026-07-01"), True)
    negative = first.value("select count(*) from marts.fct_stage_entries where days_in_stage < 0")
    assert negative == 0


def test_b10_times_ahead_of_the_clock(company: Company) -> None:
    """15 minutes ahead of the load: H, a fast clock, seen once it has come. More: Q."""
    line = line_of("activities", "occurred_at", "2026-10-01T00:15:01Z")
    assert (refused(company.first, "activities", line) or ("",))[0] == "future_time"
    assert refused(company.first, "activities", line - 1) is None
    asked = "select count(*) from marts.fct_lead_events where lead_id = 'b10'"
    assert company.first.value(asked) == 0, "as_of is the instant of the load"
    assert company.second.value(asked) == 1


def test_b11_dates_that_mean_none(company: Company) -> None:
    """1900-01-01, 1970-01-01 and 9999-12-31: Q, also as the close of a deal and the start of a cost."""
    places = [("leads", line_of("leads", "created_at", text)) for text in kit.SENTINELS]
    places.append(("deals", line_of("deals", "deal_id", "b11")))
    places.append(("marketing_costs", line_of("marketing_costs", "cost_id", "b21-sentinel")))
    for table, line in places:
        assert (refused(company.first, table, line) or ("",))[0] == "sentinel_date", (table, line)


def test_b12_amounts_out_of_range(company: Company) -> None:
    """A negative amount: Q. 0: W, it counts. 10^15: Q, no amount has 16 digits."""
    first = company.first
    rules = {
        name: (refused(first, "deals", line_of("deals", "deal_id", name)) or (None,))[0]
        for name in ("b12-negative", "b12-zero", "b12-huge")
    }
    assert rules == {"b12-negative": "negative", "b12-zero": None, "b12-huge": "not_a_number"}
    assert warned(first, "zero_amount") == {"deals": 1}


def test_b13_currencies(company: Company) -> None:
    """USD beside JPY: H, by the rate of the day (155). An unknown code, a day without a rate: Q. Sums are of one currency."""
    first = company.first
    revenue = first.rows(
        "select deal_id, sum(revenue) from marts.fct_attribution_credits "
        "where model = 'first' and deal_id like 'b13%' group by deal_id order by deal_id"
    )
    assert revenue == [("b13-jpy", Decimal(1_000)), ("b13-usd", Decimal(155_000))]
    for name in ("b13-unknown", "b13-no-rate"):
        rule = (refused(first, "deals", line_of("deals", "deal_id", name)) or ("",))[0]
        assert rule == "currency_rate_missing", name


def test_b14_naive_beside_offsets(company: Company) -> None:
    """Half past midnight in Japan with an offset, without one and in UTC: H, one instant, 1 September for all."""
    rows = company.first.rows(
        "select leads.created_at, entries.entered_on from marts.dim_leads as leads "
        "inner join marts.fct_stage_entries as entries on leads.lead_id = entries.lead_id "
        "where leads.lead_id like 'b14%'"
    )
    assert rows == [(_at("2026-08-31 15:30"), date(2026, 9, 1))] * 3
    by_month = company.first.rows(
        "select period, k from marts.mart_kpis "
        "where metric = 'leads' and dimension = 'channel' and value = 'partner' and k > 0"
    )
    assert by_month == [(date(2026, 9, 1), 3)]


def test_b15_hour_that_comes_twice(tmp_path: Path) -> None:
    """01:30 in New York on the night summer time ends: H, always the first of the two, and W with the count."""
    bench = Bench(tmp_path)
    bench.leads["columns"]["created_at"] = {"column": "登録日時", "timezone": "America/New_York"}
    nights = ["00:30", "01:30", "01:59", "02:00", "02:30"]
    rows = "".join(f"L{n},2026-11-01 {at}:00,甲社,\n" for n, at in enumerate(nights))
    bench.write("leads.csv", f"リードID,登録日時,会社名,メール\n{rows}")
    report = bench.load()
    # summer time is 4 hours behind UTC, the rest of the year 5
    assert [row["created_at"][11:16] for row in bench.rows()] == [
        "04:30",
        "05:30",
        "05:59",
        "07:00",
        "07:30",
    ]
    (seen,) = [n for n in report.notices if n.rule == "repeated_hour"]
    assert seen.message["en"].startswith("2 times")
    assert seen.place.line == 3


def test_b16_machines_and_our_own_people(company: Company) -> None:
    """A burst of views, our own domain, a click 2 seconds after the mail: H, no points, and W with the counts."""
    rows = company.first.rows(
        "select distinct lead_id, filter_id, event_count from marts.mart_excluded_events "
        "where lead_id like 'b16%' order by lead_id, filter_id"
    )
    assert rows == [
        ("b16-burst", "visit_burst", 60),
        ("b16-clicks", "scanner_click", 1),
        ("b16-internal", "internal", 1),
    ]
    points = company.first.rows(
        "select lead_id, engagement_score from marts.lead_scores "
        "where lead_id in ('b16-burst', 'b16-internal') order by lead_id"
    )
    assert points == [("b16-burst", 0.0), ("b16-internal", 0.0)]


def test_b17_activity_that_arrives_late(company: Company) -> None:
    """A visit before the hand-over arrives 72 days late: H, the score at hand-over stays, today's takes it in, W."""
    handed = "select score_at_handoff from marts.fct_lead_journeys where lead_id = 'b17'"
    assert company.first.value(handed) == company.second.value(handed) == 55.0
    in_ledger = (
        "select count(*) from marts.fct_score_ledger "
        "where lead_id = 'b17' and activity_id = 'b17-late' and scorecard_version = 'v2'"
    )
    assert company.first.value(in_ledger) == 0
    assert company.second.value(in_ledger) == 1
    assert warned(company.first, "late_activity") == {}
    assert warned(company.second, "late_activity") == {"activities": 1}


def test_b18_words_nobody_knows(company: Company) -> None:
    """A new title, industry, event type and return reason: W, counted as unclassified and never dropped; a new status: Q."""
    first = company.first
    lead = first.rows("select job_level, industry from marts.dim_leads where lead_id = 'b18'")
    assert lead == [(None, None)]
    assert warned(first, "unknown_title") == {"leads": 1}
    assert warned(first, "unknown_industry") == {"leads": 1}
    assert warned(first, "unknown_event_type") == {"activities": 1}
    assert warned(first, "unknown_return_reason") == {"activities": 1}
    events = first.rows(
        "select activity_type from marts.fct_lead_events where lead_id = 'b18' order by occurred_at"
    )
    assert events[0] == ("other",)
    reason = first.value(
        "select return_reason from marts.fct_lead_journeys where lead_id = 'b18' and episode_no = 1"
    )
    assert reason == "other"
    # a stage is a decision, not a label: a word without a meaning moves nobody
    assert (refused(first, "stage_changes", 2) or ("",))[0] == "unmapped_status"
    everyone = first.value("select count(*) from marts.dim_leads")
    by_level = first.value(
        "select sum(k) from marts.mart_kpis where metric = 'leads' and dimension = 'job_level'"
    )
    assert by_level == everyone


def test_b19_won_then_reopened_then_lost(company: Company) -> None:
    """A won deal is lost in the next export: H, now it is lost; the published version before still says won."""
    asked = "select won_at, lost_at from marts.fct_lead_journeys where lead_id = 'b19'"
    assert company.first.rows(asked) == [(_at("2026-08-01"), None)]
    assert company.second.rows(asked) == [(None, _at("2026-10-15"))]
    assert balance(company.second, "deals")["duplicates"] == 1
    credits = (
        "select count(*) from marts.fct_attribution_credits where deal_id = 'b19' and revenue > 0"
    )
    assert company.first.value(credits) > 0
    assert company.second.value(credits) == 0


# name: (seed, cells of the row to spoil, what to write)
_BAD_RULES = {
    "points missing": ("scoring_rules", {"points": ""}),
    "points are text": ("scoring_rules", {"points": "20pt"}),
    "points in a formula": ("scoring_rules", {"points": "=10+10"}),
    "unknown field": ("scoring_rules", {"field": "shoe_size"}),
    "unknown operator": ("scoring_rules", {"operator": "smells_like"}),
    "unknown subject": ("scoring_rules", {"subject": "telepathy"}),
    "unknown axis": ("scoring_rules", {"axis": "luck"}),
    "unknown decay": ("scoring_rules", {"decay": "sudden"}),
    "unknown version": ("scoring_rules", {"version": "v99"}),
    "threshold is text": ("stage_definitions", {"value": "ごじゅう"}),
    "window is negative": ("stage_definitions", {"window_days": "-30"}),
    "no day": ("scorecards", {"valid_from": "そのうち"}),
}


def test_b20_bad_rule_file(company: Company, tmp_path: Path) -> None:
    """Twelve spoilt rule files and a rule that stands twice: R before dbt starts, with the line; the last version stays."""
    seeds = SeedFolder(tmp_path)
    shipped = {name: seeds.read(name) for name in {seed for seed, _ in _BAD_RULES.values()}}
    first_number = seeds.line("stage_definitions", operator="gte")
    for name, (seed, cells) in _BAD_RULES.items():
        line = first_number if seed == "stage_definitions" else 2
        seeds.change(seed, line, **cells)
        found = check_seeds(seeds.root)
        assert (seed, line) in {(Path(f.file).stem, f.line) for f in found}, name
        seeds.write(seed, shipped[seed])
    assert check_seeds(seeds.root) == []
    twice = seeds.append("scoring_rules", 2)
    assert twice in {f.line for f in check_seeds(seeds.root)}

    agreement = tmp_path / "agreement"
    agreement.mkdir()
    (agreement / "scoring_rules.csv").write_bytes(seeds.path("scoring_rules").read_bytes())
    before = read_pointer(company.home)

    def never(*_: object) -> None:
        raise AssertionError("dbt was started with rules that are wrong")

    with environment(), pytest.raises(InputRejected) as stopped:
        build(company.home, Options(force=True, agreement=agreement), Project(run_dbt=never))
    place = stopped.value.place
    assert (Path(place.file or "").name, place.line) == ("scoring_rules.csv", twice)
    assert read_pointer(company.home) == before


def test_b21_costs_missing_twice_negative_and_text(company: Company) -> None:
    """No cost: NULL, never 0, and no ROI. One twice: H, counted once. Negative or text: Q."""
    first = company.first
    rules = {
        name: (
            refused(first, "marketing_costs", line_of("marketing_costs", "cost_id", name)) or ("",)
        )[0]
        for name in ("b21-negative", "b21-text")
    }
    assert rules == {"b21-negative": "negative", "b21-text": "not_a_number"}
    assert balance(first, "marketing_costs") == {
        "read": 5,
        "loaded": 1,
        "quarantined": 3,
        "duplicates": 1,
        "merged": 0,
        "suppressed": 0,
    }
    rows = first.rows(
        "select distinct channel, cost, roi is null, cost_per_lead is null "
        "from marts.mart_channel_roi_windows where channel in ('webinar', 'exhibition') "
        "and model = 'linear' and basis = 'cohort' and time_window = 'all' order by channel"
    )
    assert rows == [("exhibition", None, True, True), ("webinar", Decimal(50_000), False, False)]


def test_b22_targets_missing_and_for_nobody(company: Company) -> None:
    """No target: no gap and so no verdict. A target for a segment in which nobody is: W."""
    won = company.first.rows(
        "select distinct target, gap from marts.mart_kpis where metric = 'won' and dimension = 'all'"
    )
    assert won == [(None, None)]
    leads = company.first.value(
        "select count(*) from marts.mart_kpis "
        "where metric = 'leads' and dimension = 'all' and target = 900 and gap is not null"
    )
    assert leads > 0
    assert warned(company.first, "target_of_nobody") == {"targets": 1}
