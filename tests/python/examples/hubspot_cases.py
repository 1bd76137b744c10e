"""HubSpot's limits, its decay, and the grid of fit and engagement from A1 to C3."""

from __future__ import annotations

from tests.python.examples.case import DAY_30, DAY_60, Case, clicks, did, lead, price
from tests.python.examples.shipped import AS_OF, Row

B2_OR_BETTER = [("mql", "b2_or_better", AS_OF)]
ONE_SECOND_OF_DECAY = 1 / (60 * 24 * 60 * 60)
SIZES = [
    Case("hubspot_grid", lead("h_nothing", "hubspot_grid", size=99), grade="C3"),
    Case("hubspot_grid", lead("h_100", "hubspot_grid", size=100), score=20, grade="B3"),
    Case("hubspot_grid", lead("h_free", "hubspot_grid", email="h_free@gmail.com"), score=-20,
         grade="C3"),
]  # fmt: skip

LIMITS_AND_DECAY = [
    # company 30 + 20 is capped at 40, person 20, website 15 + 15 + 15 at 40: that is 100, the
    # seminar adds nothing; thirty days later half of the 40 is left
    Case("hubspot_grid",
         lead("h_capped", "hubspot_grid", title="部長", industry="製造業", size=1000),
         [price(DAY_30), price(DAY_30), price(DAY_30),
          did("seminar_attend", "2026-10-01T15:00:01Z")], score=80, grade="A2",
         qualified=[("mql", "b2_or_better", DAY_30)]),
    # 20 points: all of them today, half after 30 days, none after 60
    Case("hubspot_grid", lead("h_today", "hubspot_grid", size=999), [did("form_submit", AS_OF)],
         score=40, grade="B2", qualified=B2_OR_BETTER),
    Case("hubspot_grid", lead("h_day_30", "hubspot_grid", size=20), [did("form_submit", DAY_30)],
         score=10, grade="C3"),
    Case("hubspot_grid", lead("h_day_60", "hubspot_grid", size=20), [did("form_submit", DAY_60)],
         grade="C3"),
    # mail: 4 + 4 + 4 is capped at 10
    Case("hubspot_grid", lead("h_mail", "hubspot_grid"), clicks(3, AS_OF), score=10, grade="C3"),
]  # fmt: skip


# Fit comes in tens, so that 10 is the most a C can have, and 30 the most of a B.
def fit_10(name: str) -> Row:
    return lead(name, "hubspot_grid", size=1000, email=f"{name}@gmail.com")


def fit_20(name: str) -> Row:
    return lead(name, "hubspot_grid", size=100)


def fit_30(name: str) -> Row:
    return lead(name, "hubspot_grid", size=1000)


def fit_40(name: str) -> Row:
    return lead(name, "hubspot_grid", size=100, industry="製造業")


ENGAGED_19 = [price(AS_OF), *clicks(1, AS_OF)]  # 15 + 4
ENGAGED_20 = [did("form_submit", AS_OF)]
ENGAGED_39 = [price(AS_OF), did("form_submit", AS_OF), *clicks(1, AS_OF)]  # 15 + 20 + 4
ENGAGED_40 = [did("form_submit", AS_OF), did("seminar_attend", AS_OF)]  # 20 + 20
CELLS = [
    Case("hubspot_grid", fit_40("h_40_40"), ENGAGED_40, score=80, grade="A1",
         qualified=B2_OR_BETTER),
    Case("hubspot_grid", fit_40("h_40_39"), ENGAGED_39, score=79, grade="A2",
         qualified=B2_OR_BETTER),
    Case("hubspot_grid", fit_40("h_40_20"), ENGAGED_20, score=60, grade="A2",
         qualified=B2_OR_BETTER),
    Case("hubspot_grid", fit_40("h_40_19"), ENGAGED_19, score=59, grade="A3"),
    Case("hubspot_grid", fit_30("h_30_40"), ENGAGED_40, score=70, grade="B1",
         qualified=B2_OR_BETTER),
    Case("hubspot_grid", fit_30("h_30_39"), ENGAGED_39, score=69, grade="B2",
         qualified=B2_OR_BETTER),
    Case("hubspot_grid", fit_30("h_30_20"), ENGAGED_20, score=50, grade="B2",
         qualified=B2_OR_BETTER),
    Case("hubspot_grid", fit_30("h_30_19"), ENGAGED_19, score=49, grade="B3"),
    Case("hubspot_grid", fit_20("h_20_40"), ENGAGED_40, score=60, grade="B1",
         qualified=B2_OR_BETTER),
    Case("hubspot_grid", fit_20("h_20_19"), ENGAGED_19, score=39, grade="B3"),
    Case("hubspot_grid", fit_10("h_10_40"), ENGAGED_40, score=50, grade="C1"),
    Case("hubspot_grid", fit_10("h_10_39"), ENGAGED_39, score=49, grade="C2"),
    Case("hubspot_grid", fit_10("h_10_20"), ENGAGED_20, score=30, grade="C2"),
    Case("hubspot_grid", fit_10("h_10_19"), ENGAGED_19, score=29, grade="C3"),
    # a second after the form 20 points are a little less, and the lead is in the next cell
    Case("hubspot_grid", fit_20("h_a_second_ago"), [did("form_submit", "2026-10-31T14:59:59Z")],
         score=40 - 20 * ONE_SECOND_OF_DECAY, grade="B3",
         qualified=[("mql", "b2_or_better", "2026-10-31T14:59:59Z")]),
]  # fmt: skip

GRID = [*SIZES, *LIMITS_AND_DECAY, *CELLS]
