"""The words of the rule language: subjects, their fields, and what may be asked of each.

A new field or activity type is added here; every check reads these tables. The operators are in
macros/rules/operators.sql.
"""

from __future__ import annotations

from leadloop.agreement.operators import OPERATORS, Kind, Reads
from leadloop.agreement.operators import Takes as Takes

LIST_SEPARATOR = "|"

AXES = ("fit", "engagement")
CAP_PERIODS = ("day", "month", "total")
DECAYS = ("none", "half_life", "linear", "step")
DISTINCT_BY = ("event", "day", "session", "content")
RULE_DISTINCT_BY = (*DISTINCT_BY, "lead")
ROLES = ("enter", "stay")
EVERY_LEAD = "all"
QUALIFYING_STAGES = ("mql", "sql")
STAGES = ("lead", "mql", "sql", "opportunity", "won", "lost", "returned")
STATUSES = ("draft", "active", "challenger", "retired")
# versions that hold or held; the others are proposals
STATUSES_IN_FORCE = ("active", "retired")
JOB_LEVELS = ("executive", "director", "manager", "staff", "student")
ANSWERS = ("confirmed", "denied", "partly", "unknown")
ANSWER_STATES = (*ANSWERS, "not_asked")
EVENT_GROUPS = ("web", "mail", "content", "event", "survey", "sales", "handoff", "other")
RETURN_REASONS = (
    "too_early",
    "wrong_size",
    "wrong_department",
    "wrong_region",
    "existing_customer",
    "competitor",
    "unreachable",
    "duplicate",
    "student_or_private",
    "other",
)

ACTIVITY_TYPES = (
    "page_view",
    "key_page_view",
    "form_submit",
    "form_error",
    "doc_download",
    "case_study_download",
    "seminar_register",
    "seminar_attend",
    "survey_answer",
    "email_sent",
    "email_open",
    "email_click",
    "email_bounce",
    "unsubscribe",
    "demo_request",
    "inquiry",
    "comparison_statement",
    "call_attempt",
    "call_connected",
    "meeting",
    "chat",
    "site_search",
    "video_view",
    "other",
    "hearing_answer",
    "handoff_listed",
    "handoff_synced",
    "handoff_assigned",
    "first_contact",
    "returned",
)
ACTIVITY_GROUPS = ("visit", "any_activity")
ACTIVITY_SUBJECTS = (*ACTIVITY_TYPES, *ACTIVITY_GROUPS)

_LEAD_FIELDS = {
    "job_level": Kind.TEXT,
    "industry": Kind.TEXT,
    "employee_count": Kind.NUMBER,
    "country": Kind.TEXT,
    "prefecture": Kind.TEXT,
    "product": Kind.TEXT,
    "department": Kind.TEXT,
    "job_title": Kind.TEXT,
    "company_domain": Kind.TEXT,
    "email_domain": Kind.TEXT,
    "source_channel": Kind.TEXT,
    "source_campaign": Kind.TEXT,
    "source_content": Kind.TEXT,
    "is_opted_out": Kind.BOOLEAN,
}
_ACTIVITY_FIELDS = {
    name: Kind.TEXT
    for name in (
        "content_id",
        "content_name",
        "content_type",
        "url",
        "channel",
        "campaign",
        "answer",
        "actor",
        "content_answer",
    )
}
FIELDS: dict[str, dict[str, Kind]] = {
    "lead": _LEAD_FIELDS,
    "score": {"total": Kind.NUMBER, "fit": Kind.NUMBER, "engagement": Kind.NUMBER},
    "stage_change": {"to_stage": Kind.TEXT},
    **{subject: _ACTIVITY_FIELDS for subject in ACTIVITY_SUBJECTS},
}

RULE_SUBJECTS = ("lead", *ACTIVITY_SUBJECTS)
CRITERION_SUBJECTS = ("lead", "score", "stage_change", *ACTIVITY_SUBJECTS)
# who is left out is a matter of what the lead is, so that it holds at every instant
DISQUALIFIER_SUBJECTS = ("lead",)

# fields whose values are a closed list, whatever the company
CLOSED_VALUES: dict[str, tuple[str, ...]] = {
    "job_level": JOB_LEVELS,
    "to_stage": STAGES,
}


def operators_for(subject: str, field: str) -> tuple[str, ...]:
    """Operators that can compare this field of this subject; an empty field is the event."""
    if not field:
        return ("exists",)
    if subject == "score":
        # a score is computed, so it is compared by size and is never unknown
        return tuple(name for name, one in OPERATORS.items() if one.reads is Reads.NUMBER)
    kind = FIELDS[subject][field]
    fitting = [name for name, operator in OPERATORS.items() if kind in operator.kinds]
    if subject == "lead":
        return tuple(fitting)
    if subject == "stage_change":
        return ("eq", "in")
    # an event is there or not: only an attribute of a lead can be unknown
    return tuple(name for name in fitting if OPERATORS[name].reads is not Reads.PRESENCE)
