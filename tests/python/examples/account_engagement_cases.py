"""Account Engagement: every default point, every rung of the grade ladder, and the mark of 100 and B-."""

from __future__ import annotations

from tests.python.examples.case import Case, did, june, lead
from tests.python.examples.shipped import Row

# the five criteria of the default profile, two thirds of a letter each
PROFILE = {
    "size": 100,
    "industry": "製造業",
    "title": "課長",
    "prefecture": "東京都",
    "department": "人事部",
}


def prospect(name: str, met: int = 0, *, free_mail: bool = False, **more: object) -> Row:
    """A prospect who meets so many of the five criteria."""
    fit = dict(list(PROFILE.items())[:met])
    mail = {"email": f"{name}@gmail.com"} if free_mail else {}
    return lead(name, "account_engagement", **{**fit, **mail, **more})  # type: ignore[arg-type]


def form(day: int, session: str = "f") -> Row:
    return did("form_submit", june(day), session_id=session)


def page(day: int, second: int = 0, session: str = "f") -> Row:
    return did("page_view", june(day, second), session_id=session)


POINTS = [
    # a form or landing page 50, and its session 3
    Case("account_engagement", prospect("e_landing_page"),
         [did("form_submit", june(5), url="https://corp.example/lp/trial")], score=53, grade="D2"),
    # form 50, page 1, one session 3
    Case("account_engagement", prospect("e_form"), [page(5), form(5, "f")], score=54, grade="D2"),
    # an error -5, which is no visit
    Case("account_engagement", prospect("e_error"), [did("form_error", june(5))], score=-5,
         grade="D3"),
    # search 3, session 3
    Case("account_engagement", prospect("e_search"), [did("site_search", june(5))], score=6,
         grade="D3"),
    # a tracked link 3
    Case("account_engagement", prospect("e_link"), [did("email_click", june(5))], score=3,
         grade="D3"),
    # a page 1, session 3; a key page is a page
    Case("account_engagement", prospect("e_page"), [page(5)], score=4, grade="D3"),
    Case("account_engagement", prospect("e_key_page"),
         [did("key_page_view", june(5), url="https://corp.example/pricing")], score=4, grade="D3"),
    # two pages 1 + 1: in one session 3, in two 3 + 3
    Case("account_engagement", prospect("e_one_session"), [page(5), page(5, 9)], score=5,
         grade="D3"),
    Case("account_engagement", prospect("e_two_sessions"), [page(5), page(5, 9, "g")], score=8,
         grade="D3"),
    # opened mail has no default that the source's pages agree on
    Case("account_engagement", prospect("e_open"), [did("email_open", june(5))], grade="D3"),
]  # fmt: skip


def rung(thirds: int, grade: str, met: int, *, free_mail: bool = False) -> Case:
    """Nothing but a profile: everybody begins at D, and the score is the thirds from there."""
    name = f"e_rung_{thirds}".replace("-", "minus_")
    return Case("account_engagement", prospect(name, met, free_mail=free_mail), score=thirds,
                grade=f"{grade}3")  # fmt: skip


STUDENT = {"title": "大学生"}
LADDER = [
    # a whole letter down for a student: F, two thirds below D, is the end
    Case("account_engagement", prospect("e_student_free", free_mail=True, **STUDENT), score=-4,
         grade="F3"),
    Case("account_engagement", prospect("e_student", **STUDENT), score=-3, grade="F3"),
    Case("account_engagement", prospect("e_student_1_free", 1, free_mail=True, **STUDENT),
         score=-2, grade="F3"),
    Case("account_engagement", prospect("e_student_1", 1, **STUDENT), score=-1, grade="D-3"),
    # a criterion two thirds up, free mail one down
    rung(-1, "D-", 0, free_mail=True),
    rung(0, "D", 0),
    rung(1, "D+", 1, free_mail=True),
    rung(2, "C-", 1),
    rung(3, "C", 2, free_mail=True),
    rung(4, "C+", 2),
    rung(5, "B-", 3, free_mail=True),
    rung(6, "B", 3),
    rung(7, "B+", 4, free_mail=True),
    rung(8, "A-", 4),
    rung(9, "A", 5, free_mail=True),
    rung(10, "A+", 5),
]  # fmt: skip

TWO_FORMS = [form(5), form(6)]
QUALIFIED = [
    # two forms and one session: 103 points, with A+, B- and C+
    Case("account_engagement", prospect("e_best", 5), TWO_FORMS, score=113, grade="A+1",
         qualified=[("mql", "score_and_grade", june(6))]),
    Case("account_engagement", prospect("e_b_minus", 3, free_mail=True), TWO_FORMS, score=108,
         grade="B-1", qualified=[("mql", "score_and_grade", june(6))]),
    Case("account_engagement", prospect("e_c_plus", 2), TWO_FORMS, score=107, grade="C+1"),
    # an error, one page or two, two forms, one session: 99 points and 100
    Case("account_engagement", prospect("e_99", 5),
         [did("form_error", june(3)), page(4), *TWO_FORMS], score=109, grade="A+2"),
    Case("account_engagement", prospect("e_100", 5),
         [did("form_error", june(3)), page(4), page(4, 9), *TWO_FORMS], score=110, grade="A+1",
         qualified=[("mql", "score_and_grade", june(6))]),
]  # fmt: skip

ACCOUNT_ENGAGEMENT = [*POINTS, *LADDER, *QUALIFIED]
