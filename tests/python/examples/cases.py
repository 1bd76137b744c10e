"""Hand-made leads, a few for each shipped example, and what the rules of the example make of them.

Worked out by hand from examples/agreements/ and docs/rules.md. All times are UTC; as_of is
2026-10-31T15:00:00Z, which is midnight in Japan.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.python.examples.shipped import AS_OF, PRODUCTS, Row

CREATED = "2026-06-01T00:00:00Z"
DAY_30 = "2026-10-01T15:00:00Z"  # thirty days before as_of
DAY_60 = "2026-09-01T15:00:00Z"
Qualified = tuple[str, str, str]  # stage, path, instant
Held = tuple[str, str, str | None]  # status, from, until


@dataclass
class Case:
    """A lead of an example's product."""

    version: str
    lead: Row
    events: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    score: float = 0
    grade: str | None = None
    qualified: list[Qualified] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.lead["lead_id"])


def lead(name: str, version: str, title: str = "担当", industry: str = "小売", size: int = 20,
         **more: object) -> Row:  # fmt: skip
    return {
        "lead_id": name,
        "email": f"{name}@{name.replace('_', '-')}.example",
        "job_title": title,
        "industry": industry,
        "employee_count": size,
        "created_at": CREATED,
        "product": PRODUCTS.get(version, version),
        **more,
    }


def did(kind: str, at: str, **more: str) -> Row:
    return {"activity_type": kind, "occurred_at": at, **more}


def june(day: int, second: int = 0) -> str:
    return f"2026-06-{day:02}T03:00:{second:02}Z"


def july(day: int, second: int = 0) -> str:
    return f"2026-07-{day:02}T03:00:{second:02}Z"


def heard(question: str, at: str) -> Row:
    return did("hearing_answer", at, content_id=question, answer="confirmed")


def changed(status: str, at: str) -> Row:
    return {"to_status": status, "changed_at": at}


def opens(count: int) -> list[Row]:
    return [did("email_open", june(6 + n)) for n in range(count)]


def visits(*instants: str) -> list[Row]:
    return [did("page_view", at, session_id=f"s{n}{at}") for n, at in enumerate(instants)]


def article(name: str, *rest: object, **more: object) -> Row:
    fit = {"title": "部長", "industry": "製造業", "size": 100, **more}
    return lead(name, "article", **fit)  # type: ignore[arg-type]


def price(at: str) -> Row:
    return did("key_page_view", at, url="https://corp.example/pricing")


ARTICLE = [
    Case("article", article("a_49"), opens(4), score=49, grade="A3"),
    Case("article", article("a_50"), opens(5), score=50, grade="A3",
         qualified=[("mql", "score", june(10))]),
    Case("article", article("a_99", size=99), [did("case_study_download", june(5))], score=45,
         grade="A2"),
    Case("article", article("a_100"), [did("case_study_download", june(5))], score=55, grade="A2",
         qualified=[("mql", "score", june(5))]),
    Case("article", article("a_kacho", title="課長"), [price(june(5))], score=40, grade="B2"),
    Case("article", article("a_bucho"), [price(june(5))], score=60, grade="A2",
         qualified=[("mql", "score", june(5))]),
    Case("article", lead("a_deck", "article"),
         [did("doc_download", june(7), content_type="price_deck")], grade="C3",
         qualified=[("mql", "price_deck", june(7))]),
    Case("article", lead("a_seminar", "article"),
         [did("seminar_attend", june(7), content_type="case_study_seminar"),
          did("survey_answer", june(8), answer="詳しい説明を希望する")], score=10, grade="C2",
         qualified=[("mql", "case_study_seminar", june(8))]),
    Case("article", lead("a_day_30", "article", industry="製造業", size=100),
         visits(june(5), june(15), july(5)), score=25, grade="B3",
         qualified=[("mql", "target_visits", july(5))]),
    Case("article", lead("a_day_31", "article", industry="製造業", size=100),
         visits(june(5), june(15), july(5, 1)), score=25, grade="B3"),
    Case("article", lead("a_hearing", "article"),
         [heard("challenge", june(7)), heard("budget", june(8)), heard("timing", june(9))],
         grade="C3", qualified=[("sql", "hearing", june(9))]),
    Case("article", lead("a_two_answers", "article"),
         [heard("challenge", june(7)), heard("budget", june(8))], grade="C3"),
    Case("article", lead("a_demo", "article"), [did("demo_request", june(7))], grade="C3",
         qualified=[("sql", "demo_request", june(7))]),
    Case("article", lead("a_compares", "article"), [did("comparison_statement", june(7))],
         grade="C3", qualified=[("sql", "comparison", june(7))]),
]  # fmt: skip

PAPER = did("doc_download", june(5), content_type="whitepaper")
SLA = [
    Case("sla", lead("s_kakaricho", "sla", title="係長"), [PAPER], grade="C3"),
    Case("sla", lead("s_kacho", "sla", title="課長"), [PAPER], grade="C3",
         qualified=[("mql", "white_paper", june(5))]),
    Case("sla", lead("s_other_paper", "sla", title="課長"),
         [did("doc_download", june(5), content_type="price_deck")], grade="C3"),
    Case("sla", lead("s_heard", "sla", title="部長"),
         [heard("budget", june(3)), PAPER, did("call_connected", june(6)),
          heard("timing", june(7))], score=20, grade="B3",
         qualified=[("mql", "white_paper", june(5)), ("sql", "white_paper", june(7))]),
    Case("sla", lead("s_by_mail", "sla", title="部長"),
         [PAPER, heard("budget", june(6)), heard("timing", june(7))], score=20, grade="B3",
         qualified=[("mql", "white_paper", june(5))]),
]  # fmt: skip

BOWNOW_1 = [
    # three actions: the third within thirty days of the first; idle thirty days later
    Case("bownow_v1", lead("b1_day_30", "bownow_v1"), visits(june(5), june(15), july(5)), score=3,
         grade="A1", qualified=[("mql", "evident", july(5))],
         held=[("latent", june(5), "2026-09-03T03:00:00Z"),
               ("evident", july(5), "2026-08-04T03:00:00Z")]),
    Case("bownow_v1", lead("b1_day_31", "bownow_v1"), visits(june(5), june(15), july(5, 1)),
         score=3, grade="A1", held=[("latent", june(5), "2026-09-03T03:00:01Z")]),
    # an open keeps a lead latent and is none of the three actions
    Case("bownow_v1", lead("b1_opens", "bownow_v1"),
         [*visits(june(5), june(6)), did("email_open", june(7)), did("email_open", june(8))],
         score=2, grade="A2", held=[("latent", june(5), "2026-08-07T03:00:00Z")]),
    # sixty idle days, then again: two stays, the second of which lasts
    Case("bownow_v1", lead("b1_back", "bownow_v1"),
         visits(june(5), "2026-10-20T03:00:00Z"), score=2, grade="A2",
         held=[("latent", june(5), "2026-08-04T03:00:00Z"),
               ("latent", "2026-10-20T03:00:00Z", None)]),
]  # fmt: skip

BOWNOW_2 = [
    Case("bownow_v2", lead("b2_one_day", "bownow_v2"),
         [did("page_view", june(5)), price("2026-06-05T08:00:00Z")], score=2, grade="A2",
         held=[("latent", june(5), "2026-08-04T08:00:00Z")]),
    Case("bownow_v2", lead("b2_two_days", "bownow_v2"),
         [did("page_view", june(5)), price(june(6))], score=2, grade="A2",
         qualified=[("mql", "evident", june(6))],
         held=[("latent", june(5), "2026-08-05T03:00:00Z"),
               ("evident", june(6), "2026-07-06T03:00:00Z")]),
    # the day turns at midnight in Japan, 15:00 UTC
    Case("bownow_v2", lead("b2_midnight", "bownow_v2"),
         [price("2026-06-05T14:59:59Z"), did("page_view", "2026-06-05T15:00:00Z")], score=2,
         grade="A2", qualified=[("mql", "evident", "2026-06-05T15:00:00Z")],
         held=[("latent", "2026-06-05T14:59:59Z", "2026-08-04T15:00:00Z"),
               ("evident", "2026-06-05T15:00:00Z", "2026-07-05T15:00:00Z")]),
    Case("bownow_v2", lead("b2_no_key_page", "bownow_v2"), visits(june(5), june(6)), score=2,
         grade="A2", held=[("latent", june(5), "2026-08-05T03:00:00Z")]),
    # lost once, and back with two sessions and a key page among them
    Case("bownow_v2", lead("b2_reactive", "bownow_v2"),
         [did("page_view", july(5), session_id="r1"), did("key_page_view", july(6),
          url="https://corp.example/pricing", session_id="r2")], [changed("失注", june(5))],
         score=2, grade="A2", qualified=[("mql", "evident", july(6))],
         held=[("latent", july(5), "2026-09-04T03:00:00Z"),
               ("evident", july(6), "2026-08-05T03:00:00Z"),
               ("appointment_expected", july(6), None)]),
]  # fmt: skip

BEST = {"size": 100, "industry": "製造業", "title": "課長", "prefecture": "東京都",
        "department": "人事部"}  # fmt: skip
ENGAGEMENT = [
    # form 50, page 1, one session 3
    Case("account_engagement", lead("e_form", "account_engagement"),
         [did("page_view", june(5), session_id="f"),
          did("form_submit", june(5, 9), session_id="f")], score=54, grade="D2"),
    # error -5, search 3, session 3
    Case("account_engagement", lead("e_error", "account_engagement"),
         [did("form_error", june(5), session_id="g"),
          did("site_search", june(5, 9), session_id="g")], score=1, grade="D3"),
    # link 3; two pages in two sessions 1 + 1 + 3 + 3
    Case("account_engagement", lead("e_link", "account_engagement"),
         [did("email_click", june(5)), did("page_view", june(6), session_id="h"),
          did("page_view", june(6, 9), session_id="i")], score=11, grade="D3"),
    # all five of the profile: ten thirds up from D, and 100 points
    Case("account_engagement", lead("e_best", "account_engagement", **BEST),
         [did("form_submit", june(5), session_id="j"), did("form_submit", june(6), session_id="j")],
         score=113, grade="A+1", qualified=[("mql", "score_and_grade", june(6))]),
    Case("account_engagement", lead("e_four", "account_engagement", **{**BEST, "size": 99}),
         grade="A-3", score=8),
    # 100 points and C+: two criteria are four thirds, and B- would be five
    Case("account_engagement",
         lead("e_c_plus", "account_engagement", industry="製造業", size=100),
         [did("form_submit", june(5), session_id="k"), did("form_submit", june(6), session_id="k")],
         score=107, grade="C+1"),
    # a whole letter down ends at F, and stays there
    Case("account_engagement", lead("e_student", "account_engagement", title="大学生"), score=-3,
         grade="F3"),
    Case("account_engagement", lead("e_student_1", "account_engagement", title="大学生", size=100),
         score=-1, grade="D-3"),
]  # fmt: skip

GRID = [
    Case("hubspot_grid", lead("h_nothing", "hubspot_grid", size=99), grade="C3"),
    Case("hubspot_grid", lead("h_100", "hubspot_grid", size=100), score=20, grade="B3"),
    # company 30 + 20 is capped at 40, person 20, website 15 + 15 + 15 at 40: that is 100, the
    # seminar adds nothing; thirty days later half of the 40 is left
    Case("hubspot_grid",
         lead("h_capped", "hubspot_grid", title="部長", industry="製造業", size=1000),
         [price("2026-10-01T15:00:00Z"), price("2026-10-01T15:00:00Z"), price(DAY_30),
          did("seminar_attend", "2026-10-01T15:00:01Z")], score=80, grade="A2",
         qualified=[("mql", "b2_or_better", DAY_30)]),
    # 20 points: all of them today, half after 30 days, none after 60
    Case("hubspot_grid", lead("h_today", "hubspot_grid", size=999), [did("form_submit", AS_OF)],
         score=40, grade="B2", qualified=[("mql", "b2_or_better", AS_OF)]),
    Case("hubspot_grid", lead("h_day_30", "hubspot_grid", size=20), [did("form_submit", DAY_30)],
         score=10, grade="C3"),
    Case("hubspot_grid", lead("h_day_60", "hubspot_grid", size=20), [did("form_submit", DAY_60)],
         grade="C3"),
    # mail: 4 + 4 + 4 is capped at 10
    Case("hubspot_grid", lead("h_mail", "hubspot_grid"),
         [did("email_click", AS_OF, content_id=str(n)) for n in range(3)], score=10, grade="C3"),
    Case("hubspot_grid", lead("h_free", "hubspot_grid", email="h_free@gmail.com"), score=-20,
         grade="C3"),
]  # fmt: skip

OCTOBER = {"created_at": "2026-10-02T00:00:00Z"}
SMALL = [
    # a second document gives nothing more
    Case("small", lead("m_bucho", "small", title="部長", **OCTOBER),
         [did("doc_download", "2026-10-05T03:00:00Z", content_id="a"),
          did("doc_download", "2026-10-06T03:00:00Z", content_id="b")], score=30, grade="A1",
         qualified=[("mql", "score", "2026-10-05T03:00:00Z")]),
    Case("small", lead("m_kacho", "small", title="課長", **OCTOBER),
         [did("doc_download", "2026-10-05T03:00:00Z"), price("2026-10-06T03:00:00Z")], score=25,
         grade="B1"),
    Case("small", lead("m_heard", "small", **OCTOBER),
         [heard("budget", "2026-10-05T03:00:00Z"), heard("timing", "2026-10-06T03:00:00Z")],
         grade="B2", qualified=[("sql", "hearing", "2026-10-06T03:00:00Z")]),
]  # fmt: skip

CASES = [*ARTICLE, *SLA, *BOWNOW_1, *BOWNOW_2, *ENGAGEMENT, *GRID, *SMALL]
