"""The demo company in Salesforce Sales Cloud: files as Data Loader writes them.

A person of a deal is a converted lead and its contact, with an account; the close date is a day;
people of calls and changes are users with an id and a name.
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
    local_days,
    looked_up,
    number_of,
    part_of_name,
)

DISPOSITIONS = {"call_connected": "通話", "call_attempt": "不在"}
_CHANNELS = {w.code: w.label for w in words.CHANNELS}
# the first five characters of an id name its kind; the last three say which letters are capitals
_KINDS = {
    "Lead": ("00Q5i", "EAA"),
    "Contact": ("0035i", "AAA"),
    "Account": ("0015i", "AAA"),
    "Opportunity": ("0065i", "AAA"),
    "Role": ("00K5i", "EAA"),
    "Task": ("00T5i", "EAA"),
    "Event": ("00U5i", "EAA"),
    "Campaign": ("7015i", "AAA"),
    "User": ("0055i", "AAA"),
}


def _id(kind: str, number: int) -> str:
    head, tail = _KINDS[kind]
    return f"{head}{number:010d}{tail}"


def _ids(kind: str, idents: pa.ChunkedArray) -> pa.Array:
    return each(idents, lambda ident: _id(kind, number_of(ident)))


def lead_id(ident: str) -> str:
    """The lead id under which the models know the record."""
    return f"salesforce:{_id('Lead', number_of(ident))}"


def _user(actor: str) -> str:
    return _id("User", words.ACTORS.index(actor) + 1)


def people(leads: pa.Table, in_deals: set[str]) -> dict[str, pa.Table]:
    """Leads; those who are in a deal were converted to a contact, with an account."""
    converted = is_one_of(leads["lead_id"], in_deals)
    contact_id = _ids("Contact", leads["lead_id"])
    merged = pc.is_valid(leads["merged_into_lead_id"])
    shared = {
        "LastName": part_of_name(leads["full_name"], 0),
        "FirstName": part_of_name(leads["full_name"], 1),
        "Email": leads["email"],
        "Title": leads["job_title"],
        "LeadSource": looked_up(leads["source_channel"], _CHANNELS),
        "Source_Campaign__c": leads["source_campaign"],
        "Source_Content__c": leads["source_content"],
        "Product__c": leads["product"],
        "OwnerId": each(leads["owner_id"], _user),
        "HasOptedOutOfEmail": leads["is_opted_out"],
        "CreatedDate": leads["created_at"],
        "LastModifiedDate": leads["updated_at"],
    }
    company = {
        "Industry": leads["industry"],
        "NumberOfEmployees": leads["employee_count"],
        "Website": leads["company_domain"],
    }
    lead = pa.table(
        {
            "Id": _ids("Lead", leads["lead_id"]),
            **shared,
            **company,
            "Company": leads["company_name"],
            "Department__c": leads["department"],
            "Country": leads["country"],
            "State": leads["prefecture"],
            "MasterRecordId": _ids("Lead", leads["merged_into_lead_id"]),
            "IsDeleted": pc.if_else(merged, "true", leads["is_deleted"]),
            "ConvertedContactId": pc.if_else(converted, contact_id, pa.scalar(None, pa.string())),
        }
    )
    contact = pa.table(
        {
            "Id": contact_id,
            **shared,
            "AccountId": _ids("Account", leads["lead_id"]),
            "Department": leads["department"],
            "MailingCountry": leads["country"],
            "MailingState": leads["prefecture"],
            "IsDeleted": leads["is_deleted"],
        }
    )
    account = pa.table(
        {"Id": _ids("Account", leads["lead_id"]), "Name": leads["company_name"], **company}
    )
    return {
        "Lead": lead,
        "Contact": contact.filter(converted),
        "Account": account.filter(converted),
    }


def sales_events(activities: pa.Table) -> dict[str, pa.Table]:
    """Calls as tasks that are done, meetings as entries of the calendar."""
    calls = kept(activities, is_one_of(activities["activity_type"], DISPOSITIONS))
    meetings = kept(activities, is_one_of(activities["activity_type"], ("meeting",)))
    return {
        "Task": pa.table(
            {
                "Id": _ids("Task", calls["activity_id"]),
                "WhoId": _ids("Lead", calls["lead_id"]),
                "TaskSubtype": constant("Call", len(calls)),
                "Status": constant("Completed", len(calls)),
                "IsClosed": constant("true", len(calls)),
                "CallDisposition": looked_up(calls["activity_type"], DISPOSITIONS),
                "CompletedDateTime": calls["occurred_at"],
                "CreatedDate": calls["occurred_at"],
                "OwnerId": each(calls["actor"], _user),
            }
        ),
        "Event": pa.table(
            {
                "Id": _ids("Event", meetings["activity_id"]),
                "WhoId": _ids("Lead", meetings["lead_id"]),
                "Subject": constant("商談", len(meetings)),
                "Type": constant("Meeting", len(meetings)),
                "StartDateTime": meetings["occurred_at"],
                "CreatedDate": meetings["occurred_at"],
                "OwnerId": each(meetings["actor"], _user),
            }
        ),
    }


def deals(made: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Opportunities, the people in them, and the stages they went through."""
    opportunities, roles, changes = made["deals"], made["deal_contacts"], made["stage_changes"]
    hoped = each(local_days(opportunities["created_at"]), _three_months_later)
    return {
        "Opportunity": pa.table(
            {
                "Id": _ids("Opportunity", opportunities["deal_id"]),
                "AccountId": pc.coalesce(
                    _ids("Account", opportunities["lead_id"]),
                    _ids("Account", opportunities["account_id"]),
                ),
                "Name": opportunities["name"],
                "Amount": opportunities["amount"],
                "CurrencyIsoCode": opportunities["currency"],
                "Gross_Margin_Rate__c": opportunities["gross_margin_rate"],
                "Product__c": opportunities["product"],
                "StageName": opportunities["stage"],
                "IsClosed": opportunities["is_closed"],
                "IsWon": opportunities["is_won"],
                "CloseDate": pc.coalesce(local_days(opportunities["closed_at"]), hoped),
                "Loss_Reason__c": opportunities["lost_reason"],
                "OwnerId": each(opportunities["owner_id"], _user),
                "CreatedDate": opportunities["created_at"],
                "LastModifiedDate": opportunities["updated_at"],
                "IsDeleted": constant("false", len(opportunities)),
            }
        ),
        "OpportunityContactRole": pa.table(
            {
                "OpportunityId": _ids("Opportunity", roles["deal_id"]),
                "ContactId": _ids("Contact", roles["lead_id"]),
                "Role": roles["role"],
                "IsPrimary": pc.if_else(pc.equal(roles["role"], "主担当"), "true", "false"),
                "CreatedDate": roles["added_at"],
            }
        ),
        "OpportunityFieldHistory": pa.table(
            {
                "OpportunityId": _ids("Opportunity", changes["entity_id"]),
                "Field": constant("StageName", len(changes)),
                "OldValue": changes["from_status"],
                "NewValue": changes["to_status"],
                "CreatedById": each(changes["changed_by"], _user),
                "CreatedDate": changes["changed_at"],
            }
        ),
    }


def _three_months_later(day: str) -> str:
    """The day that a salesperson hopes for; of a day that nobody can read, the same."""
    try:
        year, month, _ = (int(part) for part in day.split("-"))
    except ValueError:
        return day
    later = year * 12 + month - 1 + 3
    return f"{later // 12:04d}-{later % 12 + 1:02d}-28"


def costs(table: pa.Table) -> dict[str, pa.Table]:
    """Each invoice is a campaign of its month, with its actual cost."""
    return {
        "Campaign": pa.table(
            {
                "Id": _ids("Campaign", table["cost_id"]),
                "Name": table["campaign"],
                "Type": looked_up(table["channel"], _CHANNELS),
                "StartDate": table["starts_on"],
                "EndDate": table["ends_on"],
                "ActualCost": table["amount"],
                "CurrencyIsoCode": table["currency"],
            }
        )
    }


def lookups() -> dict[str, pa.Table]:
    """The users, written once."""
    return {"User": pa.table({"Id": [_user(a) for a in words.ACTORS], "Name": list(words.ACTORS)})}
