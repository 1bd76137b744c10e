"""DuckDB and Spark publish the same figures: every mart, row for row."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from mart_diff import Table, differences, read_marts, report
from spark_kit import Version

from leadloop.publish.expectations import MARTS
from leadloop.publish.versions import resolve

pytestmark = pytest.mark.spark

# A company of this size has no channel with ten wins and no returned lead that came back: of these only the columns are
# compared here, and that neither engine makes rows up. Their rows are the business of their unit tests.
EMPTY_AT_THIS_SIZE = {"mart_budget_moves", "mart_return_revivals"}


@pytest.fixture(scope="module")
def left(on_duckdb: Version) -> dict[str, Table]:
    return read_marts(on_duckdb.warehouse)


@pytest.fixture(scope="module")
def right(on_spark: Version) -> dict[str, Table]:
    return read_marts(on_spark.warehouse)


def test_both_publish_the_same_marts(left: dict[str, Table], right: dict[str, Table]):
    assert left.keys() == right.keys() == {mart.name for mart in MARTS}


@pytest.mark.parametrize("mart", [mart.name for mart in MARTS])
def test_mart_is_the_same(mart: str, left: dict[str, Table], right: dict[str, Table]):
    if mart in EMPTY_AT_THIS_SIZE:
        assert left[mart] == right[mart]
        assert not left[mart].rows, "it can be compared: take it out of EMPTY_AT_THIS_SIZE"
        return
    assert left[mart].rows, "an empty mart compares nothing"
    found = differences(mart, left[mart], right[mart])
    assert not found, report(found)


def test_statuses_that_were_left_and_that_still_hold_are_compared(left: dict[str, Table]):
    table = left["fct_lead_statuses"]
    status, is_held = (table.columns.index(name) for name in ("status", "is_held"))
    assert {(row[status], row[is_held]) for row in table.rows} == {
        (status, is_held) for status in ("latent", "evident") for is_held in (True, False)
    }


def test_one_changed_cell_of_a_published_file_is_found(
    on_spark: Version, left: dict[str, Table], tmp_path: Path
):
    spoiled = Path(shutil.copyfile(on_spark.warehouse, tmp_path / "spoiled.duckdb"))
    with duckdb.connect(str(spoiled)) as connection:
        connection.execute(
            "update marts.lead_scores set total_score = total_score + 0.001 "
            "where lead_id = (select min(lead_id) from marts.lead_scores)"
        )
    right = read_marts(spoiled)
    lead = min(row[1] for row in left["lead_scores"].rows)
    (found,) = differences("lead_scores", left["lead_scores"], right["lead_scores"])
    assert (found.key, found.column) == (f"lead_id={lead}", "total_score")
    assert found.right == pytest.approx(found.left + 0.001)


def test_every_dbt_test_passes_on_both(on_duckdb: Version, on_spark: Version):
    tests = on_spark.manifest.tests
    assert tests.failed == 0
    assert tests.passed > 100
    assert tests == on_duckdb.manifest.tests


def test_version_says_which_engine_made_it_and_readers_open_it(
    on_duckdb: Version, on_spark: Version
):
    assert (on_duckdb.manifest.target, on_spark.manifest.target) == ("duckdb", "spark")
    assert on_spark.manifest.run_id == on_duckdb.manifest.run_id
    version = resolve(on_spark.home)
    assert version.path == on_spark.warehouse
    assert not version.is_fallback


def test_nothing_of_spark_outlives_the_build(on_spark: Version):
    assert not any(on_spark.home.work.iterdir())


def test_spark_leaves_nothing_in_the_project(on_spark: Version):
    assert on_spark.traces == ()
