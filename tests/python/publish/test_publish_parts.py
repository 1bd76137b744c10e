"""The small parts: run ids, scorecards in force, results of dbt, the environment of dbt."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadloop.publish.dbt_run import DbtCall, _environment
from leadloop.publish.expectations import MARTS
from leadloop.publish.pointer import is_run_id, next_run_id
from leadloop.publish.results import read_results
from leadloop.publish.run_settings import scorecards_in_force
from leadloop.settings import PROJECT_ROOT, Company


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        7,
        "20261101",
        "20261101T000000",
        "20261101T000000Z ",
        "20261101T000000Z\n",
        "20261301T000000Z",
        "20261101T250000Z",
        "２０２６１１０１T000000Z",
        "a20261101T000000Z",
    ],
)
def test_what_is_no_run_id(text):
    assert not is_run_id(text)


def test_next_run_id_crosses_the_year():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert next_run_id(None, now) == "20260101T000000Z"
    assert next_run_id("20261231T235959Z", now) == "20270101T000000Z"
    assert is_run_id(next_run_id("20280228T235959Z", now))


def test_scorecards_in_force_by_local_day(tmp_path: Path):
    seeds = tmp_path / "seeds"
    folder = seeds / "agreement"
    folder.mkdir(parents=True)
    assert scorecards_in_force(seeds, Company(), datetime(2026, 1, 1, tzinfo=UTC)) == []
    (folder / "scorecards.csv").write_text(
        "version,status,valid_from,valid_to\n"
        "v1,retired,2025-01-01,2026-11-01\nv2,active,2026-11-01,\nv3,draft,2026-01-01,\n"
        "v4,challenger,2026-01-01,\n",
        "utf-8",
    )

    def at(text: str) -> list[str]:
        return scorecards_in_force(seeds, Company(), datetime.fromisoformat(text))

    assert at("2026-10-31T14:59:59Z") == ["v1"]
    assert at("2026-10-31T15:00:00Z") == ["v2"]
    assert at("2024-10-31T15:00:00Z") == []


def test_results_are_counted_by_kind(tmp_path: Path):
    assert read_results(tmp_path) is None
    nodes = [
        ("model.p.a", "success", None),
        ("model.p.b", "error", "Binder\n  Error"),
        ("test.p.unique_a.1f", "pass", None),
        ("test.p.not_null_a.2f", "warn", "Got 2"),
        ("test.p.accepted_a.3f", "fail", "Got 3"),
        ("test.p.skipped_a.4f", "skipped", None),
        ("unit_test.p.a.edge_of_50", "pass", None),
        ("unit_test.p.a.edge_of_49", "fail", "actual differs"),
    ]
    results = [{"unique_id": u, "status": s, "message": m} for u, s, m in nodes]
    (tmp_path / "run_results.json").write_text(json.dumps({"results": results}), "utf-8")
    found = read_results(tmp_path)
    assert found is not None
    assert found.tests.model_dump() == {
        "passed": 2,
        "warned": 1,
        "failed": 2,
        "warnings": ["not_null_a"],
    }
    assert [(f.node, f.message) for f in found.failures] == [
        ("b", "Binder Error"),
        ("accepted_a", "Got 3"),
        ("a.edge_of_49", "actual differs"),
    ]


def test_flags_of_the_shell_do_not_reach_dbt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, value in (
        ("DBT_TARGET", "spark"),
        ("DBT_FULL_REFRESH", "1"),
        ("DBT_ENV_SECRET_X", "kept"),
        ("LEADLOOP_TARGET", "spark"),
    ):
        monkeypatch.setenv(name, value)
    call = DbtCall(tmp_path, tmp_path, tmp_path / "w", tmp_path / "s", tmp_path, {"run_id": "r"}, 3)
    found = _environment(call)
    assert not {"DBT_TARGET", "DBT_FULL_REFRESH"} & found.keys()
    assert found["DBT_ENV_SECRET_X"] == "kept"
    assert found["LEADLOOP_TARGET"] == "duckdb"
    assert found["LEADLOOP_WAREHOUSE"] == str(tmp_path / "w")


def test_expected_marts_are_named_once():
    folder = PROJECT_ROOT / "models" / "marts"
    built = {p.stem for p in folder.rglob("*.sql") if "steps" not in p.parts}
    assert len({m.name for m in MARTS}) == len(MARTS)
    assert {m.name for m in MARTS} == built
