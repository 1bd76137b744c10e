"""All or nothing, twice is once, snapshots, and a load that is killed."""

from __future__ import annotations

import fcntl
import os

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leadloop.errors import InputRejected, Locked, PublishFailed
from leadloop.load import store
from leadloop.raw.contract import (
    LOAD_FILES_COLUMNS,
    LOAD_REJECTS_COLUMNS,
    ORIGIN_COLUMNS,
    TABLES,
)


def _deals(bench, content: str = "D1,2026-10-02\n") -> None:
    columns = {"deal_id": "deal_id", "created_at": "created_at"}
    bench.mapping["tables"]["deals"] = [{"file": "deals.csv", "columns": columns}]
    bench.write("deals.csv", f"deal_id,created_at\n{content}")


def test_layout_of_the_home(bench):
    path = bench.write_leads(3)
    bench.load()
    sha12 = store.loaded_files(bench.home, "crm", "leads")[0].sha256[:12]
    import hashlib

    assert sha12 == hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    assert (bench.home.raw / "leads" / f"crm-{sha12}.parquet").exists()
    expected = {name: (*table.columns, *ORIGIN_COLUMNS) for name, table in TABLES.items()}
    expected |= {"load_files": LOAD_FILES_COLUMNS, "load_rejects": LOAD_REJECTS_COLUMNS}
    for folder, columns in expected.items():
        files = list((bench.home.raw / folder).glob("*.parquet"))
        assert files, folder
        for file in files:
            assert tuple(pq.read_schema(file).names) == tuple(columns)
    assert {p.name for p in (bench.home.raw / "leads").iterdir()} == {f"crm-{sha12}.parquet"}
    assert {p.name for p in (bench.home.raw / "deals").iterdir()} == {"_empty.parquet"}
    assert not (bench.home.root / "load-work").exists()


def test_types_that_duckdb_sees(bench):
    bench.write_leads(1)
    bench.load()
    glob = str(bench.home.raw / "leads" / "*.parquet")
    rows = duckdb.execute("describe select * from read_parquet(?)", [glob]).fetchall()
    types = {row[0]: row[1] for row in rows}
    assert types.pop("_line") == "BIGINT"
    assert types.pop("_loaded_at") == "TIMESTAMP"
    assert set(types.values()) == {"VARCHAR"}


def test_origin_columns(bench, monkeypatch):
    monkeypatch.setenv("LEADLOOP_NOW", "2026-11-01T09:00:00.000123+09:00")
    bench.write_leads(2)
    bench.load(source="other_crm")
    row = bench.rows()[1]
    assert (row["_source"], row["_file"], row["_line"]) == ("other_crm", "leads.csv", 3)
    assert row["_loaded_at"].isoformat() == "2026-11-01T00:00:00.000123"


def test_same_file_twice_changes_nothing(bench):
    bench.write_leads(3)
    first = bench.load()
    before = bench.state()
    second = bench.load()
    assert first.changed
    assert not second.changed
    assert [file.state for file in second.files] == ["unchanged"]
    assert bench.state() == before


def test_same_content_under_two_names_loads_once(bench):
    bench.leads["file"] = "leads*.csv"
    bench.write_leads(3, "leads_a.csv")
    bench.write_leads(3, "leads_b.csv")
    report = bench.load()
    assert [file.state for file in report.files] == ["loaded", "unchanged"]
    assert len(bench.rows()) == 3


def test_changed_mapping_replaces_the_rows_of_the_file(bench):
    bench.write_leads(3)
    bench.load()
    bench.leads["columns"]["industry"] = {"const": "製造業"}
    assert bench.load().changed
    assert [row["industry"] for row in bench.rows()] == ["製造業"] * 3
    assert len(bench.rows("load_files")) == 1


def test_one_file_may_feed_a_table_twice(bench):
    columns = {"entity": {"const": "lead"}, "entity_id": "リードID", "changed_at": "登録日時"}
    bench.mapping["tables"]["stage_changes"] = [
        {"file": "leads.csv", "columns": {**columns, "to_status": {"const": status}}}
        for status in ("lead", "mql")
    ]
    bench.write_leads(3)
    bench.load()
    before = bench.state()
    assert (
        sorted(row["to_status"] for row in bench.rows("stage_changes"))
        == ["lead"] * 3 + ["mql"] * 3
    )
    assert not bench.load().changed
    assert bench.state() == before


def test_second_bad_file_hides_the_first(bench):
    bench.write_leads(3)
    _deals(bench, 'D1,"2026\n')
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.file == "deals.csv"
    assert bench.state() == {}


def test_refused_load_leaves_earlier_files_as_they_were(bench):
    bench.write_leads(3)
    bench.load()
    before = bench.state()
    bench.write_leads(5)
    _deals(bench, 'D1,"2026\n')
    bench.mapping["company"] = {"name": "新社名"}
    with pytest.raises(InputRejected):
        bench.load()
    assert bench.state() == before


def test_append_adds(bench):
    bench.write_leads(3)
    bench.load()
    bench.write_leads(2, first=4)
    bench.load()
    assert sorted(row["lead_id"] for row in bench.rows()) == ["L1", "L2", "L3", "L4", "L5"]
    assert len(bench.rows("load_files")) == 2


def test_snapshot_replaces_only_its_own_source(bench):
    bench.leads["mode"] = "snapshot"
    bench.write_leads(1)
    bench.load(source="other")
    bench.write_leads(3)
    bench.load()
    bench.write_leads(2, first=10)
    bench.load()
    assert sorted((r["_source"], r["lead_id"]) for r in bench.rows()) == [
        ("crm", "L10"),
        ("crm", "L11"),
        ("other", "L1"),
    ]
    assert sorted(r["source"] for r in bench.rows("load_files")) == ["crm", "other"]


def test_snapshot_of_several_files_is_one_snapshot(bench):
    bench.leads.update(file="leads*.csv", mode="snapshot")
    bench.write_leads(2, "leads1.csv")
    bench.write_leads(2, "leads2.csv", first=3)
    bench.load()
    assert len(bench.rows()) == 4
    bench.write_leads(1, "leads2.csv", first=9)
    bench.load()
    assert sorted(row["lead_id"] for row in bench.rows()) == ["L1", "L2", "L9"]


def test_refused_snapshot_keeps_the_one_before(bench):
    bench.leads["mode"] = "snapshot"
    bench.write_leads(3)
    bench.load()
    before = bench.state()
    bench.write("leads.csv", "リードID,登録日時,会社名,メール\n")
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "empty_snapshot"
    assert bench.state() == before


def test_header_only_is_fine_to_append(bench):
    bench.write("leads.csv", "リードID,登録日時,会社名,メール\n")
    report = bench.load()
    assert "no_rows" in [notice.rule for notice in report.notices]
    assert bench.rows() == []


def test_rejects_go_with_their_file(bench):
    bench.leads["mode"] = "snapshot"
    path = bench.write_leads(100)
    path.write_bytes(path.read_bytes() + b"x\n")
    bench.load()
    assert len(bench.rows("load_rejects")) == 1
    bench.write_leads(3)
    bench.load()
    assert bench.rows("load_rejects") == []


def test_company_settings_are_merged(bench):
    bench.mapping["company"] = {"name": "甲社", "as_of": "2026-11-01T00:00:00", "is_demo": "true"}
    bench.write_leads(1)
    bench.load()
    company = bench.home.company()
    assert company.as_of is not None
    assert company.as_of.isoformat() == "2026-10-31T15:00:00+00:00"
    bench.mapping["company"] = {"base_currency": "USD"}
    assert bench.load().changed
    after = bench.home.company()
    assert (after.name, after.base_currency, after.is_demo) == ("甲社", "USD", True)


def test_lock_is_held_by_one_load(bench):
    bench.write_leads(1)
    bench.home.root.mkdir(parents=True)
    with (bench.home.root / "load.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(Locked) as locked:
            bench.load()
    assert locked.value.exit_code == 75
    assert bench.load().changed


class _KilledError(BaseException):
    """Stands for a process that ends without cleaning up."""


@pytest.mark.parametrize("after", range(6))
def test_load_killed_while_it_becomes_visible(bench, monkeypatch, after):
    """The next load finishes it, whatever it was killed after."""
    bench.leads["mode"] = "snapshot"
    bench.write_leads(3)
    bench.load()
    bench.write_leads(4, first=10)
    _deals(bench)
    steps = 0
    replace = os.replace

    def killed(*arguments) -> None:
        nonlocal steps
        if steps == after:
            raise _KilledError
        steps += 1
        replace(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(store.os, "replace", killed)
        try:
            bench.load()
        except _KilledError:
            assert (bench.home.root / "load-work").exists()
    store.recover(bench.home)
    assert sorted(r["lead_id"] for r in bench.rows()) == ["L10", "L11", "L12", "L13"]
    assert len(bench.rows("deals")) == 1
    assert not (bench.home.root / "load-work").exists()
    assert not bench.load().changed


def test_load_killed_before_its_journal_leaves_no_trace(bench):
    bench.write_leads(3)
    bench.load()
    before = bench.state()
    leftover = bench.home.root / "load-work" / "20261101T000000-1"
    leftover.mkdir(parents=True)
    pq.write_table(pa.table({"a": [1]}), leftover / "1.parquet")
    assert not bench.load().changed
    assert bench.state() == before


def test_full_disk_is_told_and_changes_nothing(bench, monkeypatch):
    bench.write_leads(3)
    bench.load()
    before = bench.state()
    bench.write_leads(4)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "x.parquet")

    monkeypatch.setattr(store.pq, "write_table", full)
    with pytest.raises(PublishFailed, match="No space left") as failed:
        bench.load()
    assert failed.value.exit_code == 5
    assert bench.state() == before
