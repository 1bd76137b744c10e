"""Rollback, and what stays on disk."""

from __future__ import annotations

import json

import pytest
from publish_kit import INSTANT, load_leads, make_home, published

from leadloop.errors import AuditFailed, Locked, PublishFailed, UsageError
from leadloop.publish.build import Options, build
from leadloop.publish.lock import build_lock
from leadloop.publish.pointer import Pointer, flip
from leadloop.publish.retention import clear_work, drop_old_versions
from leadloop.publish.rollback import rollback
from leadloop.publish.versions import list_versions, resolve

FORCE = Options(force=True)


@pytest.fixture
def home(tmp_path):
    home = make_home(tmp_path / "home")
    for _ in range(3):
        build(home, FORCE, INSTANT)
    return home


def damage(home, run_id):
    path = home.versions / run_id / "warehouse.duckdb"
    path.chmod(0o644)
    path.write_bytes(b"")


def test_back_one_step_and_again_and_no_further(home):
    third, second, first = list_versions(home)
    assert rollback(home).run_id == second
    assert resolve(home).run_id == second
    assert rollback(home, reason="税率の誤り").run_id == first
    with pytest.raises(UsageError, match="no earlier version"):
        rollback(home)
    assert resolve(home).run_id == first
    assert rollback(home, third).run_id == third
    log = (home.root / "publish.log.jsonl").read_text("utf-8").splitlines()
    events = [json.loads(line) for line in log][3:]
    assert [(e["run_id"], e["replaced"], e["reason"]) for e in events] == [
        (second, third, ""),
        (first, second, "税率の誤り"),
        (third, first, ""),
    ]


def test_default_passes_over_a_damaged_version(home):
    _, second, first = list_versions(home)
    damage(home, second)
    assert rollback(home).run_id == first


def test_a_damaged_version_is_never_made_current(home):
    before, second = home.pointer.read_bytes(), list_versions(home)[1]
    damage(home, second)
    with pytest.raises(PublishFailed, match="size_mismatch"):
        rollback(home, second)
    assert home.pointer.read_bytes() == before


@pytest.mark.parametrize("run_id", ["20200101T000000Z", "../versions", "", "/etc"])
def test_unknown_version(home, run_id):
    with pytest.raises(UsageError) as refusal:
        rollback(home, run_id)
    assert list_versions(home)[0] in refusal.value.render("en")


def test_rollback_mends_a_broken_pointer(home):
    home.pointer.write_bytes(b"")
    assert rollback(home).run_id == list_versions(home)[0]
    assert resolve(home).problem is None


def test_rollback_waits_for_no_build(home):
    import multiprocessing

    context = multiprocessing.get_context("fork")
    held, done = context.Event(), context.Event()

    def hold():
        with build_lock(home):
            held.set()
            done.wait(20)

    process = context.Process(target=hold)
    process.start()
    held.wait(20)
    with pytest.raises(Locked):
        rollback(home)
    done.set()
    process.join()
    assert rollback(home)


def test_after_a_rollback_the_same_inputs_are_built_anew(home):
    load_leads(home, ["d"])
    build(home, project=INSTANT)
    back = rollback(home).run_id
    manifest = build(home, project=INSTANT)
    assert manifest.run_id > back
    assert published(home).run_id == manifest.run_id
    assert rollback(home).run_id == back  # the one that was current before, not the discarded one


def test_ten_versions_stay_and_always_the_current_one_and_the_one_before(home):
    third, second, first = list_versions(home)
    flip(home, Pointer(second, resolve(home, second).manifest.sha256))
    assert drop_old_versions(home, keep=2) == [third]
    assert list_versions(home) == [second, first]
    for _ in range(12):
        build(home, FORCE, INSTANT)
    kept = list_versions(home)
    assert len(kept) == 10
    assert kept[0] == published(home).run_id
    assert first not in kept


def test_nothing_is_dropped_while_the_pointer_is_broken(home):
    home.pointer.write_bytes(b"")
    assert drop_old_versions(home, keep=1) == []
    assert len(list_versions(home)) == 3


def test_last_three_failed_runs_stay_and_other_leftovers_go(home):
    load_leads(home, ["d"], rows_read=9)
    for _ in range(5):
        with pytest.raises(AuditFailed):
            build(home, FORCE, INSTANT)
    (home.work / "trash-20200101T000000Z").mkdir()
    (home.work / "20200101T000000Z").mkdir()
    (home.work / "stray").write_text("x", "utf-8")
    kept = sorted(home.work.iterdir())
    clear_work(home)
    assert sorted(home.work.iterdir()) == [p for p in kept if (p / "FAILED.txt").exists()]
    assert len(list(home.work.iterdir())) == 3
