"""Damage to what was published: it is found, and the newest sound version takes its place."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import duckdb
import pytest
from publish_kit import INSTANT, make_home, published
from reader_driver import read_once

from leadloop.publish.build import Options, build
from leadloop.publish.inspection import inspect
from leadloop.publish.pointer import Problem
from leadloop.publish.versions import NothingPublished, connect, resolve
from leadloop.settings import Home

FORCE = Options(force=True)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = make_home(tmp_path_factory.mktemp("sound") / "home")
    for _ in range(3):
        build(home, FORCE, INSTANT)
    return home


@pytest.fixture
def home(sound: Home, tmp_path: Path) -> Home:
    shutil.copytree(sound.root, tmp_path / "home")
    return Home(tmp_path / "home")


def warehouse(home: Home) -> Path:
    path = home.versions / published(home).run_id / "warehouse.duckdb"
    path.chmod(0o644)
    return path


def runs(home: Home) -> list[str]:
    return sorted(p.name for p in home.versions.iterdir())


@pytest.mark.parametrize("seed", range(50))
def test_one_flipped_bit(home, seed):
    path, chance = warehouse(home), random.Random(seed)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    assert read_once(home) == (runs(home)[1], Problem.CHECKSUM_MISMATCH)


@pytest.mark.parametrize("share", [0.0, *(n / 19 for n in range(1, 19)), 0.999999])
def test_truncated_file(home, share):
    path = warehouse(home)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert read_once(home) == (runs(home)[1], Problem.SIZE_MISMATCH)


def test_file_that_lost_its_last_block(home):
    path = warehouse(home)
    path.write_bytes(path.read_bytes()[:-262_144])
    assert read_once(home) == (runs(home)[1], Problem.SIZE_MISMATCH)


def test_stray_write_ahead_log(home):
    path = warehouse(home)
    path.with_name("warehouse.duckdb.wal").write_bytes(random.Random(1).randbytes(5000))
    assert read_once(home) == (runs(home)[1], Problem.WAL_PRESENT)


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"[]", b'{"run_id": 1}', b"\xff\xfe"])
def test_broken_manifest(home, content):
    path = warehouse(home).with_name("manifest.json")
    path.chmod(0o644)
    path.write_bytes(content)
    assert read_once(home) == (runs(home)[1], Problem.MANIFEST_UNREADABLE)


def test_manifest_of_another_version(home):
    path = warehouse(home).with_name("manifest.json")
    path.unlink()
    shutil.copy(home.versions / runs(home)[0] / "manifest.json", path)
    assert read_once(home) == (runs(home)[1], Problem.MANIFEST_UNREADABLE)


POINTERS = {
    "empty": (b"", Problem.POINTER_UNREADABLE),
    "half": (b'{"run_id": "2026', Problem.POINTER_UNREADABLE),
    "not json": (b"<html>", Problem.POINTER_UNREADABLE),
    "not text": (b"\xff\xfe\x00", Problem.POINTER_UNREADABLE),
    "not an object": (b'["20261101T000000Z"]', Problem.POINTER_UNREADABLE),
    "no checksum": (b'{"run_id": "20261101T000000Z"}', Problem.POINTER_INVALID),
    "outside": (b'{"run_id": "../../etc", "sha256": "0"}', Problem.POINTER_INVALID),
    "absolute": (b'{"run_id": "/etc/passwd", "sha256": "0"}', Problem.POINTER_INVALID),
    "no date": (b'{"run_id": "20261399T000000Z", "sha256": "0"}', Problem.POINTER_INVALID),
    "newline": (b'{"run_id": "20261101T000000Z\\n", "sha256": "0"}', Problem.POINTER_INVALID),
}


@pytest.mark.parametrize("case", POINTERS)
def test_broken_pointer(home, case):
    content, problem = POINTERS[case]
    home.pointer.write_bytes(content)
    assert read_once(home) == (runs(home)[-1], problem)


def test_pointer_to_a_version_that_is_gone_takes_the_next_older(home):
    shutil.rmtree(home.versions / runs(home)[2])
    assert read_once(home) == (runs(home)[1], Problem.VERSION_MISSING)


def test_pointer_with_another_checksum(home):
    content = json.loads(home.pointer.read_text("utf-8")) | {"sha256": "0" * 64}
    home.pointer.write_text(json.dumps(content), "utf-8")
    assert read_once(home) == (runs(home)[1], Problem.CHECKSUM_MISMATCH)


def test_version_that_is_a_link_is_not_followed(home, tmp_path):
    newest = runs(home)[2]
    (home.versions / newest).rename(tmp_path / "elsewhere")
    (home.versions / newest).symlink_to(tmp_path / "elsewhere")
    assert read_once(home) == (runs(home)[1], Problem.VERSION_MISSING)


def test_damage_after_a_first_good_read_is_found(home):
    assert read_once(home)[1] is None
    path = warehouse(home)
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.write_bytes(content)
    assert read_once(home) == (runs(home)[1], Problem.CHECKSUM_MISMATCH)


def test_after_a_rollback_an_older_version_stands_in_before_a_newer_one(home):
    first, second, _ = runs(home)
    sha256 = json.loads((home.versions / second / "manifest.json").read_text("utf-8"))["sha256"]
    home.pointer.write_text(json.dumps({"run_id": second, "sha256": sha256}), "utf-8")
    assert read_once(home) == (second, None)
    shutil.rmtree(home.versions / second)
    assert read_once(home) == (first, Problem.VERSION_MISSING)


def test_nothing_sound_left(home):
    for run_id in runs(home):
        (home.versions / run_id / "manifest.json").unlink()
    with pytest.raises(NothingPublished) as failure:
        resolve(home)
    assert failure.value.problem == Problem.MANIFEST_UNREADABLE
    assert "leadloop build" in failure.value.render("ja")


def test_pins(home):
    first, _, last = runs(home)
    pinned = resolve(home, first)
    assert (pinned.run_id, pinned.is_fallback) == (first, False)
    for bad in ("20200101T000000Z", "../" + first, "", "x"):
        found = resolve(home, bad)
        assert (found.run_id, found.problem) == (last, Problem.PIN_UNKNOWN)
        assert found.is_fallback


def test_a_build_heals_a_damaged_current_version_although_nothing_changed(home):
    warehouse(home).write_bytes(b"")
    manifest = build(home, project=INSTANT)
    assert read_once(home) == (manifest.run_id, None)


def test_inspection_names_every_damage(home):
    first, second, last = runs(home)
    (home.versions / first / "warehouse.duckdb.wal").write_bytes(b"x")
    warehouse(home).write_bytes(b"")
    raw = next((home.raw / "leads").iterdir())
    checks = {(c.kind, c.name): c.problem for c in inspect(home)}
    assert checks["pointer", "current.json"] == Problem.SIZE_MISMATCH
    assert checks["version", first] == Problem.WAL_PRESENT
    assert checks["version", second] is None
    assert checks["version", last] == Problem.SIZE_MISMATCH

    build(home, FORCE, INSTANT)
    raw.write_bytes(raw.read_bytes()[:-1] + b"?")
    damaged = {c.name: c.problem for c in inspect(home) if c.kind == "raw"}
    assert damaged[f"leads/{raw.name}"] == "raw_damaged"
    assert list(damaged.values()).count(None) == 1


FORBIDDEN = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from read_parquet('/etc/passwd')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from glob('/etc/*')",
    "select * from '/etc/passwd.csv'",
    "attach '{folder}/other.duckdb' as other",
    "attach ':memory:' as other",
    "copy marts.dim_leads to '{folder}/out.csv'",
    "copy (select 1) to '/dev/stdout'",
    "export database '{folder}/export'",
    "import database '{folder}'",
    "install httpfs",
    "load httpfs",
    "load '{folder}/x.duckdb_extension'",
    "create secret s (type s3)",
    "create table marts.t as select 1",
    "create view marts.v as select 1",
    "drop table marts.dim_leads",
    "delete from marts.dim_leads",
    "update marts.dim_leads set lead_id = ''",
    "insert into marts.dim_leads select * from marts.dim_leads",
    "set threads = 8",
    "set memory_limit = '100GB'",
    "set enable_external_access = true",
    "set temp_directory = '{folder}'",
    "set lock_configuration = false",
    "reset threads",
    "pragma threads = 8",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_hardened_connection_refuses(sound, tmp_path, statement):
    with connect(resolve(sound)) as connection:
        with pytest.raises(duckdb.Error):
            connection.execute(statement.format(folder=tmp_path)).fetchall()
        assert connection.table("marts.dim_leads").aggregate("count(*)").fetchone() == (3,)
    assert list(tmp_path.iterdir()) == []
