"""The six canonical raw tables, and the two in which the loader accounts for its files.

Everything is text on arrival; staging gives it types. `macros/raw/` holds the same column
lists for dbt, and `tests/python/project/test_models.py` keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# The columns that say how far an export reaches, where a table has them. A deal may say when it
# will be closed: that day is not among them.
REACH_COLUMNS = ("updated_at", "created_at", "occurred_at", "changed_at", "added_at")

ORIGIN_COLUMNS = ("_source", "_file", "_line", "_loaded_at")


@dataclass(frozen=True)
class RawTable:
    """A raw table: its grain, its columns, and those no row can do without.

    `aliases` are the names that a column has in other connectors and in exports of the tool.
    """

    name: str
    grain: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    must_be_mapped: bool = False
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _table(name: str, grain: str, columns: str, required: str, mapped: bool = False) -> RawTable:
    return RawTable(name, grain, tuple(columns.split()), tuple(required.split()), mapped)


LEADS = _table(
    "leads",
    "a lead",
    "lead_id email full_name company_name company_domain job_title department industry "
    "employee_count country prefecture created_at updated_at source_channel source_campaign "
    "source_content product owner_id is_opted_out merged_into_lead_id is_deleted",
    "lead_id created_at",
    mapped=True,
)
ACTIVITIES = _table(
    "activities",
    "an event of a lead",
    "activity_id lead_id activity_type occurred_at content_id content_name content_type url "
    "channel campaign answer session_id actor",
    "activity_id lead_id activity_type occurred_at",
    mapped=True,
)
DEALS = _table(
    "deals",
    "a deal",
    "deal_id lead_id account_id name amount currency gross_margin_rate stage is_closed is_won "
    "created_at closed_at lost_reason owner_id product updated_at",
    "deal_id created_at",
    mapped=True,
)
DEAL_CONTACTS = _table(
    "deal_contacts", "a person in a deal", "deal_id lead_id role added_at", "deal_id lead_id"
)
STAGE_CHANGES = _table(
    "stage_changes",
    "a change of status, of a lead or a deal",
    "entity entity_id from_status to_status changed_at reason changed_by",
    "entity entity_id to_status changed_at",
)
MARKETING_COSTS = _table(
    "marketing_costs",
    "a cost item",
    "cost_id channel campaign content starts_on ends_on amount currency kind",
    "cost_id channel starts_on amount",
)

TABLES: dict[str, RawTable] = {
    t.name: t for t in (LEADS, ACTIVITIES, DEALS, DEAL_CONTACTS, STAGE_CHANGES, MARKETING_COSTS)
}

# One row a loaded file: what the loader counted. rows_read = rows_loaded + rows_rejected.
LOAD_FILES_COLUMNS = (
    "source",
    "table_name",
    "file",
    "sha256",
    "encoding",
    "rows_read",
    "rows_loaded",
    "rows_rejected",
    "loaded_at",
)
# Where the account of a file keeps what is known of it beside its rows, as JSON in the metadata.
FACTS_KEY = b"leadloop.facts"
# One row a line that could not become a row of a raw table (too long, a NUL byte, ...).
LOAD_REJECTS_COLUMNS = (
    "source",
    "table_name",
    "file",
    "line",
    "column_name",
    "rule",
    "value",
    "message",
    "loaded_at",
)
