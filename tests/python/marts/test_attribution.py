"""Attribution against published numbers, hand-computed fixtures and brute force in Python."""

from __future__ import annotations

import csv
import itertools
import math
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from leadloop.settings import PROJECT_ROOT
from tests.conftest import Built
from tests.reference.compiled import Bench, compile_models

_MODELS = (
    "roi_deal_people",
    "roi_deal_moments",
    "fct_touchpoints",
    "roi_untouched_deals",
    "roi_rule_shares",
    "roi_channel_states",
    "roi_paths",
    "roi_transitions",
    "roi_chain",
    "roi_chain_8",
    "roi_chain_16",
    "roi_removal_effects",
    "roi_fitted_shares",
    "fct_attribution_credits",
    "mart_roi_reconciliation",
    "mart_channel_effects",
)
# times of the marts carry no zone; they are UTC
_START = datetime(2026, 1, 1)  # noqa: DTZ001
_AS_OF = datetime(2026, 10, 31, 15)  # noqa: DTZ001
_WINDOW = timedelta(days=365)


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return compile_models(tmp_path_factory.mktemp("compiled"), _MODELS)


def _weights() -> list[tuple[str, str, float, float | None]]:
    path = PROJECT_ROOT / "seeds" / "agreement" / "attribution_weights.csv"
    with path.open(encoding="utf-8") as file:
        return [
            (r["model"], r["position"], float(r["weight"]), float(r["half_life_days"] or 0) or None)
            for r in csv.DictReader(file)
        ]


Touch = tuple[str, str, datetime, str, str]  # id, lead, when, channel, type


def _bench(
    sql: dict[str, str],
    touches: list[Touch],
    deals: list[tuple[str, datetime, datetime | None, bool, float | None]],
    people: list[tuple[str, str]],
    leads: dict[str, datetime],
    entries: list[tuple[str, str, datetime]] = (),  # type: ignore[assignment]
    weights: list[tuple[str, str, float, float | None]] | None = None,
) -> Bench:
    """Everything from touches to reconciliation, run on the given rows."""
    bench = Bench(sql)
    bench.give(
        "attribution_weights",
        "model text, position text, weight double, half_life_days double",
        weights if weights is not None else _weights(),
    )
    bench.give(
        "roi_touches",
        "touch_id text, lead_id text, touched_at timestamp, channel text, activity_type text, "
        "campaign text, content text",
        [(*t, None, None) for t in touches],
    )
    bench.give(
        "int_deals",
        "deal_id text, created_at timestamp, closed_at timestamp, is_won boolean, "
        "amount decimal(18,2), is_closed boolean, gross_margin_rate double, lead_id text",
        [
            (d, made, closed, won, None if amount is None else Decimal(str(amount)), closed is not None, 0.7, None)
            for d, made, closed, won, amount in deals
        ],
    )  # fmt: skip
    bench.give("int_deal_people", "deal_id text, lead_id text", people)
    bench.give("int_lead_accounts", "lead_id text, account_key text", [])
    bench.give("int_leads", "lead_id text, created_at timestamp", list(leads.items()))
    bench.give(
        "fct_stage_entries",
        "lead_id text, stage text, entered_at timestamp, is_imputed boolean",
        [(*e, False) for e in entries],
    )
    bench.run(*_MODELS)
    return bench


def _credits(bench: Bench, model: str, figure: str, where: str = "true") -> dict[str, float]:
    rows = bench.rows(
        f"select channel, sum({figure}) from fct_attribution_credits "
        f"where model = '{model}' and {where} group by channel"
    )
    return {str(channel): float(value) for channel, value in rows}  # type: ignore[arg-type]


def _day(month: int, day: int) -> datetime:
    return datetime(2026, month, day)  # noqa: DTZ001


# --- the four examples that Marketo publishes --------------------------------------------------


def test_marketo_example_1_no_role_no_credit(sql: dict[str, str]) -> None:
    """Fred came by the trade show, Margo attended the webinar; only Fred has a role."""
    bench = _bench(
        sql,
        [("t", "fred", _day(4, 11), "tradeshow", "source"),
         ("w", "margo", _day(4, 15), "webinar", "seminar_attend")],
        [("o", _day(4, 22), None, False, 3000)],
        [("o", "fred")],
        {"fred": _day(4, 11), "margo": _day(3, 1)},
    )  # fmt: skip
    assert _credits(bench, "marketo_first", "weight") == {"tradeshow": 1}
    assert _credits(bench, "marketo_first", "pipeline_created") == {"tradeshow": 3000}
    assert _credits(bench, "marketo_first", "revenue") == {"tradeshow": 0}


def test_marketo_example_2_two_people_two_opportunities(sql: dict[str, str]) -> None:
    bench = _bench(
        sql,
        [("t", "bill", _day(4, 1), "tradeshow", "source"),
         ("w", "joan", _day(4, 2), "webinar", "source")],
        [("o1", _day(4, 22), _day(4, 30), True, 6000), ("o2", _day(4, 22), None, False, 10000)],
        [(o, p) for o in ("o1", "o2") for p in ("bill", "joan")],
        {"bill": _day(4, 1), "joan": _day(4, 2)},
    )  # fmt: skip
    both = {"tradeshow", "webinar"}
    assert _credits(bench, "marketo_first", "weight") == dict.fromkeys(both, 1)
    assert _credits(bench, "marketo_first", "pipeline_created") == dict.fromkeys(both, 8000)
    assert _credits(bench, "marketo_first", "weight", "deal_id = 'o1'") == dict.fromkeys(both, 0.5)
    assert _credits(bench, "marketo_first", "revenue") == dict.fromkeys(both, 3000)


def test_marketo_example_3_nothing_for_what_was_before(sql: dict[str, str]) -> None:
    """A success after the creation earns nothing of it, and half of the win."""
    bench = _bench(
        sql,
        [("c", "steve", _day(4, 11), "content", "doc_download"),
         ("w", "jason", _day(4, 25), "webinar", "seminar_attend")],
        [("o", _day(4, 22), _day(4, 30), True, 3000)],
        [("o", "steve"), ("o", "jason")],
        {"steve": _day(3, 1), "jason": _day(3, 1)},
    )  # fmt: skip
    assert _credits(bench, "marketo_created", "weight") == {"content": 1}
    assert _credits(bench, "marketo_created", "pipeline_created") == {"content": 3000}
    assert _credits(bench, "linear", "weight") == {"content": 0.5, "webinar": 0.5}
    assert _credits(bench, "linear", "revenue") == {"content": 1500, "webinar": 1500}


def test_marketo_example_4_each_opportunity_on_its_own(sql: dict[str, str]) -> None:
    bench = _bench(
        sql,
        [("c", "michelle", _day(4, 11), "content", "doc_download"),
         ("w", "john", _day(4, 15), "webinar", "seminar_attend")],
        [("o1", _day(4, 22), _day(4, 30), True, 3000), ("o2", _day(4, 24), None, False, 5000)],
        [(o, p) for o in ("o1", "o2") for p in ("michelle", "john")],
        {"michelle": _day(3, 1), "john": _day(3, 1)},
    )  # fmt: skip
    for deal, pipeline in (("o1", 1500), ("o2", 2500)):
        where = f"deal_id = '{deal}'"
        assert _credits(bench, "marketo_created", "weight", where) == {
            "content": 0.5,
            "webinar": 0.5,
        }
        assert _credits(bench, "marketo_created", "pipeline_created", where) == {
            "content": pipeline, "webinar": pipeline,
        }  # fmt: skip
    assert _credits(bench, "linear", "revenue") == {"content": 1500, "webinar": 1500}


# --- time decay and positions -----------------------------------------------------------------


def test_time_decay_by_its_published_shares(sql: dict[str, str]) -> None:
    """Touches 0, 3, 10 and 21 days before the close, half-life of 7 days."""
    close = _day(6, 1)
    days = {"a": 0, "b": 3, "c": 10, "d": 21}
    bench = _bench(
        sql,
        [(k, "x", close - timedelta(days=n), k, "inquiry") for k, n in days.items()],
        [("o", _day(5, 1), close, True, 1)],
        [("o", "x")],
        {"x": _day(1, 1)},
        weights=[("decay7", "decay", 1.0, 7.0)],
    )
    found = _credits(bench, "decay7", "weight")
    expected = {"a": 0.446529, "b": 0.331770, "c": 0.165885, "d": 0.055816}
    assert found == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize(
    ("touches", "expected"),
    [
        (1, [1.0]),
        (2, [0.5, 0.5]),
        (3, [0.4, 0.2, 0.4]),
        (6, [0.4, 0.05, 0.05, 0.05, 0.05, 0.4]),
    ],
)
def test_positions_of_deals_with_few_touches(
    sql: dict[str, str], touches: int, expected: list[float]
) -> None:
    bench = _bench(
        sql,
        [(f"t{i}", "x", _day(2, 1 + i), f"c{i}", "inquiry") for i in range(touches)],
        [("o", _day(5, 1), _day(6, 1), True, 1)],
        [("o", "x")],
        {"x": _day(1, 1)},
    )
    found = _credits(bench, "position_based", "weight")
    assert [found[f"c{i}"] for i in range(touches)] == pytest.approx(expected)


# --- generated journeys against brute force ---------------------------------------------------


class _Company:
    """A small random company: several people a deal, old touches, ties, deals without anybody."""

    def __init__(self, seed: int) -> None:
        draw = Random(seed)
        self.leads = {
            f"L{i}": _START + timedelta(days=draw.randrange(-400, 200)) for i in range(30)
        }
        kinds = ("source", "inquiry", "email_click")
        self.touches: list[Touch] = [
            (f"t{i:03}", draw.choice(list(self.leads)), _START + timedelta(days=draw.randrange(-500, 300)),
             f"ch{draw.randrange(6)}", draw.choice(kinds))
            for i in range(120)
        ]  # fmt: skip
        self.deals: list[tuple[str, datetime, datetime | None, bool, float | None]] = []
        self.people: list[tuple[str, str]] = []
        for i in range(25):
            made = _START + timedelta(days=draw.randrange(0, 200))
            closed = made + timedelta(days=draw.randrange(0, 90)) if draw.random() < 0.8 else None
            won = closed is not None and draw.random() < 0.6
            amount = draw.choice((None, 0, 1, 100, 99_999.99, 1_234_567))
            self.deals.append((f"D{i}", made, closed, won, amount))
            for lead in draw.sample(list(self.leads), draw.choice((0, 1, 1, 2, 3))):
                self.people.append((f"D{i}", lead))
        self.entries = [
            (lead, stage, _START + timedelta(days=draw.randrange(0, 250)))
            for lead in self.leads
            for stage in ("mql", "sql")
            if draw.random() < 0.5
        ]

    def of_deal(self, deal: str) -> list[Touch]:
        """Its touches inside of the window, in their order."""
        _, _, closed, _, _ = next(d for d in self.deals if d[0] == deal)
        until = closed or _AS_OF
        people = {lead for d, lead in self.people if d == deal}
        found = [t for t in self.touches if t[1] in people and until - _WINDOW <= t[2] <= until]
        return sorted(found, key=lambda t: (t[2], t[0]))


@pytest.fixture(scope="module", params=range(4))
def company(request: pytest.FixtureRequest, sql: dict[str, str]) -> tuple[_Company, Bench]:
    made = _Company(request.param)
    return made, _bench(sql, made.touches, made.deals, made.people, made.leads, made.entries)


def _milestones(company: _Company, deal: str) -> dict[str, datetime | None]:
    _, made, closed, _, _ = next(d for d in company.deals if d[0] == deal)
    people = {lead for d, lead in company.people if d == deal}
    found: dict[str, datetime | None] = {"opportunity": made}
    found["lead_creation"] = min((company.leads[p] for p in people), default=None)
    for stage in ("mql", "sql"):
        times = [at for lead, s, at in company.entries if lead in people and s == stage]
        times = [at for at in times if at <= (closed or _AS_OF)]
        before = [at for at in times if at <= made]
        found[stage] = max(before) if before else min(times, default=None)
    return found


def _by_hand(
    company: _Company, deal: str, rows: list[tuple[str, float, float | None]]
) -> dict[str, float]:
    """The shares of a deal under one model, from its rows of the seed."""
    touches = company.of_deal(deal)
    instants = _milestones(company, deal)
    holders: dict[str, list[int]] = {}
    for position, _, _ in rows:
        if position == "first":
            holders[position] = [0] if touches else []
        elif position == "last":
            holders[position] = [len(touches) - 1] if touches else []
        elif position == "source":
            holders[position] = [i for i, t in enumerate(touches) if t[4] == "source"]
        elif position == "each_until_opportunity":
            holders[position] = [
                i for i, t in enumerate(touches) if t[2] <= instants["opportunity"]
            ]  # type: ignore[operator]
        elif position in instants:
            at = instants[position]
            holders[position] = [i for i, t in enumerate(touches) if at is not None and t[2] <= at][
                -1:
            ]
        else:
            holders[position] = list(range(len(touches)))
    taken = {i for p, held in holders.items() if p != "middle" for i in held}
    if "middle" in holders:
        holders["middle"] = [i for i in holders["middle"] if i not in taken]
    shares: dict[int, float] = defaultdict(float)
    for position, weight, half_life in rows:
        held = holders[position]
        parts = [
            2 ** ((touches[i][2] - touches[-1][2]) / timedelta(days=half_life))
            if half_life
            else 1.0
            for i in held
        ]
        for i, part in zip(held, parts, strict=True):
            shares[i] += weight * part / sum(parts)
    whole = sum(shares.values())
    return {touches[i][0]: share / whole for i, share in shares.items()}


def test_every_share_is_that_of_the_hand(company: tuple[_Company, Bench]) -> None:
    made, bench = company
    models: dict[str, list[tuple[str, float, float | None]]] = defaultdict(list)
    for model, position, weight, half_life in _weights():
        models[model].append((position, weight, half_life))
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for deal, model, touch, weight in bench.rows(
        "select deal_id, model, touch_id, weight from fct_attribution_credits "
        "where unattributed_reason is null"
    ):
        found[str(deal), str(model)][str(touch)] = float(weight)  # type: ignore[arg-type]
    compared = 0
    for deal, *_ in made.deals:
        for model, rows in models.items():
            expected = {t: w for t, w in _by_hand(made, deal, rows).items() if w > 0}
            assert found.get((deal, model), {}) == pytest.approx(expected, abs=1e-9), (deal, model)
            compared += len(expected)
    assert compared > 300


def test_every_deal_is_shared_out_to_the_yen(company: tuple[_Company, Bench]) -> None:
    """Weights add up to 1 and money to the deal, for each deal and each model."""
    made, bench = company
    models = {m for m, *_ in _weights()} | {"markov", "shapley"}
    sums = bench.rows(
        "select deal_id, model, sum(weight), sum(revenue), sum(pipeline), sum(pipeline_created) "
        "from fct_attribution_credits group by all"
    )
    assert len(sums) == len(models) * len(made.deals)
    amounts = {d: Decimal(str(a or 0)) for d, _, _, _, a in made.deals}
    states = {d: (closed is not None, won) for d, _, closed, won, _ in made.deals}
    for deal, _, weight, revenue, pipeline, created in sums:
        closed, won = states[str(deal)]
        assert abs(float(weight) - 1) < 1e-9  # type: ignore[arg-type]
        assert revenue == (amounts[str(deal)] if won else 0)
        assert pipeline == (0 if closed else amounts[str(deal)])
        assert created == amounts[str(deal)]


def test_the_books_are_reconciled_and_reasons_are_right(company: tuple[_Company, Bench]) -> None:
    made, bench = company
    assert bench.rows("select * from mart_roi_reconciliation where difference <> 0") == []
    reasons = dict(
        bench.rows(
            "select deal_id, min(unattributed_reason) from fct_attribution_credits "
            "where model = 'linear' group by deal_id"
        )
    )
    seen = set()
    for deal, _, closed, _, _ in made.deals:
        people = {lead for d, lead in made.people if d == deal}
        older = [t for t in made.touches if t[1] in people and t[2] <= (closed or _AS_OF)]
        expected = None
        if not people:
            expected = "no_contact_role"
        elif not made.of_deal(deal):
            expected = "outside_window" if older else "no_touch"
        assert reasons[deal] == expected
        seen.add(expected)
    assert {None, "no_contact_role"} <= seen


def _journeys(company: _Company) -> list[tuple[list[str], bool]]:
    """Channels of every journey that has ended, and whether it was won."""
    in_deals = {lead for _, lead in company.people}
    found = [
        ([t[3] for t in company.of_deal(deal)], won)
        for deal, _, closed, won, _ in company.deals
        if closed is not None
    ]
    for lead in company.leads:
        own = sorted((t for t in company.touches if t[1] == lead), key=lambda t: (t[2], t[0]))
        if lead not in in_deals:
            found.append(([t[3] for t in own], False))
    return [(channels, won) for channels, won in found if channels]


def _win_probability(journeys: list[tuple[list[str], bool]], removed: str | None) -> Fraction:
    """Of the order-1 chain, stays included, by exact Gaussian elimination on fractions."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for channels, won in journeys:
        steps = ["start", *channels, "won" if won else "null"]
        for a, b in itertools.pairwise(steps):
            counts[a][b] += 1
    states = ["start", *sorted(s for s in counts if s != "start")]
    rows = []
    for i, state in enumerate(states):
        total = sum(counts[state].values())
        row = [Fraction(int(i == j)) for j in range(len(states))] + [Fraction(0)]
        if state != removed:
            for target, n in counts[state].items():
                if target in states:
                    row[states.index(target)] -= Fraction(n, total)
                elif target == "won":
                    row[-1] += Fraction(n, total)
        rows.append(row)
    for i in range(len(states)):
        pivot = next(r for r in range(i, len(states)) if rows[r][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for r in range(len(states)):
            if r != i and rows[r][i] != 0:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i], strict=True)]
    return rows[0][-1]


def test_removal_effects_are_those_of_the_chain(company: tuple[_Company, Bench]) -> None:
    made, bench = company
    journeys = _journeys(made)
    whole = _win_probability(journeys, None)
    found = dict(
        bench.rows("select channel, effect from mart_channel_effects where model = 'markov'")
    )
    assert whole > 0
    for channel, effect in found.items():
        expected = 1 - _win_probability(journeys, str(channel)) / whole
        assert effect == pytest.approx(float(expected), abs=1e-9), channel
    assert len({round(float(e), 6) for e in found.values()}) > 2  # type: ignore[arg-type]


def test_shapley_values_are_those_of_every_order(company: tuple[_Company, Bench]) -> None:
    """The value of a channel: what it adds to those before it, over all orders of the channels."""
    made, bench = company
    sets = [frozenset(channels) for channels, won in _journeys(made) if won]
    channels = sorted({c for names, _ in _journeys(made) for c in names})

    def wins(coalition: frozenset[str]) -> int:
        return sum(s <= coalition for s in sets)

    values = dict.fromkeys(channels, Fraction(0))
    for order in itertools.permutations(channels):
        known: frozenset[str] = frozenset()
        for channel in order:
            values[channel] += wins(known | {channel}) - wins(known)
            known |= {channel}
    orders = math.factorial(len(channels))
    found = dict(
        bench.rows("select channel, effect from mart_channel_effects where model = 'shapley'")
    )
    assert found == pytest.approx({c: float(v / orders) for c, v in values.items()}, abs=1e-9)


# --- the demo company -------------------------------------------------------------------------


def test_the_content_that_sells_is_found_and_its_placebo_is_not(demo: Built) -> None:
    verdicts = dict(
        demo.rows(
            "select content, verdict from marts.mart_content_outcomes where outcome = 'sql' "
            "and content in ('case-manufacturing', 'case-office')"
        )
    )
    assert verdicts["case-manufacturing"] == "more"
    assert verdicts["case-office"] != "more"


def test_channels_that_earn_and_that_cost_do_so_under_every_model(demo: Built) -> None:
    verdicts = dict(
        demo.rows(
            "select channel, verdict from marts.mart_model_agreement where time_window = 'ripe'"
        )
    )
    assert verdicts["webinar"] == "earns"
    assert verdicts["exhibition"] == "costs"
    moves = demo.rows(
        "select distinct from_channel, to_channel from marts.mart_budget_moves "
        "where is_gain_in_all_models"
    )
    assert ("exhibition", "webinar") in moves
    assert ("webinar", "exhibition") not in moves


def test_every_credit_of_the_demo_adds_up(demo: Built) -> None:
    wrong = demo.rows(
        "select deal_id, model from marts.fct_attribution_credits "
        "group by all having abs(sum(weight) - 1) > 1e-9"
    )
    assert wrong == []
    assert demo.value("select count(distinct model) from marts.fct_attribution_credits") == 17
    assert demo.value("select max(abs(difference)) from marts.mart_roi_reconciliation") == 0
