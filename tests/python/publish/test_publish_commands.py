"""The commands: what they print, in which language, and how they end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner
from publish_kit import INSTANT, make_home, published, wait_for_line

import leadloop.commands.build as build_command
from leadloop.commands import doctor, rollback, verify
from leadloop.errors import AuditFailed, InputRejected
from leadloop.publish import build as building
from leadloop.publish.lock import build_lock
from leadloop.publish.versions import NothingPublished, list_versions
from leadloop.settings import PROJECT_ROOT


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "home")


@pytest.fixture
def run(home, monkeypatch):
    monkeypatch.setattr(
        build_command,
        "build",
        lambda home, options, reporter: building.build(home, options, INSTANT, reporter),
    )
    before = signal.getsignal(signal.SIGTERM)

    def invoke(command, *arguments, language="en"):
        monkeypatch.setenv("LEADLOOP_LANG", language)
        result = CliRunner().invoke(
            command, [*arguments, "--home", str(home.root)], catch_exceptions=True
        )
        if result.exception:
            raise result.exception
        return result.output

    yield invoke
    signal.signal(signal.SIGTERM, before)


def test_build_says_what_it_published_and_then_that_nothing_changed(home, run):
    text = run(build_command.command)
    run_id = published(home).run_id
    assert f"Published {run_id} in " in text
    assert "3 marts, 5 rows" in text
    assert f"Nothing has changed since version {run_id}" in run(build_command.command)
    assert "変更がない" in run(build_command.command, language="ja")
    assert "を公開しました" in run(build_command.command, "--force", language="ja")
    assert len(list_versions(home)) == 2


def test_verify_and_rollback(home, run):
    with pytest.raises(NothingPublished):
        run(verify.command)
    run(build_command.command)
    run(build_command.command, "--force")
    newest, oldest = list_versions(home)
    text = run(verify.command, "--all-raw")
    assert re.search(rf"{newest} .*ok, current", text)
    assert re.search(rf"{oldest} .*ok\b", text)
    assert "raw files: 2 of 2 as built" in text
    assert "leads/crm-" in text
    assert "正常(現在)" in run(verify.command, language="ja")

    assert f"now {oldest}, as of 2026-10-31 15:00Z" in run(rollback.command, "--reason", "wrong")
    assert published(home).run_id == oldest

    (home.versions / newest / "warehouse.duckdb.wal").write_bytes(b"x")
    with pytest.raises(AuditFailed) as failure:
        run(verify.command)
    assert failure.value.exit_code == 4
    assert f"version {newest} (wal_present)" in failure.value.render("en")


def test_raw_file_that_was_replaced_by_a_later_load_is_no_damage(home, run):
    run(build_command.command)
    next((home.raw / "leads").iterdir()).unlink()
    text = run(verify.command)
    assert "raw_missing" in text
    assert "raw files: 1 of 2 as built" in text


def test_doctor_follows_the_state_of_the_home(home, run):
    assert "Next: run `leadloop build`" in run(doctor.command)
    run(build_command.command)
    text = run(doctor.command)
    assert f"{published(home).run_id}, as of 2026-10-31 15:00Z" in text
    assert "Next: run `leadloop dashboard`" in text
    assert "次の一手" in run(doctor.command, language="ja")
    with build_lock(home):
        assert f"process {os.getpid()} on " in run(doctor.command)
    for path in home.versions.glob("*/warehouse.duckdb"):
        path.chmod(0o644)
        path.write_bytes(b"")
    assert "nothing (size_mismatch)" in run(doctor.command)


def test_doctor_fails_where_something_needed_is_missing(home, run, monkeypatch):
    monkeypatch.setattr("leadloop.publish.health._NEEDED_MEGABYTES", 10**12)
    with pytest.raises(InputRejected, match="disk"):
        run(doctor.command)


@pytest.mark.parametrize("name", ["build", "verify", "rollback", "doctor"])
def test_help_and_wrong_usage(name):
    def leadloop(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "leadloop.cli", name, *arguments],
            cwd=PROJECT_ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    shown = leadloop("--help")
    assert shown.returncode == 0
    assert "--home" in shown.stdout
    assert leadloop("--nonsense").returncode == 2


def test_sigterm_ends_a_build_as_a_service_manager_expects(home):
    process = subprocess.Popen(
        [sys.executable, "-m", "leadloop.cli", "build", "--home", str(home.root)],
        cwd=PROJECT_ROOT,
        env=os.environ | {"LEADLOOP_STAGE_MARKERS": "1", "LEADLOOP_STAGE_PAUSE": "lock:60"},
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for_line(process, "STAGE lock")
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 128 + signal.SIGTERM
    with build_lock(home):
        pass


def test_exit_code_of_a_locked_home(home):
    with build_lock(home):
        done = subprocess.run(
            [sys.executable, "-m", "leadloop.cli", "build", "--home", str(home.root)],
            cwd=PROJECT_ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 75
    assert f"process {os.getpid()} " in done.stderr
