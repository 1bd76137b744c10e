"""The audit: each fault is named, and none of them is published."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest
from publish_kit import INSTANT, MARTS, MINI, instant_dbt, load_leads, make_home

from leadloop.errors import AuditFailed
from leadloop.publish.audit import Finding, audit_failed, check_dashboard_queries
from leadloop.publish.build import build
from leadloop.publish.connection import connect_file
from leadloop.publish.expectations import Mart


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "home")


def refused(home, *statements, marts=MARTS):
    """The audit's message after `statements` have spoilt the warehouse."""

    def spoil(call, on_node):
        outcome = instant_dbt(call, on_node)
        with duckdb.connect(str(call.warehouse)) as connection:
            for statement in statements:
                connection.execute(statement)
        return outcome

    with pytest.raises(AuditFailed) as failure:
        build(home, project=replace(MINI, run_dbt=spoil, marts=marts))
    assert failure.value.exit_code == 4
    assert not home.pointer.exists()
    assert not home.versions.exists()
    assert failure.value.message["ja"] != failure.value.message["en"]
    return failure.value.render("en")


def test_missing_mart(home):
    text = refused(home, "drop table marts.dim_leads")
    assert "dim_leads: the mart is missing" in text


def test_mart_that_is_a_view_is_missing(home):
    text = refused(home, "drop table marts.dim_leads", "create view marts.dim_leads as select 1")
    assert "dim_leads: the mart is missing" in text


def test_empty_mart(home):
    text = refused(home, "delete from marts.dim_leads")
    assert "dim_leads: it is empty although leads have rows" in text


def test_empty_mart_without_input_is_fine(home):
    marts = (*MARTS, Mart("mart_of_deals", ("leads", "deals")))

    def with_deals(call, on_node):
        outcome = instant_dbt(call, on_node)
        with duckdb.connect(str(call.warehouse)) as connection:
            connection.execute("create table marts.mart_of_deals (run_id varchar)")
        return outcome

    project = replace(INSTANT, run_dbt=with_deals, marts=marts)
    assert build(home, project=project).rows["mart_of_deals"] == 0


def test_rows_of_another_run(home):
    text = refused(home, "update marts.dim_leads set run_id = 'dev' where lead_id = 'a'")
    assert "dim_leads: 1 rows do not belong to run" in text
    assert "dim_leads: 1 rows" in refused(
        home, "update marts.dim_leads set run_id = null where lead_id = 'a'"
    )


def test_any_mart_without_a_run_id(home):
    text = refused(home, "create table marts.extra as select 1 as x")
    assert "extra: it has no column run_id" in text


@pytest.mark.parametrize(
    "change", ["loaded = loaded - 1", "read = read + 1", "quarantined = 1", "merged = null"]
)
def test_row_balance_that_does_not_add_up(home, change):
    text = refused(home, f"update marts.mart_row_balance set {change}")
    assert "mart_row_balance crm.leads:" in text
    assert "accounted for" in text


def test_row_balance_that_lost_a_table(home):
    text = refused(home, "delete from marts.mart_row_balance")
    assert "mart_row_balance crm.leads: the loader read 3 rows, the balance says 0" in text


def test_rows_that_the_loader_never_read(home):
    load_leads(home, ["d"], rows_read=7)
    assert "7 rows read" not in refused(home)
    assert "[4, 0, 0, 0, 0] accounted for" in refused(home)


def test_quarantine_that_does_not_list_its_rows(home):
    text = refused(
        home,
        "update marts.mart_row_balance set loaded = loaded - 1, quarantined = 1",
        "create table marts.quarantine (run_id varchar)",
        marts=(*MARTS, Mart("quarantine")),
    )
    assert "quarantine: 1 rows were quarantined, only 0 are listed" in text


@pytest.mark.parametrize(
    "change", ["difference = 0.01", "difference = null", "revenue_attributed = 0"]
)
def test_revenue_that_is_not_reconciled(home, change):
    text = refused(home, f"update marts.mart_roi_reconciliation set {change}")
    assert "mart_roi_reconciliation 2026-10-01 linear" in text


def test_query_of_the_dashboard_that_does_not_run(home):
    class QueryFailed(Exception):
        name = "kpi_window"

    def failing(connection):
        with pytest.raises(duckdb.Error):
            connection.execute("select * from read_text('/etc/passwd')")
        raise QueryFailed("no such column")

    with pytest.raises(AuditFailed, match=r"dashboard query kpi_window: .*no such column"):
        build(home, project=replace(INSTANT, check_queries=failing))
    assert not home.pointer.exists()


def test_dashboard_queries_are_really_asked(home):
    build(home, project=INSTANT)
    path = next(home.versions.iterdir()) / "warehouse.duckdb"
    # the mini project has none of the dashboard's columns, so its queries must fail on it
    with connect_file(path) as connection, pytest.raises(Exception, match=r"(?i)error"):
        check_dashboard_queries(connection)


def test_many_findings_are_cut_short():
    error = audit_failed([Finding(f"mart_{n}", "bad", "不良") for n in range(50)])
    assert error.message["en"].count("bad") == 20
    assert "and 30 more" in error.message["en"]
    assert "ほか 30 件" in error.message["ja"]
