"""kill -9 at every stage: readers have the old version or the new one, and running again heals."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from pathlib import Path

import pytest
from publish_kit import INSTANT, make_home, published, start, wait_for_line
from reader_driver import read_once

from leadloop.publish.build import Options, build
from leadloop.publish.pointer import Pointer, flip, read_pointer
from leadloop.publish.stages import STAGES
from leadloop.publish.versions import resolve
from leadloop.settings import Home

BEFORE_POINTER = [s for s in STAGES if s != "gc"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    build(home, project=INSTANT)
    return home


@pytest.fixture
def reader(home: Home, tmp_path: Path):
    """A reader process for the length of the test; calling it ends it and gives its report."""
    stop = tmp_path / "stop"
    process = start("reader_driver.py", home.root, stop)
    wait_for_line(process, "READING")

    def report() -> dict:
        stop.touch()
        output, _ = process.communicate(timeout=20)
        return json.loads(output)

    yield report
    stop.touch()
    process.wait(timeout=20)


def kill_at(home: Home, stage: str) -> None:
    pause = {"LEADLOOP_STAGE_MARKERS": "1", "LEADLOOP_STAGE_PAUSE": f"{stage}:60"}
    process = start("build_driver.py", home.root, "instant", **pause)
    wait_for_line(process, f"STAGE {stage}")
    process.kill()
    assert process.wait(timeout=10) == -signal.SIGKILL
    process.communicate()


def processes_of(home: Home) -> list[str]:
    """Command lines of live processes that name the home."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(home.root) in line and "dbt_child" in line:
            found.append(line)
    return found


def test_every_stage_before_the_pointer_leaves_the_old_version(home, reader):
    before, first = home.pointer.read_bytes(), published(home).run_id
    for stage in BEFORE_POINTER:
        kill_at(home, stage)
        assert home.pointer.read_bytes() == before, stage
        assert read_once(home) == (first, None), stage
    second = build(home, Options(force=True), INSTANT)
    assert second.run_id > first
    assert read_once(home) == (second.run_id, None)
    assert list(home.work.iterdir()) == []
    assert not home.pointer.with_name("current.json.tmp").exists()
    report = reader()
    assert report["errors"] == []
    assert report["reads"] > 20
    assert set(report["seen"]) <= {first, second.run_id}


@pytest.mark.parametrize("stage", BEFORE_POINTER)
def test_the_next_run_succeeds_alone_after_a_kill(home, stage):
    kill_at(home, stage)
    manifest = build(home, Options(force=True), INSTANT)
    assert read_once(home) == (manifest.run_id, None)


def test_kill_while_clearing_up_leaves_the_new_version(home, reader):
    for _ in range(10):
        build(home, Options(force=True), INSTANT)
    first = published(home).run_id
    kill_at(home, "gc")
    second = published(home).run_id
    assert second > first
    assert read_once(home) == (second, None)
    third = build(home, Options(force=True), INSTANT)
    assert read_once(home) == (third.run_id, None)
    assert {first, second, third.run_id} <= {p.name for p in home.versions.iterdir()}
    assert len(list(home.versions.iterdir())) == 10
    assert reader()["errors"] == []


def test_kill_inside_dbt_ends_dbt_too_and_publishes_nothing(home, reader):
    before = home.pointer.read_bytes()
    process = start("build_driver.py", home.root, "dbt")
    wait_for_line(process, "NODE 1/")
    assert processes_of(home)
    process.kill()
    process.communicate()
    for _ in range(50):
        if not processes_of(home):
            break
        time.sleep(0.1)
    assert processes_of(home) == []
    assert home.pointer.read_bytes() == before
    manifest = build(home, Options(force=True), INSTANT)
    report = reader()
    assert report["errors"] == []
    assert report["reads"] > 20
    assert set(report["seen"]) <= {json.loads(before)["run_id"], manifest.run_id}


def test_interrupt_ends_dbt_and_frees_the_lock(home):
    process = start("build_driver.py", home.root, "dbt")
    wait_for_line(process, "NODE 1/")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode != 0
    assert processes_of(home) == []
    assert list(home.work.iterdir()) == []
    assert build(home, Options(force=True), INSTANT).run_id


def test_200_kills_between_two_pointers_leave_one_of_them(home):
    first = read_pointer(home)
    build(home, Options(force=True), INSTANT)
    second = read_pointer(home)
    both = [Pointer(p.run_id, p.sha256) for p in (first, second)]
    chance = random.Random(2)
    for _ in range(200):
        child = os.fork()
        if child == 0:
            while True:
                for pointer in both:
                    flip(home, pointer)
        time.sleep(chance.uniform(0.0005, 0.01))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert read_pointer(home) in [*both, second]
    assert resolve(home).problem is None
