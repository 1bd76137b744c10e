"""The shipped agreements are sound, and do with hand-made leads what their sources say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from leadloop.agreement import check_seeds
from leadloop.agreement.folders import PRESETS_FOLDER, base_seeds, compose, presets
from tests.conftest import Built
from tests.python.examples.case import Case
from tests.python.examples.cases import CASES
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
    """Three rules, one product in every path, and one month that the dates of the rows agree on."""
    (card,) = rows_of("small", "scorecards")
    definitions = rows_of("small", "stage_definitions")
    products = {(row["stage"], row["path"]): row["value"] for row in definitions
                if row["field"] == "product"}  # fmt: skip
    targets = rows_of("small", "targets")

    assert len(rows_of("small", "scoring_rules")) == 3
    assert (card["status"], card["valid_from"]) == ("active", "2026-10-01")
    assert card["approved_by_marketing"]
    assert card["approved_by_sales"]
    assert {(row["stage"], row["path"]) for row in definitions} == set(products)
    assert set(products.values()) == {"core"}
    assert {(row["dimension"], row["value"]) for row in targets} == {("product", "core")}
    assert {(row["valid_from"], row["valid_to"]) for row in targets} == {
        ("2026-10-01", "2026-11-01")
    }
    assert "1か月（2026-10-01から2026-10-31）" in card["expected_effect"]


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


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.version.startswith("bownow")],
    ids=lambda case: f"{case.version}-{case.name}",
)
def test_statuses_of_the_companys_own(built: Built, case: Case) -> None:
    found = built.rows(
        "select status, entered_at, left_at from marts.fct_lead_statuses "
        "where lead_id = ? and scorecard_version = ? order by entered_at, status",
        case.name,
        case.version,
    )

    assert [(status, _text(entered), _text(left)) for status, entered, left in found] == sorted(
        case.held, key=lambda held: (held[1], held[0])
    )


def test_only_the_product_of_the_small_start_qualifies(built: Built) -> None:
    """Under `small` a lead of another product has its points, and no MQL and no SQL."""
    qualified = built.rows(
        "select lead_id, stage, path from marts.fct_qualifications "
        "where basis = 'replay' and scorecard_version = 'small' order by lead_id"
    )
    points = built.rows(
        "select lead_id, total_score from marts.score_as_of(timestamp '2026-10-31 15:00:00', "
        "'small') where lead_id in ('m_bucho', 'o_bucho') order by lead_id"
    )

    assert points == [("m_bucho", 30), ("o_bucho", 30)]
    assert qualified == [
        ("m_bucho", "mql", "score"),
        ("m_heard", "sql", "hearing"),
        ("m_september", "mql", "score"),
    ]


def test_the_small_start_is_measured_for_one_month(built: Built) -> None:
    """The SQLs of October are held against a target, those of September are not."""
    assert built.rows(
        "select metric, cast(period as varchar), target from marts.mart_kpis "
        "where metric in ('meeting_rate', 'win_rate_cohort') "
        "and dimension = 'product' and value = 'core' order by metric, period"
    ) == [
        ("meeting_rate", "2026-09-01", None),
        ("meeting_rate", "2026-10-01", 0.6),
        ("win_rate_cohort", "2026-09-01", None),
        ("win_rate_cohort", "2026-10-01", 0.16),
    ]
