"""`leadloop demo --no-serve`: from nothing to a published version, and no needless work after."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from leadloop.publish.pointer import read_pointer
from leadloop.publish.versions import list_versions, resolve
from leadloop.settings import PROJECT_ROOT, Home


def _demo(home: Path, *arguments: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    program = "from leadloop.cli import main; main()"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LEADLOOP_")}
    return subprocess.run(
        [sys.executable, "-c", program, "demo", "--leads", "300", "--no-serve", *arguments],
        cwd=PROJECT_ROOT,
        env={**kept, "LEADLOOP_HOME": str(home), "LEADLOOP_LANG": language},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str]:
    home = tmp_path_factory.mktemp("demo") / "home"
    done = _demo(home)
    assert done.returncode == 0, done.stderr
    return Home(home), done.stdout


def test_the_first_run_publishes(made: tuple[Home, str]) -> None:
    home, said = made
    assert f"Published {read_pointer(home).run_id} in " in said
    assert "Next: leadloop dashboard" in said
    assert home.company().is_demo


def test_the_second_run_builds_nothing(made: tuple[Home, str]) -> None:
    home, _ = made
    before = {
        path: (path.stat().st_mtime_ns, path.stat().st_size)
        for path in home.root.rglob("*")
        if path.is_file()
    }
    versions = list_versions(home)
    done = _demo(home.root, language="ja")
    assert done.returncode == 0, done.stderr
    assert "変更がない" in done.stdout
    assert "デモ会社のファイルはすでにあります" in done.stdout
    assert list_versions(home) == versions
    after = {
        path: (path.stat().st_mtime_ns, path.stat().st_size)
        for path in home.root.rglob("*")
        if path.is_file()
    }
    changed = {
        p.relative_to(home.root).as_posix() for p in before | after if before.get(p) != after.get(p)
    }
    # locks are opened, nothing else is touched
    assert {name for name in changed if not name.endswith(".lock")} == set()


def test_a_real_companys_home_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "company.json").write_text('{"name": "Real Ltd."}', "utf-8")
    done = _demo(home)
    assert done.returncode == 2
    assert "another company" in done.stderr
    assert "--home" in done.stderr
    assert sorted(p.name for p in home.iterdir()) == ["company.json"]


def test_the_small_start(tmp_path: Path) -> None:
    """Three rules, one product: leads of the other product have points and no MQL."""
    home = Home(tmp_path / "home")
    done = _demo(home.root, "--preset", "small")
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(resolve(home).path), read_only=True) as connection:
        versions = connection.sql("select distinct scorecard_version from marts.lead_scores")
        products = connection.sql(
            "select distinct product from marts.fct_qualifications "
            "inner join marts.dim_leads using (lead_id) where stage = 'mql'"
        )
        rules = connection.sql("select count(distinct rule_id) from marts.fct_score_ledger")
        assert versions.fetchall() == [("small",)]
        assert products.fetchall() == [("core",)]
        assert rules.fetchall() == [(3,)]
