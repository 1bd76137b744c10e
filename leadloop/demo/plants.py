"""What really causes what in the demo company: every planted number stands here, once.

`docs/demo_company.md` explains each plant in words and says which mart should show it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

# The first day (of business_timezone) on which scorecard v2 holds; v1 held until then.
V2_VALID_FROM = date(2026, 5, 1)
V1_THRESHOLD = 40
V2_THRESHOLD = 50

# Points of the shipped rules, which the demo's inside sales follow.
POINTS_DECISION_MAKER = 20
POINTS_TARGET_INDUSTRY = 15
POINTS_LARGE_COMPANY = 10
POINTS_PRICE_PAGE = 15
POINTS_CASE_STUDY = 10
POINTS_SEMINAR = 10
POINTS_NEWSLETTER_OPEN = 1
LARGE_COMPANY_EMPLOYEES = 100
VISITS_NEEDED = 3
VISIT_WINDOW_DAYS = 30

SELLING_CONTENT = "case-manufacturing"
PLACEBO_CONTENT = "case-office"


@dataclass(frozen=True)
class ChannelPlant:
    """How a channel's leads behave; probabilities beside the company's base."""

    intent: float = 0.0  # shift of the hidden interest that drives visits and downloads
    sql_logit: float = 0.0  # added to the log-odds of MQL -> SQL
    deal_rate: float = 0.62  # SQL -> deal
    win_factor: float = 1.0  # multiplies deal -> won
    returned_share: float = 0.70  # of the SQLs that become no deal


@dataclass(frozen=True)
class Plants:
    """The demo company's causes."""

    # MQL -> SQL: log-odds = base + slope * intent + content + channel + early
    sql_base_logit: float = -0.28
    sql_intent_slope: float = 0.35
    selling_content_logit: float = 1.5
    placebo_content_logit: float = 0.0
    # MQLs that only v1's lower threshold let through
    early_mql_logit: float = -1.6
    # deal -> won; the class of 部長 wins twice as often, executives like everybody
    win_rate: float = 0.24
    director_win_factor: float = 2.0
    win_rate_cap: float = 0.85
    channels: dict[str, ChannelPlant] = field(
        default_factory=lambda: {
            "webinar": ChannelPlant(0.1, 0.9, 0.72, 1.4),
            "exhibition": ChannelPlant(-0.1, -1.2, 0.35, 0.8, 0.9),
            "paid_social": ChannelPlant(-0.35, -1.2, 0.40, 0.35),
            "display": ChannelPlant(-0.2, -0.5, 0.55, 0.8),
            "referral": ChannelPlant(0.1, 0.3, 0.68, 1.1),
            "outbound": ChannelPlant(-0.1, -0.2, 0.60, 0.9),
        }
    )
    # hidden gems: 物流, 30-99 employees, outside the metropolitan areas, by referral
    gem_share: float = 0.012
    gem_asks: float = 0.45
    gem_deal_rate: float = 0.80
    gem_win_rate: float = 0.60
    # false alarms: points almost only from newsletters opened, never a deal
    false_alarm_share: float = 0.026
    false_alarm_opens: float = 62.0
    # everybody else opens newsletters whatever his interest: the rule is worth nothing
    opens_mean: float = 1.7
    # randomised exposure to the two case studies, whatever the interest
    content_exposure: float = 0.045
    # leads that ask for a demonstration without being MQL
    direct_demo_share: float = 0.009
    # of those returned as too early
    comes_back_share: float = 0.50
    second_sql_rate: float = 0.60
    # deals of existing customers, without any lead
    deals_without_lead: float = 0.006


PLANTS = Plants()

# Dirt, as shares of leads (or of activities where the name says so).
DIRT_SHARES: dict[str, float] = {
    "duplicate_lead_rows": 0.004,
    "merged_leads": 0.003,
    "merged_chains": 0.0006,
    "deleted_leads": 0.0012,
    "leads_bad_date": 0.0005,
    "fullwidth_employee_counts": 0.006,
    "orphan_activities": 0.006,
    "activities_bad_date": 0.003,
    "duplicate_activity_rows": 0.010,
    "deals_negative_amount": 0.0002,
    "deals_bad_date": 0.0002,
    "duplicate_deal_rows": 0.0006,
    "opted_out_leads": 0.02,
}
