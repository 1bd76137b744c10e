"""Small warehouses for the tests of the dashboard, built straight from the marts' columns.

Not the real models: the figures only have to be plausible and consistent, so that a page can
be held against SQL on the same file. The build's audit runs the same queries on real marts.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import handing
import hearing
import pyarrow as pa
import returned

from leadloop.publish.manifest import FILE_NAME, WAREHOUSE_NAME, Manifest, TestCounts

RUN = "20261101T000500Z"
OLDER_RUN = "20261001T000500Z"
AS_OF = datetime(2026, 10, 31, 15, tzinfo=UTC)
LEAD = "L000001"

FUNNEL_TYPES = ("imputed", "all_stages", "any_stages")
FUNNEL_STAGES = ("lead", "mql", "sql", "opportunity", "won")

MARTS: dict[str, str] = {
    "dim_leads": "lead_id varchar, lead_key varchar, channel varchar, channel_group varchar, "
    "campaign varchar, content varchar, industry varchar, job_level varchar, "
    "employee_count bigint, country varchar, prefecture varchar, product varchar, "
    "owner_id varchar, segment varchar, created_at timestamp, created_on date, is_opted_out boolean, "
    "disqualified_reason varchar",
    "dim_lead_contacts": "lead_id varchar, email varchar, full_name varchar, "
    "company_name varchar, company_domain varchar, job_title varchar",
    "lead_scores": "lead_id varchar, scorecard_version varchar, as_of timestamp, "
    "fit_score double, engagement_score double, total_score double, max_possible_score double, "
    "grade varchar, stage varchar, episode_no bigint, points_to_mql double, "
    "top_reasons_ja varchar, top_reasons_en varchar",
    "lead_explanations": "lead_id varchar, scorecard_version varchar, why_ja varchar, "
    "why_en varchar, unknown_ja varchar, unknown_en varchar, missing_ja varchar, "
    "missing_en varchar, lost_ja varchar, lost_en varchar, points_lost_to_cap double, "
    "points_lost_to_decay double, total_score double",
    "lead_priorities": "lead_id varchar, owner_id varchar, stage varchar, "
    "last_activity_at timestamp, owner_rank bigint",
    "account_leads": "lead_id varchar, account_key varchar, account_kind varchar, "
    "job_level varchar, is_decision_maker boolean, is_active boolean, last_activity_at timestamp",
    "dim_accounts": "account_key varchar, account_kind varchar, domain varchar, "
    "company_name varchar, industry varchar, employee_count bigint, lead_count bigint, "
    "first_seen_at timestamp",
    "account_scores": "account_key varchar, scorecard_version varchar, total_score double, "
    "max_lead_score double, eligible_score double, lead_count bigint, "
    "eligible_lead_count bigint, active_lead_count bigint, active_window_days integer, "
    "known_role_count bigint, active_role_count bigint, has_decision_maker boolean, "
    "has_active_decision_maker boolean, last_activity_at timestamp, mql_count bigint, "
    "has_open_deal boolean",
    "mart_buying_groups": "account_key varchar, job_level varchar, is_decision_maker boolean, "
    "lead_count bigint, active_lead_count bigint, last_activity_at timestamp",
    "lead_score_breakdown": "lead_id varchar, scorecard_version varchar, rule_id varchar, "
    "axis varchar, label_ja varchar, label_en varchar, firings bigint, points double, "
    "points_lost_to_cap double, points_lost_to_decay double, last_fired_at timestamp",
    "fct_lead_events": "lead_id varchar, activity_id varchar, activity_type varchar, "
    "event_group varchar, occurred_at timestamp, content_id varchar, content_name varchar, "
    "content_type varchar, url varchar, channel varchar, campaign varchar, answer varchar, "
    "excluded_by varchar, label_ja varchar, label_en varchar",
    "fct_stage_entries": "lead_id varchar, episode_no bigint, stage varchar, "
    "entered_at timestamp, entered_on date, exited_at timestamp, next_stage varchar, "
    "days_in_stage double, is_imputed boolean, scorecard_version varchar, qualified_by varchar",
    "fct_lead_journeys": "lead_id varchar, episode_no bigint, channel varchar, "
    "campaign varchar, content varchar, industry varchar, job_level varchar, product varchar, "
    "owner_id varchar, segment varchar, lead_at timestamp, mql_at timestamp, sql_at timestamp, "
    "opportunity_at timestamp, won_at timestamp, lost_at timestamp, returned_at timestamp, "
    "handed_over_at timestamp, "
    "score_at_handoff double, return_reason varchar, lost_reason varchar, "
    "amount decimal(18,2), deal_id varchar",
    "mart_conversions": "from_stage varchar, to_stage varchar, basis varchar, period date, "
    "dimension varchar, value varchar, n bigint, k bigint, rate double, ci_low double, "
    "ci_high double, is_mature boolean, median_days double, p75_days double, p90_days double, "
    "open_count bigint",
    "mart_conversion_windows": "from_stage varchar, to_stage varchar, basis varchar, "
    "time_window varchar, dimension varchar, value varchar, n bigint, k bigint, rate double, "
    "ci_low double, ci_high double, is_mature boolean, median_days double, p75_days double, "
    "p90_days double, open_count bigint",
    "fct_lead_funnels": "lead_id varchar, entered_on date, period date, "
    + ", ".join(f"is_{kind}_{stage} boolean" for kind in FUNNEL_TYPES for stage in FUNNEL_STAGES)
    + ", outcome varchar",
    "mart_funnel_counts": "time_window varchar, dimension varchar, value varchar, "
    "funnel_type varchar, stage varchar, stage_order integer, previous_from_on date, "
    "from_on date, until_on date, n bigint, previous_n bigint, next_n bigint, next_k bigint, "
    "next_rate double, next_ci_low double, next_ci_high double, cumulative_n bigint, "
    "cumulative_k bigint, cumulative_rate double, "
    "cumulative_ci_low double, cumulative_ci_high double, went_on_count bigint, "
    "lost_count bigint, returned_count bigint, open_count bigint, won_count bigint",
    "mart_gap_bridge": "compared_with varchar, from_stage varchar, to_stage varchar, "
    "basis varchar, time_window varchar, dimension varchar, value varchar, previous_from_on date, "
    "from_on date, base_chances double, base_conversions double, n bigint, k bigint, "
    "volume_effect double, "
    "mix_effect double, rate_effect double, is_mature boolean",
    "mart_cohort_progress": "from_stage varchar, to_stage varchar, period date, "
    "dimension varchar, value varchar, age_days integer, n bigint, k bigint, rate double, "
    "ci_low double, ci_high double, is_observed boolean",
    "mart_kpis": "metric varchar, unit varchar, period date, dimension varchar, value varchar, "
    "n bigint, k bigint, actual double, ci_low double, ci_high double, target double, "
    "gap double, is_mature boolean, days_to_mature integer",
    "mart_kpi_windows": "metric varchar, unit varchar, time_window varchar, dimension varchar, "
    "value varchar, n bigint, k bigint, actual double, ci_low double, ci_high double, "
    "target double, gap double, is_mature boolean, days_to_mature integer, previous double, "
    "previous_n bigint, previous_k bigint, diff_low double, diff_high double",
    "mart_channel_roi_windows": "time_window varchar, channel varchar, model varchar, "
    "basis varchar, leads bigint, mqls bigint, sqls bigint, opportunities bigint, won bigint, "
    "cost decimal(18,2), revenue decimal(18,2), gross_profit decimal(18,2), "
    "pipeline decimal(18,2), cost_per_lead double, cost_per_mql double, cost_per_sql double, "
    "cost_per_opportunity double, cac double, roas double, roi double, sql_n bigint, sql_k bigint, sql_rate double, "
    "sql_ci_low double, sql_ci_high double, win_n bigint, win_k bigint, win_rate double, "
    "win_ci_low double, win_ci_high double, is_mature boolean",
    "mart_roi_reconciliation": "period date, model varchar, revenue_booked decimal(18,2), "
    "revenue_attributed decimal(18,2), revenue_unattributed decimal(18,2), "
    "revenue_outside_window decimal(18,2), revenue_without_contact_role decimal(18,2), "
    "difference decimal(18,2)",
    "mart_model_agreement": "time_window varchar, basis varchar, channel varchar, "
    "model_count bigint, earning_count bigint, roi_low double, roi_high double, "
    "rank_high bigint, rank_low bigint, is_mature boolean, verdict varchar",
    "mart_budget_moves": "model varchar, from_channel varchar, to_channel varchar, "
    "from_won bigint, to_won bigint, moved_amount decimal(18,2), change_amount double, "
    "change_low_amount double, change_high_amount double, is_gain_in_all_models boolean",
    "mart_content_outcomes": "content varchar, outcome varchar, from_stage varchar, "
    "content_name varchar, content_type varchar, n bigint, k bigint, rate double, "
    "base_rate double, lift double, ci_low double, ci_high double, other_n bigint, "
    "other_k bigint, difference_low double, difference_high double, verdict varchar",
    "mart_roi_by_age": "model varchar, channel varchar, campaign varchar, age_months bigint, "
    "cost decimal(18,2), gross_profit decimal(18,2), roi double, payback_months bigint",
    "mart_row_balance": 'source varchar, "table" varchar, read bigint, loaded bigint, '
    "quarantined bigint, duplicates bigint, merged bigint, suppressed bigint",
    "quarantine": 'source varchar, "table" varchar, file varchar, line bigint, '
    '"column" varchar, rule varchar, value varchar, message varchar',
    "mart_data_warnings": 'source varchar, "table" varchar, rule varchar, row_count bigint, '
    "first_file varchar, first_line bigint, message_ja varchar, message_en varchar",
    "mart_source_freshness": 'source varchar, "table" varchar, newest_at timestamp, '
    "behind_hours double",
    "lead_identities": "source varchar, source_lead_id varchar, lead_id varchar, "
    "link_reason varchar, link_detail_masked varchar, is_conflict boolean, "
    "conflict_reason varchar",
    "dim_scorecards": "version varchar, status varchar, valid_from_on date, valid_to_on date, "
    "segment varchar, total_cap_points double, proposed_by varchar, "
    "approved_by_marketing varchar, approved_by_sales varchar, reason varchar, "
    "expected_effect varchar",
    "dim_scorecard_windows": "segment varchar, version varchar, from_at timestamp, "
    "to_at timestamp, is_current boolean",
    "dim_scoring_rules": "version varchar, rule_id varchar, axis varchar, subject varchar, "
    "field varchar, operator varchar, value varchar, points double, distinct_by varchar, "
    "cap_points double, cap_period varchar, rule_group varchar, group_cap_points double, "
    "decay varchar, decay_days integer, label_ja varchar, label_en varchar, reason varchar",
    "dim_stage_definitions": "version varchar, stage varchar, path varchar, criterion varchar, "
    "role varchar, subject varchar, field varchar, operator varchar, value varchar, "
    "min_count bigint, distinct_by varchar, window_days integer, label_ja varchar, "
    "label_en varchar, reason varchar",
    "dim_disqualifiers": "version varchar, disqualifier_id varchar, subject varchar, "
    "field varchar, operator varchar, value varchar, is_blocking boolean, label_ja varchar, "
    "label_en varchar, reason varchar",
    "mart_version_changes": "from_version varchar, to_version varchar, thing_kind varchar, "
    "thing_id varchar, attribute varchar, change_kind varchar, stage varchar, path varchar, "
    "old_value varchar, new_value varchar, old_label_ja varchar, old_label_en varchar, "
    "new_label_ja varchar, new_label_en varchar, reason varchar",
    "mart_version_effects": "from_version varchar, to_version varchar, measure varchar, "
    "unit varchar, from_value double, to_value double, change_value double",
    "mart_version_outcomes": "from_version varchar, to_version varchar, lead_group varchar, "
    "outcome varchar, n bigint, k bigint, rate double, ci_low double, ci_high double, "
    "diff_value double, diff_low double, diff_high double",
    "mart_version_moves": "from_version varchar, to_version varchar, lead_id varchar, "
    "movement varchar, scorecard_version varchar, path varchar, qualified_at timestamp, "
    "is_sql boolean, is_won boolean, is_lost boolean, is_returned boolean",
    **hearing.MARTS,
    **returned.MARTS,
    **handing.MARTS,
    "dim_labels": "kind varchar, code varchar, label_ja varchar, label_en varchar, "
    "sort_order integer",
}

CHANNELS = {
    "webinar": ("ウェビナー", "Webinar", 900, 1_200_000.0),
    "organic_search": ("自然検索", "Organic search", 1500, None),
    "exhibition": ("展示会", "Exhibition", 1100, 5_400_000.0),
    "paid_search": ("検索広告", "Paid search", 1300, 3_100_000.0),
    "referral": ("紹介", "Referral", 180, 90_000.0),
    "partner": ("パートナー", "Partner", 12, None),
}
STEPS = (
    ("lead", "mql", 0.30),
    ("mql", "sql", 0.25),
    ("sql", "opportunity", 0.55),
    ("opportunity", "won", 0.35),
    ("sql", "won", 0.2),
    ("lead", "won", 0.015),
    ("sql", "returned", 0.2),
)
WINDOWS = {"m1": 1, "m3": 3, "m6": 6, "m12": 12, "all": 13}
PERIODS = [date(2025 + (m // 12), m % 12 + 1, 1) for m in range(9, 22)]
_RATES = {
    "mql_rate": ("lead", 0.30, 0.28),
    "sql_rate": ("mql", 0.24, 0.27),
    "meeting_rate": ("sql", 0.55, 0.5),
    "win_rate_cohort": ("sql", 0.2, 0.22),
    "win_rate_decided": ("sql", 0.4, 0.35),
    "return_rate": ("sql", 0.2, 0.15),
}
_SIZES = {"lead": 1.0, "mql": 0.3, "sql": 0.075, "opportunity": 0.04}
# a channel's own factor on MQL to SQL: the exhibition is the gap
_QUALITY = {"exhibition": 0.4, "webinar": 1.5, "referral": 2.0}


def wilson(k: int, n: int) -> tuple[float | None, float | None]:
    """The 95% interval the marts hold; none where n is zero or k exceeds n."""
    if n == 0 or k > n:
        return None, None
    z, p = 1.959964, k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def _rate(k: int, n: int) -> tuple[int, int, float | None, float | None, float | None]:
    return (n, k, k / n if n else None, *wilson(k, n))


class Warehouse:
    """Rows by mart, written to a file at the end."""

    def __init__(self, run_id: str = RUN) -> None:
        self.run_id = run_id
        self.rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in MARTS}

    def add(self, mart: str, *values: object) -> None:
        self.rows[mart].append((self.run_id, *values))

    def write(self, path: Path) -> None:
        with duckdb.connect(str(path)) as connection:
            connection.execute("create schema marts")
            for name, columns in MARTS.items():
                connection.execute(f"create table marts.{name} (run_id varchar, {columns})")
                rows = self.rows[name]
                if rows:
                    columns_of_values = [list(values) for values in zip(*rows, strict=True)]
                    names = [str(i) for i in range(len(columns_of_values))]
                    # one scan instead of an insert a row: a hundred times faster
                    connection.register("incoming", pa.table(columns_of_values, names=names))
                    connection.execute(f"insert into marts.{name} select * from incoming")
                    connection.unregister("incoming")
            connection.execute("checkpoint")


def _labels(house: Warehouse) -> None:
    for i, (code, (ja, en, _, _)) in enumerate(CHANNELS.items()):
        house.add("dim_labels", "channel", code, ja, en, i)
    for kind, code, ja, en in (
        ("model", "first", "最初の接点", "First touch"),
        ("model", "last", "最後の接点", "Last touch"),
        ("model", "linear", "均等配分", "Linear"),
        ("stage", "lead", "リード", "Lead"),
        ("stage", "mql", "MQL", "MQL"),
        ("industry", "manufacturing", "製造業", "Manufacturing"),
        ("disqualifier", "competitor", "競合", "Competitor"),
        ("stage_path", "score", "スコア", "Score"),
        ("traffic_filter", "bot_visit", "ボットの訪問", "Visit by a bot"),
    ):
        house.add("dim_labels", kind, code, ja, en, 1)


def _segments(scale: float) -> Iterable[tuple[str, str, float, float]]:
    total = sum(c[2] for c in CHANNELS.values())
    yield "all", "all", total * scale, 1.0
    for code, (_, _, size, _) in CHANNELS.items():
        yield "channel", code, size * scale, _QUALITY.get(code, 1.0)
    yield "industry", "manufacturing", total * 0.4 * scale, 1.1


def _kpis(house: Warehouse, scale: float, mature: bool) -> None:
    for dimension, value, size, quality in _segments(scale):
        for i, period in enumerate(PERIODS):
            ready = mature and i < len(PERIODS) - 2
            days = None if ready else 23
            wobble = 1 + 0.12 * math.sin(i)
            for row in _metric_rows(size / 13 * wobble, quality, ready, days):
                house.add("mart_kpis", *row[:2], period, dimension, value, *row[2:])
        for window, months in WINDOWS.items():
            ready = mature and window != "m1"
            for row in _metric_rows(size / 13 * months, quality, ready, None if ready else 23):
                n, k, actual = row[2:5]
                previous = None if actual is None else actual * 0.9
                diff = (None, None) if row[1] != "rate" else (-0.05, 0.08)
                before = (None if n is None else int(n * 0.9), int(k * 0.8))
                house.add(
                    "mart_kpi_windows", *row[:2], window, dimension, value, *row[2:],
                    previous, *before, *diff,
                )  # fmt: skip


def _metric_rows(size: float, quality: float, ready: bool, days: int | None):
    for metric, factor in (
        ("leads", 1.0), ("mqls", 0.3), ("sqls", 0.075), ("opportunities", 0.04),
        ("won", 0.015), ("returned", 0.015),
    ):  # fmt: skip
        k = round(size * factor * (1 if metric == "leads" else quality))
        target = math.ceil(size * factor * 1.08)
        yield (metric, "count", None, k, float(k), None, None, target, k - target, True, None)
    won = round(size * 0.015 * quality)
    amount, aim = won * 1_650_000.0, math.ceil(size * 0.016) * 1_650_000.0
    yield ("won_amount", "amount", None, won, amount, None, None, aim, amount - aim, True, None)
    for metric, (base, rate, target) in _RATES.items():
        n = round(size * _SIZES[base])
        k = min(n, round(n * rate * (quality if metric == "sql_rate" else 1)))
        gap = k - math.ceil(target * n)
        yield (metric, "rate", *_rate(k, n), target, gap if n else None, ready, days)


def _estimate(basis: str, k: int, n: int):
    """As `_rate`; where a tenth is open, an estimate of a tenth more than k of n."""
    counts = _rate(k, n)
    if basis != "kaplan_meier" or not n:
        return counts
    rate = min(1.0, 1.1 * k / n)
    return (n, k, rate, *wilson(min(n, round(rate * n)), n))


def _bridge(house: Warehouse) -> None:
    """Each step of each channel against the window before, which was a tenth smaller."""
    rows = {
        row[1:8]: row for row in house.rows["mart_conversion_windows"] if row[3] != "kaplan_meier"
    }
    channels: dict[tuple, list[tuple[str, int, int]]] = {}
    for (start, end, basis, window, dimension, value, n), row in rows.items():
        if dimension == "channel" and window != "all":
            channels.setdefault((start, end, basis, window), []).append((value, n, row[8]))
    for (start, end, basis, window), parts in channels.items():
        whole = sum(n for _, n, _ in parts)
        before = [(v, n * 0.9 + i + 1, k * 0.8) for i, (v, n, k) in enumerate(parts)]
        base = sum(n for _, n, _ in before)
        for (value, n, k), (_, base_n, base_k) in zip(parts, before, strict=True):
            rate, grown = base_k / base_n, base_k * whole / base
            for compared_with in ("previous", "target") if basis == "cohort" else ("previous",):
                house.add(
                    "mart_gap_bridge", compared_with, start, end, basis, window, "channel", value,
                    PERIODS[0], PERIODS[-2], base_n, base_k, n, k,
                    grown - base_k, n * rate - grown, k - n * rate, window != "m1",
                )  # fmt: skip


def _funnels(house: Warehouse) -> None:
    """Every lead's own stages, and the counts of them: the windows end with October."""
    stages = {"lead": 1, "mql": 2, "sql": 3, "opportunity": 4, "won": 5, "lost": 4, "returned": 3}
    now = {row[1]: row[9] for row in house.rows["lead_scores"]}
    people = []
    for row in house.rows["dim_leads"]:
        lead_id, channel, created_on = row[1], row[3], row[16]
        stage = str(now[lead_id])
        skips = int(str(lead_id)[1:]) % 9 == 0
        been = {
            kind: [
                i < stages[stage]
                and not (kind == "any_stages" and skips and i == 1)
                and not (kind == "all_stages" and skips and i >= 1)
                for i in range(5)
            ]
            for kind in FUNNEL_TYPES
        }
        outcome = stage if stage in ("won", "lost", "returned") else "open"
        period = created_on.replace(day=1)
        flags = [flag for kind in FUNNEL_TYPES for flag in been[kind]]
        ways = [row[15] + timedelta(days=6 * i) if is_in else None
                for i, is_in in enumerate(been["imputed"])]  # fmt: skip
        house.add(
            "fct_lead_journeys", lead_id, 1, channel, *row[5:9], *row[12:15], *ways, None, None,
            None, None, None, None, None, None,
        )  # fmt: skip
        house.add("fct_lead_funnels", lead_id, created_on, period, *flags, outcome)
        people.append((channel, period, been, outcome))
    until = date(2026, 11, 1)
    for window, months in WINDOWS.items():
        first, before = (
            date(2026 + (10 - m) // 12, (10 - m) % 12 + 1, 1) for m in (months, 2 * months)
        )
        first = date(1900, 1, 1) if window == "all" else first
        for dimension, value in (("all", "all"), *(("channel", c) for c in CHANNELS)):
            group = [p for p in people if dimension == "all" or p[0] == value]
            held = [p for p in group if first <= p[1] < until]
            earlier = [p for p in group if before <= p[1] < first]
            for kind in FUNNEL_TYPES if held else ():
                _counts(
                    house, (window, dimension, value, kind), (before, first, until), held, earlier
                )


def _counts(house: Warehouse, key: tuple, days: tuple, held: list, earlier: list) -> None:
    """The stages of one funnel."""
    window, _, _, kind = key
    before, first, until = days
    for i, stage in enumerate(FUNNEL_STAGES):
        here = [p for p in held if p[2][kind][i]]
        going = [p for p in here if i < 4 and p[2][kind][i + 1]]
        stayed = [p[3] for p in here if not (i < 4 and p[2][kind][i + 1])]
        following = sum(p[2][kind][i + 1] for p in held) if i < 4 else None
        after = (None,) * 5 if following is None else _rate(following, len(here))
        house.add(
            "mart_funnel_counts", *key, stage, i + 1, None if window == "all" else before, first,
            until, len(here),
            None if window == "all" else sum(p[2][kind][i] for p in earlier), *after,
            *_rate(len(here), len(held)), len(going),
            *(stayed.count(name) for name in ("lost", "returned", "open", "won")),
        )  # fmt: skip


def _conversions(house: Warehouse, scale: float, mature: bool) -> None:
    for dimension, value, size, quality in _segments(scale):
        for start, end, rate in STEPS:
            own = quality if (start, end) == ("mql", "sql") else 1
            for basis, lift in (("cohort", 1.0), ("period", 1.1), ("kaplan_meier", 1.0)):
                for window, months in WINDOWS.items():
                    n = round(size / 13 * months * _SIZES[start])
                    k = min(n, round(n * rate * own * lift))
                    house.add(
                        "mart_conversion_windows", start, end, basis, window, dimension, value,
                        *_estimate(basis, k, n), mature and window != "m1", 12.5, 20.0, 41.0,
                        n // 10 if basis != "period" else None,
                    )  # fmt: skip
                for i, period in enumerate(PERIODS):
                    n = round(size / 13 * _SIZES[start] * (1 + 0.12 * math.sin(i)))
                    k = min(n, round(n * rate * own * lift * (1 + 0.1 * math.cos(i))))
                    house.add(
                        "mart_conversions", start, end, basis, period, dimension, value,
                        *_estimate(basis, k, n), mature and i < len(PERIODS) - 2, 12.5, 20.0, 41.0,
                        n // 10 if basis != "period" else None,
                    )  # fmt: skip
            for i, period in enumerate(PERIODS):
                n = round(size / 13 * _SIZES[start])
                for age in (0, 7, 14, 30, 60, 90, 180):
                    seen = age <= (len(PERIODS) - 1 - i) * 30
                    k = round(n * rate * own * (1 - math.exp(-age / 25)))
                    house.add(
                        "mart_cohort_progress", start, end, period, dimension, value, age,
                        *_rate(min(n, k), n), seen,
                    )  # fmt: skip


def _roi(house: Warehouse, scale: float, mature: bool) -> None:
    for window, months in WINDOWS.items():
        for model, weight in (("first", 0.9), ("last", 1.1), ("linear", 1.0)):
            for basis in ("close_date", "touch_date", "cohort"):
                for code, (_, _, size, cost) in CHANNELS.items():
                    leads = round(size * scale / 13 * months)
                    mqls = round(leads * 0.3)
                    sqls = round(mqls * 0.25 * _QUALITY.get(code, 1.0))
                    won = round(sqls * 0.22)
                    revenue = round(won * 1_650_000 * weight, 2)
                    profit = round(revenue * 0.7, 2)
                    spent = None if cost is None else round(cost * scale / 13 * months, 2)

                    def per(count: int, spent: float | None = spent) -> float | None:
                        return spent / count if spent is not None and count else None

                    house.add(
                        "mart_channel_roi_windows", window, code, model, basis, leads, mqls,
                        sqls, round(sqls * 0.5), won, spent, revenue, profit, revenue / 2,
                        per(leads), per(mqls), per(sqls), per(round(sqls * 0.5)), per(won),
                        revenue / spent if spent else None,
                        (profit - spent) / spent if spent else None,
                        *_rate(sqls, mqls), *_rate(won, sqls), mature,
                    )  # fmt: skip
    for model in ("first", "last", "linear"):
        house.add(
            "mart_roi_reconciliation", PERIODS[0], model, 4_000_000, 3_000_000, 500_000,
            200_000, 300_000, 0,
        )  # fmt: skip
        house.add(
            "mart_roi_reconciliation", PERIODS[1], model, 6_000_000, 6_000_000, 0, 0, 0, 0
        )  # fmt: skip
    if mature:
        _roi_decisions(house)


def _roi_decisions(house: Warehouse) -> None:
    """What a meeting decides on: agreement of the models, moves, contents, campaigns by age."""
    for window in (*WINDOWS, "ripe"):
        for basis in ("close_date", "touch_date", "cohort"):
            for rank, (code, low, high, verdict) in enumerate(
                (
                    ("webinar", 1.2, 2.4, "earns"),
                    ("email", -0.2, 0.8, "depends"),
                    ("exhibition", -0.9, -0.4, "costs"),
                ),
                1,
            ):
                earning = {"earns": 3, "depends": 1, "costs": 0}[verdict]
                house.add(
                    "mart_model_agreement", window, basis, code, 3, earning, low, high, rank,
                    rank + 1, True, verdict,
                )  # fmt: skip
    for model in ("first", "last", "linear"):
        house.add(
            "mart_budget_moves", model, "exhibition", "webinar", 4, 30, 1_000_000, 2_500_000.0,
            900_000.0, 4_000_000.0, True,
        )  # fmt: skip
        house.add(
            "mart_budget_moves", model, "webinar", "email", 30, 9, 1_000_000, 200_000.0,
            -900_000.0, 1_300_000.0, False,
        )  # fmt: skip
        for campaign, pace in (("ウェビナー_春", 0.2), ("展示会_東", -0.02)):
            code = "webinar" if pace > 0 else "exhibition"
            for age in range(12):
                roi = -1 + pace * age
                cost = 100_000 * (age + 1)
                house.add(
                    "mart_roi_by_age", model, code, campaign, age, cost, round(cost * (1 + roi)),
                    roi, 5 if pace > 0 else None,
                )  # fmt: skip
    for outcome, start in (("sql", "mql"), ("opportunity", "sql"), ("won", "opportunity")):
        for content, name, n, k, verdict in (
            ("case-a", "製造業の導入事例集", 120, 60, "more"),
            ("case-b", None, 100, 22, "not_told_apart"),
            ("price", "料金表", 40, 3, "less"),
            ("rare", "=HYPERLINK(1)", 4, 2, "too_few"),
        ):
            _, _, rate, low, high = _rate(k, n)
            house.add(
                "mart_content_outcomes", content, outcome, start, name, "case_study", n, k, rate,
                0.25, rate / 0.25, low, high, 400, 100, rate - 0.35, rate - 0.15, verdict,
            )  # fmt: skip


RULES = (
    ("role", "fit", "部長以上", "Director or above", 20.0, 0.0, 0.0),
    ("industry", "fit", "ターゲット業種", "Target industry", 15.0, 0.0, 0.0),
    ("price", "engagement", "料金ページ閲覧", "Pricing page", 15.0, 30.0, 0.0),
    ("seminar", "engagement", "セミナー参加", "Seminar attended", 10.0, 0.0, 2.5),
    ("inactive", "engagement", "90日間動きなし", "No activity for 90 days", -5.0, 0.0, 0.0),
)


def _leads(house: Warehouse, count: int, names: Callable[[int], tuple[str, str, str]]) -> None:
    stages = ("lead", "mql", "sql", "opportunity", "won", "lost", "returned")
    codes = list(CHANNELS)
    open_leads: dict[str, list[tuple[float, str]]] = {}
    for i in range(1, count + 1):
        lead_id = f"L{i:06d}"
        created = datetime(2026, 1, 1) + timedelta(days=i % 300, hours=i % 24)  # noqa: DTZ001
        company, person, title = names(i)
        house.add(
            "dim_leads", lead_id, f"k{i}", codes[i % len(codes)], "online", "秋の展示会2026",
            "WP-A", "manufacturing", "director", 50 + i, "JP", "東京都", "core", f"S{i % 4:02d}",
            "all", created, created.date(), i == 3, "competitor" if i == 2 else None,
        )  # fmt: skip
        house.add(
            "dim_lead_contacts", lead_id, f"person{i}@example.co.jp", person, company,
            "example.co.jp", title,
        )  # fmt: skip
        rules = RULES[: 1 + i % len(RULES)] if i > 1 else RULES
        fit = sum(r[4] for r in rules if r[1] == "fit")
        engagement = sum(r[4] for r in rules if r[1] == "engagement")
        total = fit + engagement
        house.add(
            "lead_scores", lead_id, "v2", AS_OF.replace(tzinfo=None), fit, engagement, total,
            total + 10, f"{'ABC'[i % 3]}{i % 3 + 1}", stages[i % len(stages)], 1,
            max(0.0, 50 - total), "部長以上、ターゲット業種", "Director or above, target industry",
        )  # fmt: skip
        _explain(house, lead_id, stages[i % len(stages)], rules)
        owner, stage = f"S{i % 4:02d}", stages[i % len(stages)]
        if stage in ("won", "lost") or i == 2:
            house.add("lead_priorities", lead_id, owner, stage, created, None)
        else:
            open_leads.setdefault(owner, []).append((-total, lead_id))
        for rule_id, axis, ja, en, points, capped, decayed in rules:
            house.add(
                "lead_score_breakdown", lead_id, "v2", rule_id, axis, ja, en, 2, points, capped,
                decayed, created,
            )  # fmt: skip
        if i > 60:
            continue
        for j, (kind, group, ja, en) in enumerate(
            (
                ("page_view", "web", "ページ閲覧", "Page view"),
                ("doc_download", "content", "資料ダウンロード", "Download"),
                ("seminar_attend", "event", "セミナー参加", "Seminar"),
                ("call_connected", "sales", "電話", "Call"),
            )
        ):
            house.add(
                "fct_lead_events", lead_id, f"a{i}-{j}", kind, group,
                created + timedelta(days=3 * j), "c1", company if j == 1 else "サービス資料",
                "price_deck", "/price", codes[i % len(codes)], None, None,
                "bot_visit" if j == 0 else None, ja, en,
            )  # fmt: skip
        house.add(
            "fct_stage_entries", lead_id, 1, "lead", created, created.date(),
            created + timedelta(days=6), "mql", 6.0, False, "v2", None,
        )  # fmt: skip
        house.add(
            "fct_stage_entries", lead_id, 1, "mql", created + timedelta(days=6),
            (created + timedelta(days=6)).date(), None, None, 12.25, True, "v2", "score",
        )  # fmt: skip

    for owner, leads in open_leads.items():
        for place, (_, lead_id) in enumerate(sorted(leads), start=1):
            house.add("lead_priorities", lead_id, owner, "mql", None, place)
    _accounts(house, count, names)
    hearing.add(house, count)
    handing.add(house, count, _rate)


def _explain(house: Warehouse, lead_id: str, stage: str, rules: tuple[tuple, ...]) -> None:
    """Sentences like those of the mart; from MQL on nothing is missing."""
    total, capped, decayed = (sum(rule[n] for rule in rules) for n in (4, 5, 6))
    is_before = stage in ("lead", "returned")
    house.add(
        "lead_explanations", lead_id, "v2",
        f"合計{total:g}点。主な理由: {rules[0][2]} +20点。", f"Score {total:g}: {rules[0][3]} +20.",
        "不明な項目: 従業員100名以上（合えば+10点）。", "Not known: 100 employees (up to +10).",
        f"MQLまであと{50 - total:g}点。" if is_before else None,
        f"Points missing to an MQL: {50 - total:g}." if is_before else None,
        f"失った点: 上限{capped:g}点。" if capped else None,
        f"Points lost: {capped:g} to caps." if capped else None,
        capped, decayed, total,
    )  # fmt: skip


def _accounts(house: Warehouse, count: int, names: Callable[[int], tuple[str, str, str]]) -> None:
    """Companies of three leads: a director, a manager and one of no known level; every 50th is apart."""
    seen = datetime(2026, 10, 30, 3)  # noqa: DTZ001
    for i in range(1, count + 1):
        key = None if i % 50 == 0 else f"c{i // 3}.example.co.jp"
        level = ("manager", "director", "unknown")[i % 3]
        house.add(
            "account_leads", f"L{i:06d}", key, "domain" if key else "none", level,
            level == "director", i % 3 == 0, seen if i % 3 == 0 else None,
        )  # fmt: skip
    for group in range(count // 3 + 1):
        key, members = (
            f"c{group}.example.co.jp",
            [n for n in range(3) if 0 < 3 * group + n <= count],
        )
        company = names(3 * group + 1)[0]
        house.add("dim_accounts", key, "domain", key, company, "it", 50, len(members), seen)
        house.add(
            "account_scores", key, "v2", 45.5, 30.0, 45.5, len(members), len(members), 1, 30,
            min(2, len(members)), 1, 1 in members, False, seen, 1, group % 2 == 0,
        )  # fmt: skip
        for n in members:
            level = ("manager", "director", "unknown")[n]
            last = seen if n == 0 else None
            house.add("mart_buying_groups", key, level, n == 1, 1, int(n == 0), last)


def _rule(version: str, rule_id: str, points: float, **more: object) -> tuple[object, ...]:
    """A rule of the agreement; what is not given is empty."""
    row = {
        "axis": "engagement", "subject": rule_id, "field": None, "operator": "exists",
        "value": None, "points": points, "distinct_by": None, "cap_points": None,
        "cap_period": None, "rule_group": None, "group_cap_points": None, "decay": "none",
        "decay_days": None, "label_ja": f"ルール{rule_id}", "label_en": f"Rule {rule_id}",
        "reason": "関心の表れ / A sign of interest",
    }  # fmt: skip
    return (version, rule_id, *(row | more).values())


_MQL_SCORE = ("mql", "score", "total", None, "score", "total", "gte")


def _agreement(house: Warehouse, versions: tuple[str, ...], scale: float) -> None:
    """v1 was, v2 is in force, v3 is a draft: another threshold, then another cap, rule and path."""
    first, second = datetime(2026, 1, 1), datetime(2026, 5, 1)  # noqa: DTZ001
    end = datetime(9999, 12, 31)  # noqa: DTZ001
    terms = {
        "v1": ("retired", first.date(), second.date(), "佐藤", "鈴木", (first, second, False)),
        "v2": ("active", second.date(), None, "佐藤", "鈴木", (second, end, True)),
        "v3": ("draft", None, None, None, None, None),
    }
    for version in versions:
        status, start, stop, marketing, sales, held = terms[version]
        house.add(
            "dim_scorecards", version, status, start, stop, "all", None, "営業部", marketing,
            sales, f"{version}の理由 / Reason of {version}", "SQL率が上がる / A higher SQL rate",
        )  # fmt: skip
        if held:
            house.add("dim_scorecard_windows", "all", version, *held)
        cap = {"cap_points": 30.0, "cap_period": "month"} if version == "v3" else {}
        lead = {"axis": "fit", "subject": "lead"}
        listed = {"field": "industry", "operator": "in", "value": "manufacturing|it"}
        fading = {"decay": "half_life", "decay_days": 30, "distinct_by": "day"}
        house.add("dim_scoring_rules", *_rule(version, "industry", 15.0, **lead, **listed))
        house.add("dim_scoring_rules", *_rule(version, "key_page_view", 15.0, **cap))
        house.add("dim_scoring_rules", *_rule(version, "email_open", 1.5, **fading))
        if version == "v3":
            house.add("dim_scoring_rules", *_rule(version, "video_view", 5.0))
        least = "40" if version == "v1" else "50"
        words = (f"合計スコアが{least}点以上", f"Total score of {least} or more")
        empty = (None, None, None)
        house.add(
            "dim_stage_definitions", version, *_MQL_SCORE, least, *empty, *words, "例 / Example"
        )
        for name, needed in (("visits", 3), ("demo", None)) if version == "v3" else ():
            house.add(
                "dim_stage_definitions", version, "mql", "warm", name, None, "visit", None,
                "exists", None, needed, "day" if needed else None, 30, f"条件{name}",
                f"Criterion {name}", None,
            )  # fmt: skip
        house.add(
            "dim_stage_definitions", version, "sql", "demo", "asked", None, "demo_request", None,
            "exists", None, *empty, "デモを申し込んだ", "Asked for a demo", None,
        )  # fmt: skip
        house.add(
            "dim_disqualifiers", version, "competitor", "lead", "company_domain", "in",
            "rival.example", version == "v3", "競合企業", "Competitor", "調査目的 / They study us",
        )  # fmt: skip
    for old in versions:
        for new in versions:
            if old != new:
                _pair(house, old, new, scale)


def _pair(house: Warehouse, old: str, new: str, scale: float) -> None:
    """What differs between two of the versions, and what that does."""
    nothing = (None, None, None, None)
    if "v1" in (old, new):
        values = ("40", "50") if old == "v1" else ("50", "40")
        labels = [
            w for v in values for w in (f"合計スコアが{v}点以上", f"Total score of {v} or more")
        ]
        house.add(
            "mart_version_changes", old, new, "criterion", "mql:score:total", "value", "changed",
            "mql", "score", *values, *labels, "例 / Example",
        )  # fmt: skip
    if "v3" in (old, new):
        turn = "added" if new == "v3" else "removed"

        def way(value: str | None, forward: bool = new == "v3") -> tuple[str | None, str | None]:
            return (None, value) if forward else (value, None)

        def named(kind: str, thing: str, *rest: object) -> None:
            house.add("mart_version_changes", old, new, kind, thing, *rest)

        both = ("ルールkey_page_view", "Rule key_page_view") * 2
        named("rule", "key_page_view", "cap_points", "changed", None, None, *way("30"), *both, None)
        named(
            "rule", "key_page_view", "cap_period", "changed", None, None, *way("month"), *both, None
        )
        label = (None, None, "ルールvideo_view", "Rule video_view")
        label = label if turn == "added" else label[2:] + label[:2]
        named("rule", "video_view", "whole", turn, None, None, *way("5"), *label, "理由 / Reason")
        for name in ("visits", "demo"):
            thing = f"mql:warm:{name}"
            named("criterion", thing, "whole", turn, "mql", "warm", None, None, *nothing, None)
        values = ("false", "true") if turn == "added" else ("true", "false")
        both = ("競合企業", "Competitor") * 2
        named(
            "disqualifier", "competitor", "is_blocking", "changed", None, None, *values, *both, None
        )
    _effects(house, old, new, scale)


# MQLs of the first version that are none under the second: 540, 360 and 390 in all
_DROPPED = {
    ("v1", "v2"): 240, ("v2", "v1"): 60, ("v1", "v3"): 210, ("v3", "v1"): 60,
    ("v2", "v3"): 30, ("v3", "v2"): 60,
}  # fmt: skip


def _effects(house: Warehouse, old: str, new: str, scale: float) -> None:
    mqls = {"v1": round(540 * scale), "v2": round(360 * scale), "v3": round(390 * scale)}
    dropped, gained = round(_DROPPED[old, new] * scale), round(_DROPPED[new, old] * scale)
    for measure, unit, was, will in (
        ("leads", "count", 4000, 4000),
        ("mql_score", "points", 40 if old == "v1" else 50, 40 if new == "v1" else 50),
        ("leads_at_mql_score", "count", mqls[old] // 2, mqls[new] // 2),
        ("mql_leads", "count", mqls[old], mqls[new]),
        ("mqls", "count", mqls[old] + 3, mqls[new] + 3),
        ("sql_leads", "count", 90, 90),
        ("p50_score", "points", 12.5, 11.0),
    ):
        house.add("mart_version_effects", old, new, measure, unit, was, will, will - was)
    kept = mqls[old] - dropped
    shares = {"kept": 0.3, "dropped": 0.1, "gained": 0.2}
    for outcome, factor in (("sql", 1.0), ("won", 0.2), ("lost", 0.3), ("returned", 0.1)):
        parts = {"kept": kept, "dropped": dropped, "gained": gained}
        k = {group: round(n * shares[group] * factor) for group, n in parts.items()}
        parts["before"], parts["after"] = kept + dropped, kept + gained
        k["before"], k["after"] = k["kept"] + k["dropped"], k["kept"] + k["gained"]
        for group, n in parts.items():
            diff = (None, None, None)
            if group in ("dropped", "gained") and n and kept:
                gap = k[group] / n - k["kept"] / kept
                diff = (gap, gap - 0.05, gap + 0.05)
            house.add("mart_version_outcomes", old, new, group, outcome, *_rate(k[group], n), *diff)
    at = datetime(2026, 6, 1, 3)  # noqa: DTZ001
    for movement, n, maker in (("dropped", dropped, old), ("gained", gained, new)):
        path = "warm" if maker == "v3" else "score"
        for i in range(n):
            house.add(
                "mart_version_moves", old, new, f"L{i % 240 + 1:06d}", movement, maker, path,
                at + timedelta(days=i % 90), i % 4 == 0, i % 20 == 0, i % 7 == 1, i % 11 == 1,
            )  # fmt: skip


def _quality(house: Warehouse, count: int) -> None:
    house.add("mart_row_balance", "ma", "leads", count + 5, count, 3, 2, 0, 0)
    for line in (4, 9, 12):
        house.add(
            "quarantine", "ma", "leads", "leads.csv", line, "created_at", "timestamp",
            "2026-13-**", "not a time",
        )  # fmt: skip
    for source, link, detail, conflict in (
        ("sfa", "self", None, None),
        ("ma", "email", "y***@example.co.jp", None),
        ("ma", "merge", "L000002", None),
        ("ma", "self", None, "shared_mailbox"),
    ):
        house.add(
            "lead_identities", source, f"{source}:{link}", LEAD, link, detail,
            conflict is not None, conflict,
        )  # fmt: skip
    for hours, table_name in ((26, "leads"), (27, "activities"), (75, "deals")):
        at = AS_OF.replace(tzinfo=None) - timedelta(hours=hours)
        house.add("mart_source_freshness", "ma", table_name, at, float(hours))
    house.add(
        "mart_data_warnings", "ma", "leads", "unknown_title", 7, "leads.csv", 3,
        "役職を区分できません。", "The job title is in no level.",
    )  # fmt: skip


def _plain_names(i: int) -> tuple[str, str, str]:
    return f"髙橋㈱①～{i}", f"山田 太郎{i}", "営業部長"


def full(run_id: str = RUN) -> Warehouse:
    """A company with enough records for every rule of the pages."""
    house = Warehouse(run_id)
    _labels(house)
    _kpis(house, 1.0, mature=True)
    _conversions(house, 1.0, mature=True)
    _roi(house, 1.0, mature=True)
    _leads(house, 240, _plain_names)
    returned.add(house)
    _agreement(house, ("v1", "v2", "v3"), 1.0)
    _quality(house, 240)
    _bridge(house)
    _funnels(house)
    return house


def empty(run_id: str = RUN) -> Warehouse:
    """A version with every mart and no row."""
    return Warehouse(run_id)


def one_row(run_id: str = RUN) -> Warehouse:
    """A single lead, and marts that hold nothing but it."""
    house = Warehouse(run_id)
    _leads(house, 1, _plain_names)
    _agreement(house, ("v2",), 1.0)
    period = PERIODS[-1]
    count = ("leads", "count", None, 1, 1.0, None, None, None, None, True, None)
    house.add("mart_kpis", *count[:2], period, "all", "all", *count[2:])
    house.add("mart_kpi_windows", *count[:2], "m3", "all", "all", *count[2:], *[None] * 5)
    rate = ("sql_rate", "rate", 1, 0, 0.0, 0.0, 0.79, 0.27, -1.0, False, 40)
    house.add("mart_kpis", *rate[:2], period, "all", "all", *rate[2:])
    house.add("mart_kpi_windows", *rate[:2], "m3", "all", "all", *rate[2:], *[None] * 5)
    step = ("lead", "mql", "cohort")
    figures = (1, 0, 0.0, 0.0, 0.79)
    house.add("mart_conversions", *step, period, "all", "all", *figures, False, *[None] * 4)
    house.add("mart_conversion_windows", *step, "m3", "all", "all", *figures, False, *[None] * 4)
    _funnels(house)
    house.add("mart_cohort_progress", "mql", "sql", period, "all", "all", 0, *figures, True)
    house.add(
        "mart_channel_roi_windows", "m12", "webinar", "linear", "close_date", 1, 0, 0, 0, 0,
        *[None] * 11, *_rate(0, 0), *_rate(0, 0), False,
    )  # fmt: skip
    return house


def immature(run_id: str = RUN) -> Warehouse:
    """A company whose every cohort is too young to be judged, and small."""
    house = Warehouse(run_id)
    _labels(house)
    _kpis(house, 0.05, mature=False)
    _conversions(house, 0.05, mature=False)
    _roi(house, 0.05, mature=False)
    _leads(house, 20, _plain_names)
    _agreement(house, ("v1", "v2"), 0.02)
    _quality(house, 20)
    _bridge(house)
    _funnels(house)
    return house


HOSTILE = (
    "<script>window.__x=1</script><img src=x onerror=window.__x=1>",
    "![beacon](http://127.0.0.1:9/p.png) [click](javascript:alert(1))",
    '=HYPERLINK("http://127.0.0.1:9/","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    ":red[red] :material/home: $e=mc^2$ `code` # head *bold* | pipe",
    "長い名前" * 50,
    "{slot} %s \\ \u202e\u0000\u2028 '; drop table marts.dim_leads; --",
)


def hostile(run_id: str = RUN) -> Warehouse:
    """Names, labels and codes that try to be markup, formulas or SQL."""
    house = full(run_id)
    house.rows["dim_labels"] = []
    for mart in returned.MARTS:
        house.rows[mart] = []
    returned.add(house, HOSTILE)
    for i, code in enumerate(CHANNELS):
        text = HOSTILE[i % len(HOSTILE)]
        house.add("dim_labels", "channel", code, text, text, i)
    for mart in ("dim_lead_contacts", "fct_lead_events", "lead_score_breakdown", "quarantine"):
        house.rows[mart] = [_poison(row, i) for i, row in enumerate(house.rows[mart])]
    for mart in ("dim_frameworks", "fct_framework_answers", "mart_framework_outcomes"):
        house.rows[mart] = [_poison(row, i) for i, row in enumerate(house.rows[mart])]
    house.rows["lead_openings"] = [_poison(r, i) for i, r in enumerate(house.rows["lead_openings"])]
    for mart in ("dim_accounts", "mart_buying_groups"):
        house.rows[mart] = [_poison(row, i) for i, row in enumerate(house.rows[mart])]
    for mart in ("dim_scorecards", "dim_scoring_rules", "dim_stage_definitions"):
        house.rows[mart] = [_poison(row, i) for i, row in enumerate(house.rows[mart])]
    for mart in ("dim_disqualifiers", "mart_version_changes", "mart_version_moves"):
        house.rows[mart] = [_poison(row, i) for i, row in enumerate(house.rows[mart])]
    for mart in (
        "mart_row_balance",
        "mart_data_warnings",
        "mart_source_freshness",
        "lead_identities",
    ):
        house.rows[mart] = [_poison(row, i) for i, row in enumerate(house.rows[mart])]
    for mart in ("dim_leads", "lead_scores", "lead_explanations"):
        house.rows[mart] = [_poison(row, i, keep=3) for i, row in enumerate(house.rows[mart])]
    return house


_CODES = {
    "v2", "domain", "fit", "engagement", "mql", "lead", RUN, OLDER_RUN, *CHANNELS,
    # what ties the elements of a framework together
    *hearing.ELEMENTS, "heard", "known", "not_known", "confirmed", "partly", "not_asked", "Budget",
    "Authority", "Needs",
    # what ties the rows of an agreement together
    "v1", "v3", "all", "active", "draft", "retired", "score", "warm", "total", "key_page_view",
    "video_view", "industry", "competitor", "visits", "demo", "mql:score:total", "mql:warm:visits",
    "mql:warm:demo", "rule", "criterion", "disqualifier", "value", "whole", "cap_points",
    "cap_period", "is_blocking", "changed", "added", "removed", "dropped", "gained",
}  # fmt: skip


def _poison(row: tuple[object, ...], i: int, keep: int = 2) -> tuple[object, ...]:
    """The row with its free texts replaced; ids and codes that joins need stay."""
    return tuple(
        HOSTILE[(i + j) % len(HOSTILE)]
        if j >= keep and isinstance(v, str) and v not in _CODES
        else v
        for j, v in enumerate(row)
    )


DATASETS: dict[str, Callable[[str], Warehouse]] = {
    "full": full,
    "empty": empty,
    "one_row": one_row,
    "immature": immature,
    "hostile": hostile,
}


def publish_file(home: Path, path: Path, run_id: str = RUN, *, is_demo: bool = True) -> Path:
    """Publish a finished warehouse file as `run_id`: version, manifest, pointer."""
    folder = home / "versions" / run_id
    folder.mkdir(parents=True)
    target = folder / WAREHOUSE_NAME
    target.write_bytes(path.read_bytes())
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    with duckdb.connect(str(target), read_only=True) as connection:
        tables = connection.execute(
            "select table_name, estimated_size from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
    manifest = Manifest(
        run_id=run_id,
        built_at=AS_OF,
        as_of=AS_OF,
        is_demo=is_demo,
        company="見本",
        business_timezone="Asia/Tokyo",
        base_currency="JPY",
        fingerprint="x",
        scorecards=["v2"],
        rows=dict(tables),
        tests=TestCounts(passed=42),
        inputs=[],
        raw_files=[],
        leadloop_version="0",
        dbt_version="0",
        duckdb_version=duckdb.__version__,
        git_commit=None,
        wall_seconds=1.0,
        stage_seconds={},
        size=target.stat().st_size,
        sha256=digest,
    )
    (folder / FILE_NAME).write_bytes(manifest.to_bytes())
    pointer = {"run_id": run_id, "sha256": digest, "previous": None}
    (home / "current.json").write_text(json.dumps(pointer), "utf-8")
    return target


def publish(home: Path, dataset: str, run_id: str = RUN, *, is_demo: bool = True) -> Path:
    """Build one of the datasets and publish it below `home`."""
    home.mkdir(parents=True, exist_ok=True)
    scratch = home / f"{run_id}.duckdb"
    DATASETS[dataset](run_id).write(scratch)
    try:
        return publish_file(home, scratch, run_id, is_demo=is_demo)
    finally:
        scratch.unlink()
