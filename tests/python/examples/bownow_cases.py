"""BowNow's automatic statuses, v1.0 and v2.0. A score is what counts as an action at as_of."""

from __future__ import annotations

from tests.python.examples.case import Case, changed, did, july, june, lead, price, visits
from tests.python.examples.shipped import Row

# whatever a lead does counts, but for the opened mail
ACTIONS = (
    "page_view",
    "key_page_view",
    "site_search",
    "form_submit",
    "form_error",
    "doc_download",
    "case_study_download",
    "video_view",
    "demo_request",
    "inquiry",
    "chat",
    "seminar_register",
    "seminar_attend",
    "survey_answer",
    "email_click",
    "unsubscribe",
)
# an opened mail, a login (which is no type of ours), and what the company does
NO_ACTIONS = ("email_open", "other", "email_sent", "email_bounce", "call_connected", "meeting")


def three_of(kind: str) -> list[Row]:
    return [did(kind, june(day)) for day in (5, 6, 7)]


BOWNOW_1 = [
    # three actions: the third within thirty days of the first; idle thirty days later
    Case("bownow_v1", lead("b1_day_30", "bownow_v1"),
         visits(june(5), june(15), "2026-07-05T02:59:59Z"), grade="A2",
         qualified=[("mql", "evident", "2026-07-05T02:59:59Z")],
         held=[("latent", june(5), "2026-09-03T02:59:59Z"),
               ("evident", "2026-07-05T02:59:59Z", "2026-08-04T02:59:59Z")]),
    # the thirty days are over, to the second
    Case("bownow_v1", lead("b1_day_30_over", "bownow_v1"), visits(june(5), june(15), july(5)),
         grade="A2", held=[("latent", june(5), "2026-09-03T03:00:00Z")]),
    # an inquiry, a click and a seminar are three actions as well
    Case("bownow_v1", lead("b1_mixed", "bownow_v1"),
         [did("inquiry", june(5)), did("email_click", june(6)), did("seminar_attend", june(7))],
         grade="A2", qualified=[("mql", "evident", june(7))],
         held=[("latent", june(5), "2026-08-06T03:00:00Z"),
               ("evident", june(7), "2026-07-07T03:00:00Z")]),
    # an open keeps a lead latent and is none of the three actions
    Case("bownow_v1", lead("b1_opens", "bownow_v1"),
         [*visits(june(5), june(6)), did("email_open", june(7)), did("email_open", june(8))],
         grade="A2", held=[("latent", june(5), "2026-08-07T03:00:00Z")]),
    # sixty idle days, then again: two stays, the second of which lasts
    Case("bownow_v1", lead("b1_back", "bownow_v1"),
         visits(june(5), "2026-10-20T03:00:00Z"), score=1, grade="A2",
         held=[("latent", june(5), "2026-08-04T03:00:00Z"),
               ("latent", "2026-10-20T03:00:00Z", None)]),
    Case("bownow_v1", lead("b1_now", "bownow_v1"),
         visits("2026-10-20T03:00:00Z", "2026-10-21T03:00:00Z", "2026-10-22T03:00:00Z"), score=3,
         grade="A1", qualified=[("mql", "evident", "2026-10-22T03:00:00Z")],
         held=[("latent", "2026-10-20T03:00:00Z", None),
               ("evident", "2026-10-22T03:00:00Z", None)]),
    *(Case("bownow_v1", lead(f"b1_three_{kind}", "bownow_v1"), three_of(kind), grade="A2",
           qualified=[("mql", "evident", june(7))],
           held=[("latent", june(5), "2026-08-06T03:00:00Z"),
                 ("evident", june(7), "2026-07-07T03:00:00Z")])
      for kind in ACTIONS),
    *(Case("bownow_v1", lead(f"b1_three_{kind}", "bownow_v1"), three_of(kind), grade="A2",
           held=[("latent", june(5), "2026-08-06T03:00:00Z")])
      for kind in NO_ACTIONS),
]  # fmt: skip

EVIDENT = [
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
]  # fmt: skip

# lost on 5 June, as the status and as an activity: ninety days later is 3 September, 03:00
LOST = changed("失注", june(5))
LOSS = did("other", june(5), content_id="失注")
DAY_89 = "2026-09-02T03:00:00Z"
DAY_90 = "2026-09-03T03:00:00Z"
DAY_90_NOT_YET = "2026-09-03T02:59:59Z"
LATENT_BY_THE_LOSS = ("latent", june(5), "2026-08-04T03:00:00Z")


def back(*instants: str) -> list[Row]:
    """A page in one session, the pricing page in the next, and again pages."""
    first, second, *later = instants
    return [*visits(first), {**price(second), "session_id": "key"}, *visits(*later)]


REACTIVE = [
    Case("bownow_v2", lead("b2_day_90", "bownow_v2"), [LOSS, *back(DAY_89, DAY_90)], [LOST],
         score=2, grade="A2", qualified=[("mql", "evident", DAY_90)],
         held=[LATENT_BY_THE_LOSS, ("latent", DAY_89, None),
               ("evident", DAY_90, "2026-10-03T03:00:00Z"),
               ("appointment_expected", DAY_90, None)]),
    Case("bownow_v2", lead("b2_day_90_not_yet", "bownow_v2"),
         [LOSS, *back(DAY_89, DAY_90_NOT_YET)], [LOST], score=2, grade="A2",
         qualified=[("mql", "evident", DAY_90_NOT_YET)],
         held=[LATENT_BY_THE_LOSS, ("latent", DAY_89, None),
               ("evident", DAY_90_NOT_YET, "2026-10-03T02:59:59Z")]),
    # two sessions before the ninety days are over: the next action brings the lead back
    Case("bownow_v2", lead("b2_early_and_again", "bownow_v2"),
         [LOSS, *back(DAY_89, DAY_90_NOT_YET, "2026-09-10T03:00:00Z")], [LOST], score=3,
         grade="A1", qualified=[("mql", "evident", DAY_90_NOT_YET)],
         held=[LATENT_BY_THE_LOSS, ("latent", DAY_89, None),
               ("evident", DAY_90_NOT_YET, "2026-10-10T03:00:00Z"),
               ("appointment_expected", "2026-09-10T03:00:00Z", None)]),
    # lost once more on 5 July: the ninety days begin again
    Case("bownow_v2", lead("b2_lost_again", "bownow_v2"),
         [LOSS, {**LOSS, "occurred_at": july(5)}, *back(DAY_89, DAY_90)],
         [LOST, changed("失注", july(5))], score=2, grade="A2",
         qualified=[("mql", "evident", DAY_90)],
         held=[("latent", june(5), None), ("evident", DAY_90, "2026-10-03T03:00:00Z")]),
    # the key page, and no second session
    Case("bownow_v2", lead("b2_one_session", "bownow_v2"),
         [LOSS, {**price(DAY_90), "session_id": "key"}], [LOST], score=1, grade="A2",
         held=[LATENT_BY_THE_LOSS, ("latent", DAY_90, None)]),
    Case("bownow_v2", lead("b2_never_lost", "bownow_v2"), back(DAY_89, DAY_90), score=2,
         grade="A2", qualified=[("mql", "evident", DAY_90)],
         held=[("latent", DAY_89, None), ("evident", DAY_90, "2026-10-03T03:00:00Z")]),
    # lost in October: a point off until ninety days are over
    Case("bownow_v2", lead("b2_resting", "bownow_v2"),
         [{**LOSS, "occurred_at": "2026-10-05T03:00:00Z"}],
         [changed("失注", "2026-10-05T03:00:00Z")], score=-1, grade="B2",
         held=[("latent", "2026-10-05T03:00:00Z", None)]),
    # a loss that is no activity is known, and not when it is ninety days old
    Case("bownow_v2", lead("b2_loss_no_activity", "bownow_v2"), back(july(5), july(6)), [LOST],
         score=2, grade="A2", qualified=[("mql", "evident", july(6))],
         held=[("latent", july(5), "2026-09-04T03:00:00Z"),
               ("evident", july(6), "2026-08-05T03:00:00Z"),
               ("appointment_expected", july(6), None)]),
]  # fmt: skip

BOWNOW_2 = [*EVIDENT, *REACTIVE]
