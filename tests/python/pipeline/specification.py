"""The rules of the shipped agreement as a company of hand-made leads, a rule a lead.

Every figure in this file was worked out by hand from seeds/agreement (version v2, in force from
1 May 2026) and docs/rules.md. Fit: director 20, target industry 15, 100 employees or more 10.
Engagement: price page 15, case study 10, seminar 10, newsletter 1. MQL from 50 points.
All times are UTC; the company's days are Japan's, nine hours ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

AS_OF = "2026-10-31T15:00:00Z"

Row = dict[str, Any]
# episode, stage, instant, path that qualified (or IMPUTED where nothing was seen)
Entry = tuple[int, str, str, str | None]
IMPUTED = "imputed"

CREATED = "2026-06-01T00:00:00Z"


@dataclass
class Case:
    """A lead, what it did, and what the marts have to say about it."""

    lead: Row
    events: list[Row]
    stage: str
    score: float
    entries: list[Entry]
    disqualified: str | None = None
    deals: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.lead["lead_id"])


def lead(
    name: str, title: str = "担当", industry: str = "小売", size: int = 20, **more: Any
) -> Row:
    """Without more: a member of staff of a small shop, worth no point at all."""
    return {
        "lead_id": name,
        "email": f"{name}@corp.example",
        "company_domain": "corp.example",
        "job_title": title,
        "industry": industry,
        "employee_count": size,
        "created_at": CREATED,
        "source_channel": "organic_search",
        **more,
    }


def best_fit(name: str, **more: Any) -> Row:
    """45 points for what they are: director, target industry, 100 employees."""
    return lead(name, **{"title": "部長", "industry": "製造業", "size": 100, **more})


def did(kind: str, at: str, **more: Any) -> Row:
    return {"activity_type": kind, "occurred_at": at, **more}


def opens(count: int, first_day: int = 6) -> list[Row]:
    """Newsletters opened, one a day from 6 June, at noon UTC."""
    return [did("email_open", f"2026-06-{first_day + n:02}T12:00:00Z") for n in range(count)]


def came(at: str = CREATED) -> Entry:
    return (1, "lead", at, None)


CASES = [
    # 50 points make an MQL; 49 do not, and one point is missing.
    Case(best_fit("points_49"), opens(4), "lead", 49, [came()]),
    # The instant of the MQL is the instant of the event that brought the 50th point.
    Case(
        best_fit("points_50"),
        [*opens(4), did("email_open", "2026-06-10T01:02:03Z")],
        "mql",
        50,
        [came(), (1, "mql", "2026-06-10T01:02:03Z", "score")],
    ),
    # A company of 99 is below the size that earns points: 35 + 10 is no MQL.
    Case(
        best_fit("employees_99", size=99),
        [did("case_study_download", "2026-06-05T03:00:00Z")],
        "lead",
        45,
        [came()],
    ),
    # One of 100 earns them: 45 + 10 is one.
    Case(
        best_fit("employees_100"),
        [did("case_study_download", "2026-06-05T03:00:00Z")],
        "mql",
        55,
        [came(), (1, "mql", "2026-06-05T03:00:00Z", "score")],
    ),
    # 課長 is not a decision-maker: 25 for the company, 15 for the price page.
    Case(
        best_fit("title_kacho", title="営業部 課長"),
        [did("page_view", "2026-06-05T03:00:00Z", url="https://corp.example/pricing")],
        "lead",
        40,
        [came()],
    ),
    # 部長 is one. A page view becomes a price page view by its address.
    Case(
        best_fit("title_bucho", title="営業部 部長"),
        [did("page_view", "2026-06-05T03:00:00Z", url="https://corp.example/pricing")],
        "mql",
        60,
        [came(), (1, "mql", "2026-06-05T03:00:00Z", "score")],
    ),
    # Target industry and size with three visits in 30 days: the 30th day still counts ...
    Case(
        lead("visits_day_30", industry="製造業", size=100),
        [
            did("page_view", "2026-06-05T03:00:00Z", session_id="v30a"),
            did("page_view", "2026-06-15T03:00:00Z", session_id="v30b"),
            did("page_view", "2026-07-05T03:00:00Z", session_id="v30c"),
        ],
        "mql",
        25,
        [came(), (1, "mql", "2026-07-05T03:00:00Z", "target_visits")],
    ),
    # ... and a second later does not.
    Case(
        lead("visits_day_31", industry="製造業", size=100),
        [
            did("page_view", "2026-06-05T03:00:00Z", session_id="v31a"),
            did("page_view", "2026-06-15T03:00:00Z", session_id="v31b"),
            did("page_view", "2026-07-05T03:00:01Z", session_id="v31c"),
        ],
        "lead",
        25,
        [came()],
    ),
    # Three pages of one session are one visit.
    Case(
        lead("visits_one_session", industry="製造業", size=100),
        [did("page_view", f"2026-06-05T03:0{n}:00Z", session_id="one") for n in range(3)],
        "lead",
        25,
        [came()],
    ),
    # Without a session a visit is a day, and the day turns at midnight in Japan (15:00 UTC).
    Case(
        lead("visits_japans_days", industry="製造業", size=100),
        [
            did("page_view", "2026-06-10T14:59:59Z"),
            did("page_view", "2026-06-10T15:00:00Z"),
            did("page_view", "2026-06-11T15:00:00Z"),
        ],
        "mql",
        25,
        [came(), (1, "mql", "2026-06-11T15:00:00Z", "target_visits")],
    ),
    # The same visits by a company of 99: the path asks for the size too.
    Case(
        lead("visits_of_a_small_company", industry="製造業", size=99),
        [
            did("page_view", f"2026-06-{day}T03:00:00Z", session_id=f"w{day}")
            for day in (10, 11, 12)
        ],
        "lead",
        15,
        [came()],
    ),
    # The service deck with prices makes an MQL whoever downloads it. Last second of June in Japan ...
    Case(
        lead("deck_in_june"),
        [did("doc_download", "2026-06-30T14:59:59Z", content_type="price_deck")],
        "mql",
        0,
        [came(), (1, "mql", "2026-06-30T14:59:59Z", "price_deck")],
    ),
    # ... and first of July; here it is a price deck by its name.
    Case(
        lead("deck_in_july"),
        [did("doc_download", "2026-06-30T15:00:00Z", content_name="サービス資料（価格表付き）")],
        "mql",
        0,
        [came(), (1, "mql", "2026-06-30T15:00:00Z", "price_deck")],
    ),
    # Any other document does not.
    Case(
        lead("other_document"),
        [did("doc_download", "2026-06-30T15:00:00Z", content_type="whitepaper")],
        "lead",
        0,
        [came()],
    ),
    # The case-study seminar and the answer: both together, at the later of the two.
    Case(
        lead("seminar_and_answer"),
        [
            did("seminar_attend", "2026-06-20T05:00:00Z", content_type="case_study_seminar"),
            did("survey_answer", "2026-06-20T06:30:00Z", answer="詳しい説明を希望する"),
        ],
        "mql",
        10,
        [came(), (1, "mql", "2026-06-20T06:30:00Z", "case_study_seminar")],
    ),
    # The seminar alone is 10 points ...
    Case(
        lead("seminar_alone"),
        [did("seminar_attend", "2026-06-20T05:00:00Z", content_type="case_study_seminar")],
        "lead",
        10,
        [came()],
    ),
    # ... and the answer after another seminar is not that answer.
    Case(
        lead("answer_after_another_seminar"),
        [
            did("seminar_attend", "2026-06-20T05:00:00Z", content_type="webinar"),
            did("survey_answer", "2026-06-20T06:30:00Z", answer="wants_details"),
        ],
        "lead",
        10,
        [came()],
    ),
    # SQL by a hearing: challenge, budget and timing confirmed, whatever their order, at the last of
    # them. The MQL stage that nobody saw is imputed at that instant.
    Case(
        lead("hearing_complete"),
        [
            did("hearing_answer", "2026-07-03T01:00:00Z", content_id="timing", answer="confirmed"),
            did(
                "hearing_answer", "2026-07-01T01:00:00Z", content_id="challenge", answer="confirmed"
            ),
            did("hearing_answer", "2026-07-02T01:00:00Z", content_id="budget", answer="confirmed"),
        ],
        "sql",
        0,
        [
            came(),
            (1, "mql", "2026-07-03T01:00:00Z", IMPUTED),
            (1, "sql", "2026-07-03T01:00:00Z", "hearing"),
        ],
    ),
    # A budget that is only partly confirmed is not confirmed.
    Case(
        lead("hearing_partly"),
        [
            did(
                "hearing_answer", "2026-07-01T01:00:00Z", content_id="challenge", answer="confirmed"
            ),
            did("hearing_answer", "2026-07-02T01:00:00Z", content_id="budget", answer="partly"),
            did("hearing_answer", "2026-07-03T01:00:00Z", content_id="timing", answer="confirmed"),
        ],
        "lead",
        0,
        [came()],
    ),
    # A request for a demo is an SQL at once.
    Case(
        lead("demo_request"),
        [did("demo_request", "2026-07-04T02:00:00Z")],
        "sql",
        0,
        [
            came(),
            (1, "mql", "2026-07-04T02:00:00Z", IMPUTED),
            (1, "sql", "2026-07-04T02:00:00Z", "demo_request"),
        ],
    ),
    # So is the word that we are compared with a competitor; the MQL before it stays where it was.
    Case(
        lead("comparison"),
        [
            did("doc_download", "2026-06-10T02:00:00Z", content_type="price_deck"),
            did("comparison_statement", "2026-07-04T02:00:00Z"),
        ],
        "sql",
        0,
        [
            came(),
            (1, "mql", "2026-06-10T02:00:00Z", "price_deck"),
            (1, "sql", "2026-07-04T02:00:00Z", "comparison"),
        ],
    ),
    # Sales gave it back; its 60 points still stand and send nobody back by themselves.
    Case(
        best_fit("returned_and_quiet"),
        [
            did("key_page_view", "2026-06-10T02:00:00Z"),
            did("handoff_assigned", "2026-06-11T02:00:00Z"),
            did("returned", "2026-07-01T02:00:00Z", answer="まだ早い"),
        ],
        "returned",
        60,
        [
            came(),
            (1, "mql", "2026-06-10T02:00:00Z", "score"),
            (1, "returned", "2026-07-01T02:00:00Z", None),
        ],
    ),
    # A new fact does: the price page again, after the return.
    Case(
        best_fit("returned_and_back"),
        [
            did("key_page_view", "2026-06-10T02:00:00Z"),
            did("handoff_assigned", "2026-06-11T02:00:00Z"),
            did("returned", "2026-07-01T02:00:00Z", answer="too_early"),
            did("key_page_view", "2026-07-20T02:00:00Z"),
        ],
        "mql",
        75,
        [
            came(),
            (1, "mql", "2026-06-10T02:00:00Z", "score"),
            (1, "returned", "2026-07-01T02:00:00Z", None),
            (2, "mql", "2026-07-20T02:00:00Z", "score"),
        ],
    ),
    # v1 asked for 40 points: 45 for the attributes alone made an MQL as the lead came ...
    Case(
        best_fit("under_v1", created_at="2026-03-01T00:00:00Z"),
        [],
        "mql",
        45,
        [came("2026-03-01T00:00:00Z"), (1, "mql", "2026-03-01T00:00:00Z", "score")],
    ),
    # ... and a new version is no new fact: whoever was returned before it stays returned.
    Case(
        best_fit("returned_before_v2", created_at="2026-03-01T00:00:00Z"),
        [
            did("key_page_view", "2026-03-02T00:00:00Z"),
            did("returned", "2026-04-15T00:00:00Z", answer="too_early"),
        ],
        "returned",
        60,
        [
            came("2026-03-01T00:00:00Z"),
            (1, "mql", "2026-03-01T00:00:00Z", "score"),
            (1, "returned", "2026-04-15T00:00:00Z", None),
        ],
    ),
    # No points qualify a student, nor does a request for a demo.
    Case(
        best_fit("student", title="大学生"),
        [
            did("key_page_view", "2026-06-10T02:00:00Z"),
            did("key_page_view", "2026-06-11T02:00:00Z"),
            did("demo_request", "2026-06-12T02:00:00Z"),
        ],
        "lead",
        55,
        [came()],
        disqualified="student",
    ),
    # Who no longer wants mail keeps the history: the past is not rewritten.
    Case(
        lead("opted_out", is_opted_out="true"),
        [did("doc_download", "2026-06-10T02:00:00Z", content_type="price_deck")],
        "mql",
        0,
        [came(), (1, "mql", "2026-06-10T02:00:00Z", "price_deck")],
        disqualified="opted_out",
    ),
    # A deal that was won: the opportunity begins with the deal, what was skipped takes its instant.
    Case(
        lead("deal_won"),
        [],
        "won",
        0,
        [
            came(),
            (1, "mql", "2026-07-01T00:00:00Z", IMPUTED),
            (1, "sql", "2026-07-01T00:00:00Z", IMPUTED),
            (1, "opportunity", "2026-07-01T00:00:00Z", None),
            (1, "won", "2026-08-15T00:00:00Z", None),
        ],
        deals=[
            {
                "deal_id": "D-won",
                "amount": 500_000,
                "gross_margin_rate": 0.6,
                "stage": "受注",
                "is_closed": "true",
                "is_won": "true",
                "created_at": "2026-07-01T00:00:00Z",
                "closed_at": "2026-08-15T00:00:00Z",
            }
        ],
    ),
    # One that was lost says why.
    Case(
        lead("deal_lost"),
        [],
        "lost",
        0,
        [
            came(),
            (1, "mql", "2026-07-01T00:00:00Z", IMPUTED),
            (1, "sql", "2026-07-01T00:00:00Z", IMPUTED),
            (1, "opportunity", "2026-07-01T00:00:00Z", None),
            (1, "lost", "2026-08-20T00:00:00Z", None),
        ],
        deals=[
            {
                "deal_id": "D-lost",
                "amount": 900_000,
                "stage": "失注",
                "is_closed": "true",
                "is_won": "false",
                "created_at": "2026-07-01T00:00:00Z",
                "closed_at": "2026-08-20T00:00:00Z",
                "lost_reason": "価格",
            }
        ],
    ),
    # Two people of one deal: this one came by a webinar, clicked a mail before the close (a touch) and one after it
    # (none). Its colleague below came by an exhibition.
    Case(
        lead("deal_of_two_first", source_channel="webinar"),
        [
            did("email_click", "2026-07-01T00:00:00Z", channel="email"),
            did("email_click", "2026-09-01T00:00:00Z", channel="email"),
        ],
        "won",
        0,
        [
            came(),
            (1, "mql", "2026-07-10T00:00:00Z", IMPUTED),
            (1, "sql", "2026-07-10T00:00:00Z", IMPUTED),
            (1, "opportunity", "2026-07-10T00:00:00Z", None),
            (1, "won", "2026-08-01T00:00:00Z", None),
        ],
        deals=[
            {
                "deal_id": "D-two",
                "amount": 1_000_000,
                "gross_margin_rate": 0.7,
                "stage": "受注",
                "is_closed": "true",
                "is_won": "true",
                "created_at": "2026-07-10T00:00:00Z",
                "closed_at": "2026-08-01T00:00:00Z",
            }
        ],
    ),
    # A person attached to a deal earns it credit, and is not won by it: the deal is its lead's.
    Case(
        lead("deal_of_two_second", source_channel="exhibition", created_at="2026-06-15T00:00:00Z"),
        [],
        "lead",
        0,
        [came("2026-06-15T00:00:00Z")],
    ),
    # Merged twice over: what the first did counts for the one that is left.
    Case(
        lead("merged_survivor"),
        [],
        "mql",
        0,
        [came(), (1, "mql", "2026-06-10T02:00:00Z", "price_deck")],
    ),
]

# Rows that are no lead of their own.
OTHER_LEADS = [
    lead("merged_first", merged_into_lead_id="merged_second"),
    lead("merged_second", merged_into_lead_id="merged_survivor"),
    lead("deleted", is_deleted="true"),
    # an older copy of a lead: the newer one, above, is kept
    lead("points_50", size=5, updated_at="2020-01-01T00:00:00Z"),
    # a date that nobody can read
    lead("unreadable", created_at="someday"),
]
OTHER_EVENTS = [
    did("doc_download", "2026-06-10T02:00:00Z", content_type="price_deck", lead_id="merged_first"),
    did("page_view", "2026-06-10T02:00:00Z", lead_id="deleted"),
    did("page_view", "2026-06-10T02:00:00Z", lead_id="nobody"),
]
OTHER_DEALS = [
    # booked without anybody known behind it
    {
        "deal_id": "D-nobody",
        "amount": 70_000,
        "stage": "受注",
        "is_closed": "true",
        "is_won": "true",
        "created_at": "2026-07-01T00:00:00Z",
        "closed_at": "2026-08-31T15:00:00Z",
    },
]
DEAL_CONTACTS = [{"deal_id": "D-two", "lead_id": "deal_of_two_second", "role": "decision_maker"}]
COSTS = [
    # 61 days, 30 of them in June: 61,000 is 30,000 and 31,000
    {
        "cost_id": "C-webinar",
        "channel": "webinar",
        "starts_on": "2026-06-01",
        "ends_on": "2026-07-31",
        "amount": 61_000,
    },
]


def tables() -> dict[str, list[Row]]:
    """The whole company as canonical tables."""
    events = [{"lead_id": case.name, **event} for case in CASES for event in case.events]
    events += OTHER_EVENTS
    deals = [{"lead_id": case.name, **deal} for case in CASES for deal in case.deals]
    return {
        "leads": [case.lead for case in CASES] + OTHER_LEADS,
        "activities": [{"activity_id": f"A{n:03}", **event} for n, event in enumerate(events)],
        "deals": deals + OTHER_DEALS,
        "deal_contacts": DEAL_CONTACTS,
        "marketing_costs": COSTS,
    }
