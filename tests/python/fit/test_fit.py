"""`leadloop fit`: what it keeps of what there is to know, and when it says that there is nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from leadloop.agreement import inspect_seeds
from leadloop.agreement.folders import base_seeds, compose
from leadloop.commands.fit import command
from leadloop.errors import InputRejected
from leadloop.fit.candidates import candidates
from leadloop.fit.choose import PointRule, choose, total
from leadloop.fit.condition import Column, Condition
from leadloop.fit.fit import fit
from leadloop.fit.judge import judge
from leadloop.fit.leaks import leaks
from leadloop.fit.rates import Rate, difference
from leadloop.fit.split import TooFewOutcomes, split
from leadloop.fit.table import FitTable, from_file, from_published
from leadloop.fit.words import findings
from tests.conftest import Built


def _table(count: int = 1500, effect: float = 1.5, seed: int = 1) -> FitTable:
    """Chances in which a size of 100 or more and one industry help by `effect` log-odds each."""
    draw = np.random.default_rng(seed)
    features = pd.DataFrame(
        {
            "employee_count": draw.integers(1, 400, count).astype(float),
            "industry": draw.choice(["it", "retail", "food"], count),
            "noise": draw.normal(size=count),
        }
    )
    features.loc[draw.random(count) < 0.1, "employee_count"] = np.nan
    helped = (features["employee_count"] >= 100).astype(int) + (features["industry"] == "it")
    chance = 1 / (1 + np.exp(1.6 - effect * helped))
    outcome = pd.Series(draw.random(count) < chance)
    return FitTable(features, outcome, {n: Column(n, field=n) for n in features})


def test_the_effects_that_are_there_are_found() -> None:
    fitted = fit(_table())
    assert fitted.judgement.has_signal
    best = {str(rule.condition): rule.points for rule in fitted.rules}
    assert best["industry in it"] >= 15
    assert max(abs(rule.points) for rule in fitted.rules) == 25
    assert all(isinstance(rule.points, int) and rule.points for rule in fitted.rules)
    sizes = [r for r in fitted.rules if r.condition.column.name == "employee_count"]
    # the planted edge is 100; a tree on 1,050 chances puts it near there
    assert any(85 <= float(r.condition.value.split("|")[0]) <= 115 for r in sizes)


def test_where_nothing_is_to_be_known_it_says_so() -> None:
    fitted = fit(_table(effect=0.0, seed=5))
    assert not fitted.judgement.has_signal
    assert any("No signal" in line or "手がかりがありません" in line for line in findings(fitted))


def test_a_column_that_knows_the_outcome_is_named_and_left_out() -> None:
    table = _table()
    told = table.features.assign(
        contract_no=np.where(table.outcome, "signed", None), close_code=table.outcome * 2.0
    )
    knowing = FitTable(told, table.outcome, {n: Column(n, field=n) for n in told})
    fitted = fit(knowing)
    assert set(fitted.leaks) == {"contract_no", "close_code"}
    assert not set(fitted.leaks) & {rule.condition.column.name for rule in fitted.rules}
    assert all(any(name in line for line in findings(fitted)) for name in fitted.leaks)
    assert not leaks(table, np.arange(len(table.outcome)))


def test_an_act_with_which_all_ends_well_knows_the_outcome() -> None:
    table = _table()
    did = np.zeros(len(table.outcome), dtype=bool)
    did[np.flatnonzero(table.outcome)[:90]] = True
    chance = np.zeros(len(table.outcome), dtype=bool)
    chance[:90] = True
    acts = table.features.assign(signed_up=did, looked=chance)
    columns = {n: Column(n, activity=n if n in ("signed_up", "looked") else None) for n in acts}
    found = leaks(FitTable(acts, table.outcome, columns), np.arange(len(did)))
    assert set(found) == {"signed_up"}
    assert found["signed_up"].ended == Rate(90, 90)


@pytest.mark.parametrize(("won", "missing"), [(12, 18), (29, 1)])
def test_too_few_wins_are_refused_with_how_many_are_missing(won: int, missing: int) -> None:
    table = _table(1000)
    outcome = pd.Series(np.zeros(1000, dtype=bool))
    outcome.iloc[np.linspace(0, 699, won).astype(int)] = True
    outcome.iloc[700:750] = True
    with pytest.raises(TooFewOutcomes) as refused:
        fit(replace(table, outcome=outcome))
    assert f"{won} chances" in refused.value.message["en"]
    assert f"{missing} are missing" in refused.value.message["en"]
    assert f"あと{missing}件" in refused.value.message["ja"]


def test_thirty_wins_on_either_side_are_enough() -> None:
    outcome = pd.Series(np.zeros(1000, dtype=bool))
    outcome.iloc[np.linspace(0, 699, 30).astype(int)] = True
    outcome.iloc[np.linspace(700, 999, 30).astype(int)] = True
    parts = split(replace(_table(1000), outcome=outcome), True, 0)
    assert (len(parts.fitted), len(parts.judging)) == (700, 300)
    assert parts.fitted.max() < parts.judging.min()


def test_what_judges_was_not_fitted_on() -> None:
    """Other outcomes in the judging part change the judgement and not a single rule."""
    table = _table()
    flipped = table.outcome.copy()
    flipped.iloc[1050:] = ~flipped.iloc[1050:]
    before, after = fit(table), fit(replace(table, outcome=flipped))
    assert before.rules == after.rules
    assert before.judgement.draft.value > 0.5 > after.judgement.draft.value


def test_the_draft_weighs_like_the_regression_it_comes_from() -> None:
    table = _table()
    rows = np.arange(1050)
    answers = candidates(table, rows)
    outcome = table.outcome.to_numpy()[rows]
    rules = choose(answers, outcome, 4, 25)
    asked = np.column_stack([answers[r.condition] for r in rules]).astype(float)
    weights = LogisticRegression(C=10, max_iter=200).fit(asked, outcome).coef_[0]
    scale = 25 / np.abs(weights).max()
    assert [r.points for r in rules] == pytest.approx(weights * scale, abs=0.6)
    by_hand = sum(r.points * answers[r.condition] for r in rules)
    assert total(rules, table.features.iloc[rows]).tolist() == by_hand.tolist()


def test_a_missing_value_answers_no_but_to_unknown() -> None:
    rows = pd.DataFrame({"size": [None, 99.0, 100.0, 400.0], "trade": ["it", None, "food", "it"]})
    size, trade = Column("size", field="size"), Column("trade", field="trade")
    assert Condition(size, "gte", "100").holds(rows).tolist() == [False, False, True, True]
    assert Condition(size, "between", "99|100").holds(rows).tolist() == [False, True, True, False]
    assert Condition(size, "unknown", "").holds(rows).tolist() == [True, False, False, False]
    assert Condition(trade, "in", "it|retail").holds(rows).tolist() == [True, False, False, True]


def test_intervals_are_those_of_the_marts() -> None:
    # docs/metrics.md and products.md 2.2: Wilson's fixtures
    assert (Rate(6, 20).low, Rate(6, 20).high) == pytest.approx((0.1455, 0.5190), abs=5e-5)
    assert (Rate(0, 5).low, Rate(0, 5).high) == pytest.approx((0, 0.4345), abs=5e-5)
    assert (Rate(60, 200).low, Rate(60, 200).high) == pytest.approx((0.2407, 0.3668), abs=5e-5)
    # Newcombe 1998, table II, example a: 56/70 - 48/80, method 10
    assert difference(Rate(56, 70), Rate(48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_bands_are_the_judging_chances_and_nothing_else() -> None:
    table = _table()
    parts = split(table, True, 0)
    points = total([PointRule(Condition(Column("industry"), "in", "it"), 7)], table.features)
    judged = judge(table, parts, points)
    assert sum(band.rate.n for band in judged.bands) == len(parts.judging)
    assert sum(band.rate.k for band in judged.bands) == table.outcome.iloc[parts.judging].sum()
    assert judged.draft.value == roc_auc_score(
        table.outcome.iloc[parts.judging], points[parts.judging]
    )
    assert judged.draft.low < judged.draft.value < judged.draft.high


def test_bank_by_chance_and_by_time(shared_data: Path) -> None:
    """UCI's bank marketing, without the duration of the call, which knows whether it went well."""
    path = shared_data / "uci_bank" / "bank-additional-full.csv"
    table = from_file(path, "y", "yes", is_dated=True).without(["duration"])
    assert (len(table.outcome), int(table.outcome.sum())) == (41188, 4640)
    by_chance = fit(table, by_time=False, seed=1)
    assert len(by_chance.rules) <= 12
    assert max(abs(rule.points) for rule in by_chance.rules) <= 25
    assert by_chance.judgement.kept_share >= 0.98
    assert not by_chance.judgement.drift.is_drifted
    by_time = fit(table)
    assert by_time.judgement.drift.is_drifted
    assert by_time.judgement.drift.judging.value > 2 * by_time.judgement.drift.fitted.value
    assert any("drifted" in line or "動いています" in line for line in findings(by_time))


def test_leadforge_by_chance(shared_data: Path) -> None:
    """A split leaves some 90 wins to judge by, so that one alone says little: the mean of four."""
    path = shared_data / "leadforge_intro" / "lead_scoring_intro_v7.csv"
    table = from_file(path, "converted", "1", is_dated=False)
    drawn = [fit(table, by_time=False, seed=seed) for seed in range(4)]
    assert np.mean([fitted.judgement.kept_share for fitted in drawn]) >= 0.98
    assert all(len(fitted.rules) <= 12 for fitted in drawn)


def test_the_demo_company(demo: Built, tmp_path: Path) -> None:
    """The planted content is found, the placebo is not, and the draft is a scorecard that holds."""
    folder = tmp_path / "draft"
    arguments = ["--goal", "sql", "--json", "--home", str(demo.home.root), "--write", str(folder)]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    said = json.loads(result.output)
    contents = {rule["condition"] for rule in said["rules"] if "case-" in rule["condition"]}
    assert any("case-manufacturing" in condition for condition in contents)
    assert not any("case-office" in condition for condition in contents)
    assert {"demo_request", "hearing_answer"} <= set(said["defining"])
    assert said["has_signal"]
    seeds = compose(base_seeds(), folder, tmp_path / "seeds")
    assert inspect_seeds(seeds).findings == []
    cards = pd.read_csv(folder / "scorecards.csv").set_index("version")
    assert cards.loc[said["draft"]["version"], "status"] == "draft"
    assert cards.drop(said["draft"]["version"]).index.tolist() == ["v1", "v2", "v3"]


def test_features_are_frozen_at_the_instant(demo: Built) -> None:
    """Counted again by hand: of the hand-overs, who had seen the price page before."""
    with demo.connect() as connection:
        table = from_published(connection, "won")
        leads = connection.execute(
            """
            select count(distinct (journeys.lead_id, journeys.episode_no))
            from marts.fct_lead_journeys as journeys
            join marts.fct_lead_events as events using (lead_id)
            where events.activity_type = 'key_page_view' and events.excluded_by is null
                and events.occurred_at <= journeys.handed_over_at
            """
        ).fetchone()
        handed_over = demo.value("select count(handed_over_at) from marts.fct_lead_journeys")
    assert table.left_out + len(table.outcome) == handed_over
    assert 0 < table.features["key_page_view"].sum() <= leads[0]
    assert not {"first_contact", "handoff_listed", "returned", "meeting"} & set(table.columns)


def test_a_misspelt_column_of_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "chances.csv"
    path.write_text("size,won\n3,yes\n4,no\n", "utf-8")
    with pytest.raises(InputRejected, match="there is no column 'win'"):
        from_file(path, "win", "yes", True)
    with pytest.raises(InputRejected, match="no row has '1'"):
        from_file(path, "won", "1", True)
