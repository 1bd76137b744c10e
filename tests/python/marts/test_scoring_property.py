"""The marts against the plain Python scorer: a thousand random rule sets, and no look into the future."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from tests.reference.compare import current_scores, differences, instants_of, of_the_marts, report
from tests.reference.compare import current_scores_of_the_reference as current_reference
from tests.reference.generate import later_changed
from tests.reference.judged import LEADS, Judged
from tests.reference.scorer import Scorer
from tests.reference.trial import Trial, Workshop, make_trial
from tests.reference.twins import TWINS

# each is a company, built once: a thousand rule sets in all
TRIALS = {1: 500, 2: 500}
RULE_SETS_OF_THE_FUTURE = 60


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="module")
def judged(workshop: Workshop) -> dict[int, Judged]:
    found = {}
    for number, rule_sets in TRIALS.items():
        trial = make_trial(number, rule_sets, LEADS)
        found[number] = Judged(trial, workshop.build(trial))
    return found


@pytest.mark.parametrize("number", TRIALS)
def test_every_score_and_instant_is_that_of_the_reference(
    judged: dict[int, Judged], number: int
) -> None:
    one = judged[number]
    assert not one.differences, report(one.trial, one.differences)


def test_much_is_compared(judged: dict[int, Judged]) -> None:
    assert sum(TRIALS.values()) >= 1000
    said = [what for one in judged.values() for found in one.marts.values() for what, *_ in found]
    assert sum(what.startswith("points") for what in said) > 100_000
    assert sum(what.startswith("score at") for what in said) > 100_000
    assert sum(what.startswith(("mql", "sql")) for what in said) > 10_000
    assert sum("episode 2" in what for what in said) > 100


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.__name__)
def test_a_reference_with_one_thing_wrong_is_noticed(
    judged: dict[int, Judged], twin: type[Scorer]
) -> None:
    assert judged[1].notices(twin)


def test_no_event_after_an_instant_ever_counts(workshop: Workshop) -> None:
    trial = make_trial(3, RULE_SETS_OF_THE_FUTURE, LEADS)
    # at one of the events, so that some lie exactly on it
    instant = instants_of(trial)[1]
    random = Random(3)
    others = [later_changed(random, company, instant) for company in trial.companies]
    another = Trial(trial.rule_sets, others)
    assert [c.raw_events for c in trial.companies] != [c.raw_events for c in others]
    moments = (instant, instant - timedelta(days=3))
    as_it_came = of_the_marts(workshop.build(trial), moments, until=instant)
    as_it_might_have = of_the_marts(workshop.build(another), moments, until=instant)
    assert list(differences(as_it_came, as_it_might_have)) == []
    assert len(as_it_came) > 1_000

    # and a build at that instant knows no more and no less, of those who had come by then
    at_the_time = workshop.build(another, as_of=instant)
    came = {lead for lead, h in trial.histories.items() if h.lead.created_at <= instant}
    known = {key: values for key, values in as_it_came.items() if key[1] in came}
    assert list(differences(of_the_marts(at_the_time, moments), known)) == []
    expected = current_reference(trial, as_of=instant)
    found = list(differences(current_scores(at_the_time), expected))
    assert not found, report(trial, found)
