"""Full disks, disks that fail, and two builds at once."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from publish_kit import INSTANT, MINI, load_leads, make_home, published, start, wait_for_line
from reader_driver import read_once

from leadloop.errors import AuditFailed, Locked, PublishFailed
from leadloop.publish import durable
from leadloop.publish.build import Options, build
from leadloop.publish.lock import build_lock, holder_of
from leadloop.settings import Home

FORCE = Options(force=True)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    build(home, project=INSTANT)
    return home


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("name", ["manifest.json.tmp", "current.json.tmp"])
def test_disk_refuses_manifest_or_pointer(home, monkeypatch, code, name):
    before = home.pointer.read_bytes()
    real = os.fsync

    def refuse(descriptor: int) -> None:
        if os.readlink(f"/proc/self/fd/{descriptor}").endswith(name):
            raise OSError(code, os.strerror(code))
        real(descriptor)

    monkeypatch.setattr(durable.os, "fsync", refuse)
    with pytest.raises(PublishFailed) as failure:
        build(home, FORCE, INSTANT)
    assert failure.value.exit_code == 5
    assert ("MB free" in failure.value.render("en")) == (code != errno.EIO)
    assert home.pointer.read_bytes() == before
    assert read_once(home)[1] is None

    monkeypatch.setattr(durable.os, "fsync", real)
    again = build(home, FORCE, INSTANT)
    assert read_once(home) == (again.run_id, None)


def test_disk_full_inside_dbt(home):
    before = home.pointer.read_bytes()
    load_leads(home, [f"{n:040d}-{n * 7919 % 1_000_003}" for n in range(400_000)])
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_500_000, old[1]))
    try:
        with pytest.raises(PublishFailed) as failure:
            build(home, FORCE, MINI)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert "MB free" in failure.value.render("en")
    assert "MB" in failure.value.render("ja")
    assert home.pointer.read_bytes() == before
    assert read_once(home)[1] is None


def test_unwritable_home_names_path_and_user(tmp_path, monkeypatch):
    home = make_home(tmp_path / "home")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(home.work))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PublishFailed, match=r"as user .*Permission denied"):
        build(home, FORCE, INSTANT)


def test_failing_dbt_test_publishes_nothing(home):
    before = home.pointer.read_bytes()
    load_leads(home, ["poison"])
    with pytest.raises(AuditFailed) as failure:
        build(home, project=MINI)
    assert failure.value.exit_code == 4
    assert "assert_no_poisoned_lead: fail: Got 1 result" in failure.value.render("en")
    assert home.pointer.read_bytes() == before
    assert len(list(home.versions.iterdir())) == 1
    kept = list(home.work.iterdir())
    assert len(kept) == 1
    assert "assert_no_poisoned_lead" in (kept[0] / "FAILED.txt").read_text("utf-8")
    assert (kept[0] / "target" / "run_results.json").exists()
    assert str(kept[0]) in failure.value.render("ja")


def test_dbt_that_cannot_parse_says_why(home, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(MINI.root, broken)
    (broken / "models" / "dim_leads.sql").write_text("select {{ ref('nowhere') }}", "utf-8")
    with pytest.raises(AuditFailed, match="nowhere"):
        build(home, project=replace(MINI, root=broken))


def test_second_build_is_refused_at_once(home):
    process = start(
        "build_driver.py",
        home.root,
        "instant",
        LEADLOOP_STAGE_MARKERS="1",
        LEADLOOP_STAGE_PAUSE="dbt:60",
    )
    wait_for_line(process, "STAGE dbt")
    holder = holder_of(home)
    assert holder is not None
    assert holder.pid == process.pid
    for _ in range(20):
        begun = time.monotonic()
        with pytest.raises(Locked) as refusal:
            build(home, FORCE, INSTANT)
        assert time.monotonic() - begun < 0.5
        assert refusal.value.exit_code == 75
        assert f"process {process.pid} " in refusal.value.render("en")
        assert holder.started_at in refusal.value.render("ja")
    process.kill()
    process.communicate()
    assert holder_of(home) is None
    assert build(home, FORCE, INSTANT).run_id == published(home).run_id


def test_lock_of_a_dead_process_is_taken_over(home):
    home.lock.write_text(
        json.dumps({"pid": os.getpid(), "host": "elsewhere", "started_at": "2020"}), "utf-8"
    )
    with build_lock(home) as holder:
        assert holder.pid == os.getpid()
    assert build(home, FORCE, INSTANT)


def test_garbage_in_the_lock_file_stops_nobody(home):
    home.lock.write_bytes(b"\xff{half")
    assert build(home, FORCE, INSTANT)
