"""`leadloop check` as it is run."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from leadloop.agreement.registry import SEEDS
from leadloop.settings import PROJECT_ROOT

from .seed_folder import SHIPPED, SeedFolder


def run(language: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leadloop.cli", "check", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=PROJECT_ROOT,
        env={**os.environ, "LEADLOOP_LANG": language, "PYTHONUTF8": "1"},
        check=False,
    )


@pytest.mark.parametrize(("language", "says"), [("en", "no findings"), ("ja", "指摘はありません")])
def test_sound_seeds(language: str, says: str) -> None:
    done = run(language)

    rows = sum(len(p.read_text(encoding="utf-8").splitlines()) - 1 for p in SHIPPED.glob("*/*.csv"))
    assert done.returncode == 0, done.stderr
    assert says in done.stdout
    assert str(len(SEEDS)) in done.stdout
    assert str(rows) in done.stdout


@pytest.mark.parametrize(("language", "says"), [("en", " rows, 1 finding"), ("ja", "行、指摘1件")])
def test_faulty_seeds(seeds: SeedFolder, language: str, says: str) -> None:
    line = seeds.line("scoring_rules", version="v2", rule_id="price_page_view")
    seeds.change("scoring_rules", line, points="fifteen")

    done = run(language, "--seeds", str(seeds.root))

    assert done.returncode == 3
    place = f"seeds/agreement/scoring_rules.csv, line {line}, column points, rule not_a_number"
    assert done.stdout.startswith(place)
    assert len(done.stdout.splitlines()) == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_not_there() -> None:
    assert run("en", "--seeds", "nowhere").returncode == 2
