"""`leadloop load` as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leadloop.settings import PROJECT_ROOT


def _leadloop(home: Path, *arguments: str, language: str = "en") -> subprocess.CompletedProcess:
    environment = {**os.environ, "LEADLOOP_HOME": str(home), "LEADLOOP_LANG": language}
    program = "from leadloop.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, "load", *arguments],
        cwd=PROJECT_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "leads.csv").write_text("lead_id,created_at\nL1,2026-10-01\n", "utf-8")
    return folder


def test_load_and_again(tmp_path: Path, exports: Path):
    home = tmp_path / "home"
    arguments = ("--mapping", "canonical", "--from", str(exports))
    first = _leadloop(home, *arguments)
    assert first.returncode == 0, first.stderr
    assert "leads.csv" in first.stdout
    assert "leadloop build" in first.stdout
    second = _leadloop(home, *arguments)
    assert second.returncode == 0
    assert "as it was" in second.stdout


def test_refusal_has_exit_code_and_next_step(tmp_path: Path, exports: Path):
    (exports / "leads.csv").write_text("", "utf-8")
    arguments = ("--mapping", "canonical", "--from", str(exports))
    english = _leadloop(tmp_path / "home", *arguments)
    assert english.returncode == 3
    assert "leads.csv, rule empty_file: the file is empty" in english.stderr
    assert "Next: " in english.stderr
    japanese = _leadloop(tmp_path / "home", *arguments, language="ja")
    assert "空のファイルです" in japanese.stderr
    assert "次の一手: " in japanese.stderr


def test_unknown_mapping_is_a_usage_error(tmp_path: Path, exports: Path):
    result = _leadloop(tmp_path / "home", "--mapping", "nope", "--from", str(exports))
    assert result.returncode == 2
    assert "canonical" in result.stderr
