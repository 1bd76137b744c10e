"""The shipped agreements are sound, and do with hand-made leads what their sources say."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from leadloop.agreement import check_seeds
from leadloop.agreement.folders import PRESETS_FOLDER, base_seeds, compose, presets
from tests.conftest import Built
from tests.python.examples.cases import CASES, Case
from tests.python.examples.shipped import build_examples, rows_of

EXPECTED = {
    "account_engagement",
    "article",
    "bownow_v1",
    "bownow_v2",
    "hubspot_grid",
    "small",
}


def _text(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    events = [
        {"activity_id": f"{case.name}_{number}", "lead_id": case.name, **event}
        for case in CASES
        for number, event in enumerate(case.events)
    ]
    changes = [
        {"entity": "lead", "entity_id": case.name, **change}
        for case in CASES
        for change in case.changes
    ]
    root = tmp_path_factory.mktemp("examples")
    return build_examples(root, [case.lead for case in CASES], events, changes)


def test_what_is_shipped() -> None:
    assert set(presets()) == EXPECTED
    for preset in presets():
        assert (PRESETS_FOLDER / preset / "README.md").exists(), preset


@pytest.mark.parametrize("preset", presets())
def test_a_shipped_agreement_has_no_finding(preset: str, tmp_path: Path) -> None:
    assert check_seeds(compose(base_seeds(), PRESETS_FOLDER / preset, tmp_path / "seeds")) == []


def test_the_small_start_is_small() -> None:
    (card,) = rows_of("small", "scorecards")
    assert len(rows_of("small", "scoring_rules")) == 3
    assert card["status"] == "active"
    assert card["approved_by_marketing"]
    assert card["approved_by_sales"]
    assert "1か月" in card["expected_effect"]
    paths = {(row["stage"], row["path"]) for row in rows_of("small", "stage_definitions")}
    narrowed = {
        (row["stage"], row["path"])
        for row in rows_of("small", "stage_definitions")
        if row["field"] == "product"
    }
    assert paths == narrowed


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.version}-{case.name}")
def test_scores_grades_and_instants(built: Built, case: Case) -> None:
    (found,) = built.rows(
        "select scorecard_version, total_score, grade from marts.lead_scores where lead_id = ?",
        case.name,
    )
    qualified = built.rows(
        "select stage, path, qualified_at from marts.fct_qualifications "
        "where lead_id = ? and basis = 'in_force' order by qualified_at",
        case.name,
    )

    assert found == (case.version, pytest.approx(case.score, abs=1e-9), case.grade)
    assert [(stage, path, _text(at)) for stage, path, at in qualified] == case.qualified


def test_statuses_of_the_companys_own(built: Built) -> None:
    found = defaultdict(list)
    for version, name, status, entered_at, left_at in built.rows(
        "select scorecard_version, lead_id, status, entered_at, left_at "
        "from marts.fct_lead_statuses order by entered_at, status"
    ):
        found[version, name].append((status, _text(entered_at), _text(left_at)))
    expected = {
        (case.version, case.name): sorted(case.held, key=lambda held: (held[1], held[0]))
        for case in CASES
        if case.version.startswith("bownow")
    }

    assert {key: found[key] for key in expected} == expected


def test_only_the_product_of_the_small_start_qualifies(built: Built) -> None:
    """Under `small` a lead of another product has its points, and no MQL."""
    qualified = built.rows(
        "select lead_id, stage from marts.fct_qualifications "
        "where basis = 'replay' and scorecard_version = 'small' order by 1"
    )
    enough = built.value(
        "select count(*) from marts.score_as_of(timestamp '2026-10-31 15:00:00', 'small') "
        "where total_score >= 30 and lead_id not like 'm_%'"
    )

    assert qualified == [("m_bucho", "mql"), ("m_heard", "sql")]
    assert enough > 0
