"""What a version has to hold before anyone may read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mart:
    """A mart that must be there.

    `needs` are the raw tables from which its rows come: once all of them brought rows that staging
    loaded, an empty mart is a fault. A mart without `needs` may be empty.
    """

    name: str
    needs: tuple[str, ...] = ()


ROW_BALANCE = "mart_row_balance"
RECONCILIATION = "mart_roi_reconciliation"
QUARANTINE = "quarantine"

_LEADS = ("leads",)

MARTS: tuple[Mart, ...] = (
    Mart("dim_leads", _LEADS),
    Mart("dim_lead_contacts", _LEADS),
    Mart("lead_identities", _LEADS),
    Mart("lead_scores", _LEADS),
    Mart("lead_explanations", _LEADS),
    # a company whose events are all unnamed has no words to open a call with
    Mart("lead_openings"),
    # a company whose rules never fired has neither breakdown nor ledger
    Mart("lead_score_breakdown"),
    Mart("fct_score_ledger"),
    Mart("fct_lead_events", ("leads", "activities")),
    # no filter may hold for any event
    Mart("mart_excluded_events"),
    # leads whose company nobody can tell are in no account
    Mart("account_leads", _LEADS),
    Mart("dim_accounts"),
    Mart("account_scores"),
    Mart("mart_buying_groups"),
    Mart("lead_priorities", _LEADS),
    Mart("fct_stage_entries", _LEADS),
    Mart("fct_qualifications"),
    Mart("fct_qualification_criteria"),
    # a company without statuses of its own has none
    Mart("fct_lead_statuses"),
    # nobody may have been handed over yet
    Mart("fct_handoff_scores"),
    Mart("dim_business_days", _LEADS),
    # nor is there a duty without a hand-over, or a weekly one without a deal
    Mart("fct_handoffs"),
    Mart("fct_sla_checks"),
    Mart("fct_deal_phase_updates"),
    Mart("mart_sla_results"),
    Mart("mart_contact_progress"),
    # everybody may have been called
    Mart("mart_calls_today"),
    Mart("dim_scorecards", _LEADS),
    Mart("dim_scorecard_windows", _LEADS),
    Mart("dim_scoring_rules", _LEADS),
    Mart("dim_stage_definitions", _LEADS),
    Mart("dim_disqualifiers"),
    # a company may ask by no framework
    Mart("dim_frameworks"),
    # a company with one version has nothing to compare it with
    Mart("mart_version_changes"),
    Mart("mart_version_effects"),
    Mart("mart_version_outcomes"),
    Mart("mart_version_moves"),
    Mart("fct_lead_journeys", _LEADS),
    Mart("mart_conversions", _LEADS),
    Mart("mart_conversion_windows", _LEADS),
    Mart("mart_cohort_progress", _LEADS),
    Mart("fct_lead_funnels", _LEADS),
    Mart("mart_funnel_counts", _LEADS),
    # in its first two months a company has nothing to compare with
    Mart("mart_gap_bridge"),
    Mart("mart_kpis", _LEADS),
    Mart("mart_kpi_windows", _LEADS),
    Mart("fct_touchpoints"),
    Mart("fct_attribution_credits"),
    Mart("mart_channel_roi", _LEADS),
    Mart("mart_channel_roi_windows", _LEADS),
    # without a touch there is no channel to value
    Mart("mart_channel_effects"),
    Mart("mart_content_outcomes"),
    # a company that registers no cost has nothing to compare
    Mart("mart_campaign_roi"),
    Mart("mart_roi_by_age"),
    Mart("mart_model_agreement"),
    Mart("mart_budget_moves"),
    # a company that notes no hearing has no answers
    Mart("fct_framework_answers"),
    Mart("mart_framework_progress"),
    Mart("mart_framework_outcomes"),
    # nobody may have been handed over, returned or won yet
    Mart("fct_returns"),
    Mart("mart_return_reasons"),
    Mart("mart_return_outcomes"),
    Mart("mart_return_revivals"),
    Mart("mart_score_outcomes"),
    Mart("mart_trait_lift"),
    Mart("fct_trait_members"),
    # a company whose leads were all judged above the threshold has none below
    Mart("mart_untouched_leads"),
    Mart(RECONCILIATION),
    Mart(ROW_BALANCE),
    Mart(QUARANTINE),
    # data without anything odd has no warning
    Mart("mart_data_warnings"),
    Mart("mart_source_freshness"),
    Mart("dim_labels", _LEADS),
)
