"""The named queries of the dashboard: SQL text from files, parameters always bound.

The build's audit runs every one of them against the new version with the example
parameters, so that a mart that lost a column never reaches a reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SQL_FOLDER = Path(__file__).resolve().parent / "sql"

Parameter = str | int | float


@dataclass(frozen=True)
class Query:
    """A named question to the marts."""

    name: str
    sql: str
    example: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(self.example)


_SEGMENT = {"dimension": "all", "value": "all"}
_STEP = {"from_stage": "mql", "to_stage": "sql"}
_PAIR = {"from_version": "v1", "to_version": "v2"}
_ROI = {"window": "m12", "model": "linear", "basis": "close_date"}

_HANDOFFS = {"months": 3}

_EXAMPLES: dict[str, dict[str, Parameter]] = {
    "lead_count": {},
    "labels": {},
    "dimension_values": {"dimension": "channel"},
    "kpi_window": {"window": "m3", **_SEGMENT},
    "kpi_series": {**_SEGMENT},
    "kpi_by_dimension": {"window": "m3", "metric": "sql_rate", "dimension": "channel"},
    "row_balance": {},
    "quarantine_counts": {},
    "row_balance_total": {},
    "quarantine_reasons": {},
    "quarantine_rows": {"rule": "", "limit": 200},
    "data_warnings": {},
    "source_freshness": {},
    "identity_counts": {},
    "identity_links": {"link": "", "limit": 200},
    "funnel_steps": {"window": "m3", "basis": "cohort", **_SEGMENT},
    "funnel_trend": {**_STEP, "metric": "sql_rate", "basis": "cohort", **_SEGMENT},
    "funnel_by_dimension": {
        "window": "m3",
        "basis": "cohort",
        **_STEP,
        "dimension": "channel",
    },
    "cohort_progress": {**_STEP, **_SEGMENT},
    "funnel_counts": {"window": "m3", "funnel_type": "imputed", **_SEGMENT},
    "funnel_window": {"window": "m3"},
    "funnel_bridge": {
        "compared_with": "previous",
        "window": "m3",
        "basis": "cohort",
        **_STEP,
        "dimension": "channel",
    },
    "funnel_panels": {**_STEP, "basis": "cohort", "by": "channel"},
    "funnel_step_leads": {
        **_STEP,
        "basis": "cohort",
        "is_arrival": 0,
        "from_day": "1900-01-01",
        "until_day": "9999-01-01",
        "within_days": -1,
        **_SEGMENT,
        "rest": 0,
        "taken": "all",
        "limit": 100,
    },
    "funnel_stage_leads": {
        "stage_flag": "imputed_mql",
        "next_flag": "imputed_sql",
        "from_day": "1900-01-01",
        "until_day": "9999-01-01",
        **_SEGMENT,
        "taken": "all",
        "limit": 100,
    },
    "scorecard_changes": {**_SEGMENT},
    "roi_channels": {**_ROI},
    "roi_shares": {**_ROI},
    "return_reasons": {"window": "m12", **_SEGMENT},
    "return_cells": {"window": "m12"},
    "return_flows": {"window": "m12"},
    "return_revivals": {},
    "return_cards": {"window": "m12", "channel": ""},
    "returns_list": {
        "window": "m12",
        "channel": "",
        "reason": "",
        "standing": "",
        "trait": "",
        "limit": 200,
    },
    "trait_lift": {"trait_group": "returned"},
    "sla_results": {"period_kind": "month", "dimension": "all", "periods": 13},
    "contact_curve": {"months": 4},
    "calls_today": {"limit": 200},
    "handoff_delays": {**_HANDOFFS},
    "handoff_hours": {**_HANDOFFS},
    "sla_owners": {**_HANDOFFS},
    "handoff_leads": {"kind": "month", "key": "2026-10-01", "other": "", "limit": 200, **_HANDOFFS},
    "lead_handoffs": {"lead_id": "L000004"},
    "lead_checks": {"lead_id": "L000004"},
    "roi_reconciliation": {"model": "linear"},
    "roi_models": {},
    "roi_agreement": {"window": "m12", "basis": "close_date"},
    "roi_moves": {"model": "linear", "limit": 5},
    "roi_contents": {"outcome": "sql", "limit": 20},
    "roi_ages": {"model": "linear"},
    "scorecards": {"as_of": "2026-10-31 15:00:00"},
    "version_rules": {"version": "v2"},
    "version_criteria": {"version": "v2"},
    "version_exclusions": {"version": "v2"},
    "version_changes": {**_PAIR},
    "version_effects": {**_PAIR},
    "version_outcomes": {**_PAIR},
    "version_moves": {**_PAIR, "movement": "dropped", "limit": 200},
    "lead_filter_values": {},
    "lead_owners": {},
    "leads_list": {
        "stage": "",
        "grade": "",
        "min_score": -1e9,
        "dimension": "all",
        "value": "all",
        "search": "",
        "owner": "",
        "per_owner": 0,
        "sort": "score",
        "limit": 100,
        "offset": 0,
    },
    "lead_card": {"lead_id": "L000001"},
    "frameworks": {},
    "lead_openings": {"lead_id": "L000001"},
    "lead_framework": {"lead_id": "L000001", "framework": "BANT"},
    "lead_account": {"lead_id": "L000001"},
    "lead_buying_group": {"lead_id": "L000001"},
    "lead_breakdown": {"lead_id": "L000001"},
    "lead_events": {"lead_id": "L000001", "limit": 500},
    "lead_stages": {"lead_id": "L000001"},
    "lead_journeys": {"lead_id": "L000001"},
}


def _read(name: str) -> str:
    return (SQL_FOLDER / f"{name}.sql").read_text("utf-8")


QUERIES: dict[str, Query] = {
    name: Query(name, _read(name), example) for name, example in _EXAMPLES.items()
}
