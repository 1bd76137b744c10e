"""The article's points, its three examples of an MQL and of an SQL, and both definitions of its SLA table."""

from __future__ import annotations

from tests.python.examples.case import Case, did, heard, july, june, lead, opens, price, visits
from tests.python.examples.shipped import Row


def article(name: str, **more: object) -> Row:
    fit = {"title": "部長", "industry": "製造業", "size": 100, **more}
    return lead(name, "article", **fit)  # type: ignore[arg-type]


CASE_STUDY_SEMINAR = did("seminar_attend", june(7), content_type="case_study_seminar")
WANTS_DETAILS = did("survey_answer", june(8), answer="詳しい説明を希望する")

POINTS = [
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
]  # fmt: skip

MQL = [
    # example 1: the service deck with prices
    Case("article", lead("a_deck", "article"),
         [did("doc_download", june(7), content_type="price_deck")], grade="C3",
         qualified=[("mql", "price_deck", june(7))]),
    Case("article", lead("a_other_deck", "article"),
         [did("doc_download", june(7), content_type="whitepaper")], grade="C3"),
    # example 2: the case-study seminar and the answer afterwards, which is the moment
    Case("article", lead("a_seminar", "article"), [CASE_STUDY_SEMINAR, WANTS_DETAILS], score=10,
         grade="C2", qualified=[("mql", "case_study_seminar", june(8))]),
    Case("article", lead("a_seminar_no_answer", "article"), [CASE_STUDY_SEMINAR], score=10,
         grade="C2"),
    Case("article", lead("a_seminar_no_thanks", "article"),
         [CASE_STUDY_SEMINAR, did("survey_answer", june(8), answer="今は不要")], score=10,
         grade="C2"),
    Case("article", lead("a_other_seminar", "article"),
         [did("seminar_attend", june(7), content_type="seminar"), WANTS_DETAILS], score=10,
         grade="C2"),
    Case("article", lead("a_answer_only", "article"), [WANTS_DETAILS], grade="C3"),
    # example 3: target industry, 100 employees, three visits in thirty days
    Case("article", lead("a_day_30", "article", industry="製造業", size=100),
         visits(june(5), june(15), july(5)), score=25, grade="B3",
         qualified=[("mql", "target_visits", july(5))]),
    Case("article", lead("a_day_31", "article", industry="製造業", size=100),
         visits(june(5), june(15), july(5, 1)), score=25, grade="B3"),
    Case("article", lead("a_size_short", "article", industry="製造業", size=99),
         visits(june(5), june(15), june(25)), score=15, grade="B3"),
    Case("article", lead("a_industry_short", "article", industry="小売", size=100),
         visits(june(5), june(15), june(25)), score=10, grade="C3"),
    Case("article", lead("a_two_visits", "article", industry="製造業", size=100),
         visits(june(5), june(15)), score=25, grade="B3"),
    # a visit is a session, however many pages it has
    Case("article", lead("a_three_pages", "article", industry="製造業", size=100),
         [did("page_view", june(5, second), session_id="one") for second in (0, 20, 40)],
         score=25, grade="B3"),
]  # fmt: skip

SQL = [
    # example 1: challenge, budget and timing, all three confirmed
    Case("article", lead("a_hearing", "article"),
         [heard("challenge", june(7)), heard("budget", june(8)), heard("timing", june(9))],
         grade="C3", qualified=[("sql", "hearing", june(9))]),
    Case("article", lead("a_no_challenge", "article"),
         [heard("budget", june(8)), heard("timing", june(9))], grade="C3"),
    Case("article", lead("a_no_budget", "article"),
         [heard("challenge", june(7)), heard("timing", june(9))], grade="C3"),
    Case("article", lead("a_no_timing", "article"),
         [heard("challenge", june(7)), heard("budget", june(8))], grade="C3"),
    Case("article", lead("a_timing_open", "article"),
         [heard("challenge", june(7)), heard("budget", june(8)),
          heard("timing", june(9), "unknown")], grade="C3"),
    # examples 2 and 3
    Case("article", lead("a_demo", "article"), [did("demo_request", june(7))], grade="C3",
         qualified=[("sql", "demo_request", june(7))]),
    Case("article", lead("a_compares", "article"), [did("comparison_statement", june(7))],
         grade="C3", qualified=[("sql", "comparison", june(7))]),
]  # fmt: skip

ARTICLE = [*POINTS, *MQL, *SQL]

PAPER = did("doc_download", june(5), content_type="whitepaper")
CALL = did("call_connected", june(6))
BUDGET = heard("budget", june(6))
TIMING = heard("timing", june(7))
SLA = [
    Case("sla", lead("s_kakaricho", "sla", title="係長"), [PAPER], grade="C3"),
    Case("sla", lead("s_kacho", "sla", title="課長"), [PAPER], grade="C3",
         qualified=[("mql", "white_paper", june(5))]),
    Case("sla", lead("s_other_paper", "sla", title="課長"),
         [did("doc_download", june(5), content_type="price_deck")], grade="C3"),
    Case("sla", lead("s_heard", "sla", title="部長"),
         [heard("budget", june(3)), PAPER, CALL, TIMING], score=20, grade="B3",
         qualified=[("mql", "white_paper", june(5)), ("sql", "white_paper", june(7))]),
    # one of the five short: the telephone, budget, timing, the paper, the title
    Case("sla", lead("s_by_mail", "sla", title="部長"), [PAPER, BUDGET, TIMING], score=20,
         grade="B3", qualified=[("mql", "white_paper", june(5))]),
    Case("sla", lead("s_no_budget", "sla", title="部長"), [PAPER, CALL, TIMING], score=20,
         grade="B3", qualified=[("mql", "white_paper", june(5))]),
    Case("sla", lead("s_no_timing", "sla", title="部長"), [PAPER, CALL, BUDGET], score=20,
         grade="B3", qualified=[("mql", "white_paper", june(5))]),
    Case("sla", lead("s_no_paper", "sla", title="部長"), [CALL, BUDGET, TIMING], score=20,
         grade="B3"),
    Case("sla", lead("s_kakaricho_heard", "sla", title="係長"), [PAPER, CALL, BUDGET, TIMING],
         grade="C3"),
]  # fmt: skip
