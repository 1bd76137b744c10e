"""The demo company in HubSpot: the tables that Fivetran's connector writes.

The bounds of the tool are kept: one contact an address, mails by address, one form a submission
without a channel, and an event without a kind of its own in HubSpot is not written at all.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from leadloop.demo import vocabulary as words
from leadloop.demo.forms.cells import (
    constant,
    each,
    is_one_of,
    kept,
    looked_up,
    number_of,
    numbers,
    part_of_name,
)

MAILS = {
    "email_sent": "SENT",
    "email_open": "OPEN",
    "email_click": "CLICK",
    "email_bounce": "BOUNCE",
}
CALLS = {"call_connected": "COMPLETED", "call_attempt": "NO_ANSWER"}
_CHANNELS = {w.code: w.label for w in words.CHANNELS}


def lead_id(ident: str) -> str:
    """The lead id under which the models know the record."""
    return f"hubspot:{number_of(ident)}"


class HubSpot:
    """Remembers the addresses of a chunk's contacts, by which mails find them."""

    def __init__(self) -> None:
        self._addresses: dict[str, str] = {}

    def contacts(self, leads: pa.Table) -> dict[str, pa.Table]:
        """Contacts, and the merges of those that went into another."""
        gone = pc.equal(leads["is_deleted"], "true")
        # HubSpot keeps one contact an address: the deleted one had another
        email = pc.if_else(gone, pc.binary_join_element_wise("deleted-", leads["email"], ""),
                           leads["email"])  # fmt: skip
        self._addresses = dict(zip(leads["lead_id"].to_pylist(), email.to_pylist(), strict=True))
        leads = leads.set_column(leads.column_names.index("email"), "email", email)
        is_merged = pc.is_valid(leads["merged_into_lead_id"])
        merged, alive = leads.filter(is_merged), leads.filter(pc.invert(is_merged))
        return {
            "contact": pa.table(
                {
                    "id": numbers(alive["lead_id"]),
                    "property_email": alive["email"],
                    "property_firstname": part_of_name(alive["full_name"], 1),
                    "property_lastname": part_of_name(alive["full_name"], 0),
                    "property_company": alive["company_name"],
                    "property_website": alive["company_domain"],
                    "property_jobtitle": alive["job_title"],
                    "property_department": alive["department"],
                    "property_industry": alive["industry"],
                    "property_numemployees": alive["employee_count"],
                    "property_country": alive["country"],
                    "property_state": alive["prefecture"],
                    "property_createdate": alive["created_at"],
                    "property_lastmodifieddate": alive["updated_at"],
                    "property_hs_analytics_source": looked_up(alive["source_channel"], _CHANNELS),
                    "property_hs_analytics_source_data_1": alive["source_campaign"],
                    "property_source_content": alive["source_content"],
                    "property_product": alive["product"],
                    "property_hubspot_owner_id": alive["owner_id"],
                    "property_hs_email_optout": alive["is_opted_out"],
                    "_fivetran_deleted": alive["is_deleted"],
                }
            ),
            "contact_merge_audit": pa.table(
                {
                    "canonical_vid": numbers(merged["merged_into_lead_id"]),
                    "vid_to_merge": numbers(merged["lead_id"]),
                    "timestamp": merged["created_at"],
                }
            ),
        }

    def marketing(self, activities: pa.Table) -> dict[str, pa.Table]:
        """Mails and forms; other kinds of events are none of these tables."""
        mails = kept(activities, is_one_of(activities["activity_type"], MAILS))
        forms = kept(activities, is_one_of(activities["activity_type"], ("form_submit",)))
        return {
            "email_event": pa.table(
                {
                    "id": mails["activity_id"],
                    "type": looked_up(mails["activity_type"], MAILS),
                    "created": mails["occurred_at"],
                    "recipient": each(mails["lead_id"], self._address),
                    "email_campaign_id": mails["content_id"],
                    "filtered_event": constant("false", len(mails)),
                }
            ),
            "contact_form_submission": pa.table(
                {
                    "contact_id": numbers(forms["lead_id"]),
                    "conversion_id": forms["activity_id"],
                    "form_id": forms["content_id"],
                    "timestamp": forms["occurred_at"],
                    "title": forms["content_name"],
                    "page_url": forms["url"],
                }
            ),
        }

    def _address(self, ident: str) -> str:
        return self._addresses.get(ident) or f"{ident.lower()}@gone.example"

    def sales_events(self, activities: pa.Table) -> dict[str, pa.Table]:
        """Calls and meetings with the contact that they were with."""
        kinds = (*CALLS, "meeting")
        events = kept(activities, is_one_of(activities["activity_type"], kinds))
        is_meeting = is_one_of(events["activity_type"], ("meeting",))
        meetings, calls = events.filter(is_meeting), events.filter(pc.invert(is_meeting))
        return {
            "engagement": pa.table(
                {
                    "id": numbers(events["activity_id"]),
                    "type": pc.if_else(is_meeting, "MEETING", "CALL"),
                }
            ),
            "engagement_contact": pa.table(
                {
                    "engagement_id": numbers(events["activity_id"]),
                    "contact_id": numbers(events["lead_id"]),
                }
            ),
            "engagement_call": pa.table(
                {
                    "engagement_id": numbers(calls["activity_id"]),
                    "property_hs_timestamp": calls["occurred_at"],
                    "property_hs_createdate": calls["occurred_at"],
                    "property_hs_call_status": looked_up(calls["activity_type"], CALLS),
                    "property_hubspot_owner_id": calls["actor"],
                }
            ),
            "engagement_meeting": pa.table(
                {
                    "engagement_id": numbers(meetings["activity_id"]),
                    "property_hs_timestamp": meetings["occurred_at"],
                    "property_hs_createdate": meetings["occurred_at"],
                    "property_hs_meeting_outcome": constant("COMPLETED", len(meetings)),
                    "property_hubspot_owner_id": meetings["actor"],
                }
            ),
        }

    def deals(self, made: dict[str, pa.Table]) -> dict[str, pa.Table]:
        """Deals, their contacts with the label of the association, the stages they entered."""
        deals, people, changes = made["deals"], made["deal_contacts"], made["stage_changes"]
        return {
            "deal": pa.table(
                {
                    "deal_id": numbers(deals["deal_id"]),
                    "property_dealname": deals["name"],
                    "property_amount": deals["amount"],
                    "property_deal_currency_code": deals["currency"],
                    "property_gross_margin_rate": deals["gross_margin_rate"],
                    "property_product": deals["product"],
                    "deal_pipeline_id": constant("default", len(deals)),
                    "deal_pipeline_stage_id": each(deals["stage"], _stage_id),
                    "property_createdate": deals["created_at"],
                    "property_closedate": deals["closed_at"],
                    "property_hs_lastmodifieddate": deals["updated_at"],
                    "property_closed_lost_reason": deals["lost_reason"],
                    "owner_id": deals["owner_id"],
                    "is_deleted": constant("false", len(deals)),
                }
            ),
            "deal_contact": pa.table(
                {
                    "deal_id": numbers(people["deal_id"]),
                    "contact_id": numbers(people["lead_id"]),
                    "category": people["role"],
                }
            ),
            "deal_stage": pa.table(
                {
                    "deal_id": numbers(changes["entity_id"]),
                    "value": each(changes["to_status"], _stage_id),
                    "date_entered": changes["changed_at"],
                    "source_id": changes["changed_by"],
                }
            ),
        }


def _stage_id(label: str) -> str:
    return f"stage-{words.DEAL_STAGES.index(label) + 1}"


def lookups(with_marketing: bool, with_deals: bool) -> dict[str, pa.Table]:
    """Names of forms, mails and stages, written once."""
    tables: dict[str, pa.Table] = {}
    if with_marketing:
        contents = {c.content_id: c.name for c in words.CONTENTS if c.url}
        names = {"guid": list(contents), "name": list(contents.values())}
        tables["form"] = pa.table(names)
        mail = words.CONTENTS[words.CONTENT["newsletter"]]
        tables["email_campaign"] = pa.table({"id": [mail.content_id], "name": [mail.name]})
    if with_deals:
        stages = words.DEAL_STAGES
        tables["deal_pipeline_stage"] = pa.table(
            {
                "stage_id": [_stage_id(s) for s in stages],
                "pipeline_id": ["default"] * len(stages),
                "label": list(stages),
                "closed_won": ["true" if s == "受注" else "false" for s in stages],
                "is_closed": ["true" if s in ("受注", "失注") else "false" for s in stages],
            }
        )
    return tables
