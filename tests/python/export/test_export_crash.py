"""Killed at any step, an export leaves nothing, or whole files and their ledger; the next run puts all right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from leadloop.errors import Locked, PublishFailed
from leadloop.export.ledger import Ledger
from leadloop.export.run import Request, export
from leadloop.settings import PROJECT_ROOT, Home
from tests.python.export.export_kit import lead, publish, tree
from tests.python.export.test_export_changes import FORM, own

STEPS_BEFORE = ("export_file", "export_ledger", "export_rename")
STEPS_AFTER = ("export_deliver", "export_delivered")


def killed_at(home: Home, target: Path, step: str) -> None:
    """Starts the command and kills it -9 where `step` begins."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "leadloop.cli", "export", "--tool", "hubspot"),
            *("--home", str(home.root), "--to", str(target)),
        ],
        cwd=PROJECT_ROOT,
        env=os.environ | {"LEADLOOP_STAGE_MARKERS": "1", "LEADLOOP_STAGE_PAUSE": f"{step}:60"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        if line.startswith(f"STAGE {step}\n"):
            break
    else:
        raise AssertionError(f"{step} never came:\n{''.join(seen)}")
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)


@pytest.fixture
def ready(home: Home) -> Home:
    own(home, FORM + "max_rows: 1\n")
    publish(home, lead("a", "crm", 2), lead("b", "crm", 1))
    return home


@pytest.fixture
def whole(ready: Home, tmp_path: Path) -> dict[str, bytes]:
    """What an export that nobody disturbs writes."""
    other = Home(tmp_path / "other")
    own(other, FORM + "max_rows: 1\n")
    publish(other, lead("a", "crm", 2), lead("b", "crm", 1))
    export(other, Request("hubspot", "en", to=tmp_path / "undisturbed"))
    return tree(tmp_path / "undisturbed")


@pytest.mark.parametrize("step", STEPS_BEFORE)
def test_killed_before_the_rename_nothing_was_exported(
    ready: Home, tmp_path: Path, whole: dict[str, bytes], step: str
) -> None:
    target = tmp_path / "to"
    killed_at(ready, target, step)
    assert Ledger(ready.exports / "hubspot" / "crm").exports() == []
    assert not target.exists()
    report = export(ready, Request("hubspot", "en", to=target))
    assert len(report.plan.added) == 2
    assert tree(target) == whole
    left = [p.name for p in (ready.exports / "hubspot" / "crm").iterdir() if p.name[0] == "."]
    assert left == [], "the next run clears what the killed one left"


@pytest.mark.parametrize("step", STEPS_AFTER)
def test_killed_after_the_rename_files_and_ledger_are_whole(
    ready: Home, tmp_path: Path, whole: dict[str, bytes], step: str
) -> None:
    target = tmp_path / "to"
    killed_at(ready, target, step)
    (export_id,) = Ledger(ready.exports / "hubspot" / "crm").exports()
    kept = tree(ready.exports / "hubspot" / "crm" / export_id)
    assert {name: kept[name] for name in whole} == whole
    assert all(whole[name] == content for name, content in tree(target).items()), "whole or absent"
    report = export(ready, Request("hubspot", "en"))
    assert (report.files, report.plan.unchanged) == ([], 2)
    assert tree(target) == whole, "the next run brings the rest"
    assert len(report.late) == 2
    assert export(ready, Request("hubspot", "en")).late == []


def test_the_disk_refuses_while_files_are_written(ready: Home, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("leadloop.export.ledger.fsync_file", full)
    with pytest.raises(PublishFailed):
        export(ready, Request("hubspot"))
    assert Ledger(ready.exports / "hubspot" / "crm").exports() == []
    assert not list(ready.exports.rglob("*.csv"))


def test_a_place_that_is_gone_stops_no_later_export(ready: Home, tmp_path: Path) -> None:
    target = tmp_path / "to"
    killed_at(ready, target, "export_deliver")
    target.rmdir()
    target.write_text("a file stands in the way")
    report = export(ready, Request("hubspot", "en"))
    assert report.lost == [ready.exports / "hubspot" / "crm" / "20261102T010000Z"]
    assert report.plan.unchanged == 2


def test_one_export_at_a_time(ready: Home) -> None:
    ledger = Ledger(ready.exports / "hubspot" / "crm")
    with ledger.lock(), pytest.raises(Locked) as refused:
        export(ready, Request("hubspot"))
    assert refused.value.exit_code == 75
    assert len(export(ready, Request("hubspot")).files) == 2
