"""Hand-overs and duties of the synthetic companies: small enough to recount.

Every fourth lead was handed over, two a day of October 2026; every fifth of them nobody has called.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from typing import Any

_LEGS = ("listing", "sync", "assignment", "contact", "disposal")
MARTS: dict[str, str] = {
    "fct_handoffs": "lead_id varchar, episode_no bigint, handed_over_at timestamp, period date, "
    "qualified_at timestamp, listed_at timestamp, synced_at timestamp, assigned_at timestamp, "
    "first_contact_at timestamp, disposed_at timestamp, disposition varchar, owner_id varchar, "
    "team varchar, score double, is_handoff_derived boolean, is_sync_derived boolean, "
    "is_first_contact_derived boolean, is_contacted_before boolean, handed_over_weekday integer, "
    "handed_over_hour integer, contact_weekday integer, contact_hour integer, "
    + ", ".join(f"{leg}_hours double, {leg}_business_hours double" for leg in _LEGS),
    "fct_sla_checks": "lead_id varchar, episode_no bigint, term_id varchar, duty_of varchar, "
    "owner_id varchar, team varchar, period date, started_at timestamp, due_at timestamp, "
    "done_at timestamp, status varchar, has_been_late boolean, is_late boolean, "
    "allowed_business_hours double, taken_business_hours double",
    "fct_deal_phase_updates": "term_id varchar, deal_id varchar, lead_id varchar, week_on date, "
    "duty_of varchar, owner_id varchar, team varchar, deal_stage varchar, due_at timestamp, "
    "done_at timestamp, status varchar, has_been_late boolean, is_late boolean",
    "mart_sla_results": "term_id varchar, duty_of varchar, period_kind varchar, period date, "
    "dimension varchar, value varchar, unit varchar, n bigint, k bigint, rate double, "
    "ci_low double, ci_high double, actual double, target double, met_count bigint, "
    "breached_count bigint, open_count bigint, not_due_count bigint, waived_count bigint, "
    "unmeasured_count bigint, is_mature boolean, is_on_target boolean, streak_count bigint",
    "mart_calls_today": "lead_id varchar, episode_no bigint, term_id varchar, owner_id varchar, "
    "team varchar, handed_over_at timestamp, due_at timestamp, is_late boolean, "
    "waiting_business_hours double, waiting_business_days double, allowed_business_days double, "
    "remaining_business_hours double, score double, grade varchar, "
    "top_reasons_ja varchar, top_reasons_en varchar, call_rank bigint",
    "mart_contact_progress": "term_id varchar, period date, business_hours integer, n bigint, "
    "k bigint, rate double, ci_low double, ci_high double",
}
CONTACT = "first_contact_2bd"
SYNC = "handoff_24h"
FRIDAY = "deal_phase_friday"
# the owner of every hand-over, whose name no meeting may see
OWNER = "fs-secret"
_MONTHS = (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1))


def is_called(lead: int) -> bool:
    """Has somebody called this one?"""
    return lead % 20 != 0


def add(house: Any, count: int, rate: Any) -> None:
    """The rows of these marts for a company of `count` leads; `rate` writes n, k and interval."""
    rank = 0
    for lead in range(4, count + 1, 4):
        rank += not is_called(lead)
        _handoff(house, lead, rank)
    if count >= 4:
        _results(house, count, rate)
    for kind, code, ja, en in (
        ("sla_term", CONTACT, "2営業日以内に初回連絡", "First contact within 2 working days"),
        ("sla_term", SYNC, "24時間以内に連携", "Synced within 24 hours"),
        ("team", "sales_1", "営業1課", "Sales team 1"),
        ("sla_status", "met", "期限内", "Met"),
        ("sla_status", "open", "超過・未実施", "Overdue"),
        ("disposition", "opportunity", "商談化", "Opportunity"),
    ):
        house.add("dim_labels", kind, code, ja, en, 1)


def _handoff(house: Any, lead: int, rank: int) -> None:
    lead_id = f"L{lead:06d}"
    at = datetime(2026, 10, 1, 1) + timedelta(hours=12 * (lead % 50))  # noqa: DTZ001
    hours = [0.5, 4.0 + lead % 30, 1.0, 2.0 + lead % 25, 40.0]
    called = is_called(lead)
    instants = [at]
    for took in hours:
        instants.append(instants[-1] + timedelta(hours=took))
    contact, disposed = (instants[4], instants[5]) if called else (None, None)
    legs = [x for took in hours for x in (took, took / 2)]
    if not called:
        legs[6:] = [None] * 4
    house.add(
        "fct_handoffs", lead_id, 1, at, at.date().replace(day=1), at, *instants[1:4], contact,
        disposed, "opportunity" if called else None, OWNER, "sales_1", float(lead % 90), False,
        False, called and lead % 8 == 0, False, at.isoweekday(), 10,
        contact.isoweekday() if contact else None, 11 if contact else None, *legs,
    )  # fmt: skip
    for term, duty, start, due, done, worked in (
        (SYNC, "marketing", at, at + timedelta(hours=24), instants[2], None),
        (CONTACT, "sales", instants[2], instants[2] + timedelta(hours=20), contact, 18.0),
    ):
        late = done is None or done > due
        status = "open" if done is None else "breached" if late else "met"
        house.add(
            "fct_sla_checks", lead_id, 1, term, duty, OWNER, "sales_1", at.date().replace(day=1),
            start, due, done, status, late, status == "open", worked, hours[3] / 2,
        )  # fmt: skip
    if not called:
        house.add(
            "mart_calls_today", lead_id, 1, CONTACT, OWNER, "sales_1", at,
            instants[2] + timedelta(hours=20), True, 27.0 + rank, 3.0 + rank / 9, 2.0, -9.0 - rank,
            float(lead % 90), "A1", "業種 +15", "Industry +15", rank,
        )  # fmt: skip
    house.add(
        "fct_deal_phase_updates", FRIDAY, f"D{lead}", lead_id, date(2026, 10, 19), "sales", OWNER,
        "sales_1", "提案", datetime(2026, 10, 23, 9), None, "open", True, True,  # noqa: DTZ001
    )  # fmt: skip


def _results(house: Any, count: int, rate: Any) -> None:
    n = count // 4
    for place, month in enumerate(_MONTHS):
        for term, duty, target in ((CONTACT, "sales", 0.9), (SYNC, "marketing", 0.95)):
            k = n * (7 + place) // 10
            mature = place < 2
            judged = k / n >= target if mature and n >= 10 else None
            house.add(
                "mart_sla_results", term, duty, "month", month, "all", "all", "rate",
                *rate(k, n), k / n, target, k, n - k, 0, 0, 0, 0, mature, judged, 0,
            )  # fmt: skip
        house.add(
            "mart_sla_results", "mql_volume", "marketing", "month", month, "all", "all", "count",
            None, n, None, None, None, float(n), float(n - 1), None, None, None, None, None, None,
            True, True, place + 1,
        )  # fmt: skip
        for hour in range(91):
            k = round(n * (1 - math.exp(-hour / (9 + place))))
            house.add("mart_contact_progress", CONTACT, month, hour, *rate(k, n))
    for week in range(13):
        monday = date(2026, 8, 3) + timedelta(weeks=week)
        for dimension, value in (("all", "all"), ("team", "sales_1")):
            k = n * (week % 5 + 3) // 10
            house.add(
                "mart_sla_results", FRIDAY, "sales", "week", monday, dimension, value, "rate",
                *rate(k, n), k / n, 0.9, k, n - k, 0, 0, 0, 0, True, k / n >= 0.9, 0,
            )  # fmt: skip
