"""Publishing under readers: each page run sees one whole version, whatever the pointer does."""

from __future__ import annotations

import json
import time
from pathlib import Path

from publish_kit import INSTANT, make_home, start, wait_for_line

from leadloop.publish.build import Options, build
from leadloop.publish.pointer import Pointer, flip
from leadloop.publish.rollback import rollback
from leadloop.publish.versions import connect, list_versions, open_version
from leadloop.settings import Home

READERS = 4


def versions(tmp_path: Path, count: int) -> Home:
    home = make_home(tmp_path / "home")
    for _ in range(count):
        build(home, Options(force=True), INSTANT)
    return home


def test_200_flips_under_readers_show_no_torn_version(tmp_path):
    home, stop = versions(tmp_path, 4), tmp_path / "stop"
    manifests = [open_version(home, v)[0].manifest for v in list_versions(home)]
    readers = [start("reader_driver.py", home.root, stop) for _ in range(READERS)]
    for reader in readers:
        wait_for_line(reader, "READING")
    for number in range(200):
        manifest = manifests[number % len(manifests)]
        flip(home, Pointer(manifest.run_id, manifest.sha256))
        time.sleep(0.02)
    stop.touch()
    reports = [json.loads(r.communicate(timeout=30)[0]) for r in readers]
    for report in reports:
        assert report["errors"] == []
        assert report["reads"] >= 20
        assert len(report["seen"]) == len(manifests)


def test_builds_and_rollbacks_under_readers(tmp_path):
    home, stop = versions(tmp_path, 2), tmp_path / "stop"
    reader = start("reader_driver.py", home.root, stop)
    wait_for_line(reader, "READING")
    for _ in range(12):
        build(home, Options(force=True), INSTANT)
        time.sleep(0.05)
        rollback(home)
        time.sleep(0.05)
    stop.touch()
    report = json.loads(reader.communicate(timeout=30)[0])
    assert report["errors"] == []
    assert len(report["seen"]) > 5


def test_a_long_reader_keeps_its_version_when_it_is_cleared_away(tmp_path):
    home = versions(tmp_path, 1)
    oldest = list_versions(home)[0]
    version, _ = open_version(home, oldest)
    with connect(version) as connection:
        for _ in range(11):
            build(home, Options(force=True), INSTANT)
        assert oldest not in list_versions(home)
        assert connection.table("marts.dim_leads").project("run_id").distinct().fetchall() == [
            (oldest,)
        ]
