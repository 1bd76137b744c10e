"""Bots, scanners, our own people and a competitor change nothing; a filter that is added repairs the past."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from leadloop.publish.build import Options, Project, build
from leadloop.publish.dbt_run import DbtCall, DbtOutcome, OnNode, run_dbt
from leadloop.publish.versions import resolve
from leadloop.settings import Home
from tests.conftest import Built
from tests.python.marts.clean_traffic import Traffic, export
from tests.python.pipeline.growing_company import END
from tests.python.pipeline.mutant_kit import ProjectCopy
from tests.python.pipeline.pipeline_kit import (
    content,
    environment,
    first_difference,
    load_into,
    marts,
)

# Which build froze a score is not part of what was frozen.
_OF_THE_RUN = {"fct_handoff_scores": ("run_id", "frozen_run_id")}

# what says how many events there are, whoever made them
_COUNTS_EVENTS = {"fct_lead_events", "mart_excluded_events", "mart_row_balance"}

_FILTERS = "seeds/agreement/traffic_filters.csv"


@dataclass(frozen=True)
class Companies:
    """The same company, built three times."""

    clean: Built  # as people left it
    unfiltered: Built  # with machines, and no filter
    polluted: Built  # the same files, with the shipped filters
    traffic: Traffic


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Companies:
    root = tmp_path_factory.mktemp("traffic")
    exports = export(root, leads=400)
    copy = ProjectCopy(root / "project")
    clean, polluted, open_to_all = (Home(root / name) for name in ("home1", "home2", "home3"))
    load_into(clean, exports.clean)
    load_into(polluted, exports.polluted)
    load_into(open_to_all, exports.polluted)
    header, _, rows = (copy.root / _FILTERS).read_text("utf-8").partition("\n")
    with copy.edited(_FILTERS, f"{header}\n{rows}", f"{header}\n"):
        unfiltered = _build(open_to_all, copy.root)
    return Companies(
        _build(clean, copy.root), unfiltered, _build(polluted, copy.root), exports.traffic
    )


def _build(home: Home, project_root: Path) -> Built:
    with environment():
        manifest = build(
            home, Options(as_of=END, force=True), Project(root=project_root, run_dbt=_without_tests)
        )
    return Built(home, manifest.run_id, resolve(home, manifest.run_id).path, {})


def _without_tests(call: DbtCall, on_node: OnNode) -> DbtOutcome:
    return run_dbt(replace(call, excluded=("test", "unit_test")), on_node)


def test_every_mart_is_that_of_the_clean_company(companies: Companies) -> None:
    """Scores, instants, credits, rates: to the record, whatever the machines did."""
    compared = [name for name in marts(companies.clean) if name not in _COUNTS_EVENTS]
    assert {"lead_scores", "fct_stage_entries", "fct_attribution_credits"} <= set(compared)
    for name in compared:
        without = _OF_THE_RUN.get(name, ("run_id",))
        ours = content(companies.polluted, name, without)
        theirs = content(companies.clean, name, without)
        assert ours == theirs, f"{name}: {first_difference(ours, theirs)}"


def test_the_mart_names_who_and_why(companies: Companies) -> None:
    found = Counter(_excluded(companies.polluted))
    found.subtract(_excluded(companies.clean))
    assert {key: n for key, n in found.items() if n} == dict(companies.traffic.planted)
    told = {filter_id for _, filter_id in companies.traffic.planted}
    shipped = {
        "internal", "competitor", "bot_visit", "bot_click", "scanner_click", "prefetch_open",
        "click_burst", "visit_burst",
    }  # fmt: skip
    assert told == shipped


def _excluded(built: Built) -> dict[tuple[str, str], int]:
    rows = built.rows("select lead_id, filter_id, event_count from marts.mart_excluded_events")
    return {(lead_id, filter_id): n for lead_id, filter_id, n in rows}


def test_no_event_is_gone(companies: Companies) -> None:
    """What does not count is marked and stays on the timeline."""
    marked = companies.polluted.rows(
        "select lead_id, excluded_by, count(*) from marts.fct_lead_events "
        "where excluded_by is not null group by 1, 2"
    )
    assert {(lead_id, name): n for lead_id, name, n in marked} == _excluded(companies.polluted)
    events = "select count(*) from marts.fct_lead_events"
    assert companies.polluted.value(events) == companies.unfiltered.value(events)


def test_without_filters_the_scores_are_inflated_as_the_mart_says(companies: Companies) -> None:
    """No cap and no decay is in force, so that the most it could be is what it is."""
    excluded = companies.polluted.rows(
        "select lead_id, any_value(max_unfiltered_score), bool_or(is_kept_from_mql) "
        "from marts.mart_excluded_events where scorecard_version = 'v2' group by 1"
    )
    inflated = dict(companies.unfiltered.rows("select lead_id, total_score from marts.lead_scores"))
    clean = dict(companies.clean.rows("select lead_id, total_score from marts.lead_scores"))
    assert {lead_id: inflated[lead_id] for lead_id, *_ in excluded} == {
        lead_id: most for lead_id, most, _ in excluded
    }
    named = {lead_id for lead_id, *_ in excluded}
    assert {lead for lead in clean if clean[lead] != inflated[lead]} <= named
    kept = [lead_id for lead_id, _, is_kept in excluded if is_kept]
    assert len(kept) >= 10
    assert all(clean[lead_id] < 50 <= inflated[lead_id] for lead_id in kept)


def test_a_filter_repairs_the_past(companies: Companies) -> None:
    """The month in which a bot made an MQL has one MQL less again, and the credit goes back."""
    mqls = "select count(*) from marts.fct_stage_entries where stage = 'mql'"
    assert companies.unfiltered.value(mqls) > companies.polluted.value(mqls)
    assert companies.polluted.value(mqls) == companies.clean.value(mqls)
    touches = "select count(*) from marts.fct_touchpoints"
    assert companies.unfiltered.value(touches) > companies.polluted.value(touches)
    assert companies.unfiltered.value("select count(*) from marts.mart_excluded_events") == 0
