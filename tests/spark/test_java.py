"""Which Java is taken, and what a user reads who has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadloop.spark import java
from leadloop.spark.java import SparkUnavailable, find_java, require_libraries


def make_java(home: Path, version: str) -> Path:
    tool = home / "bin" / "java"
    tool.parent.mkdir(parents=True)
    tool.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-01-01' >&2\n", "utf-8")
    tool.chmod(0o755)
    return home


def test_first_that_is_new_enough(tmp_path: Path):
    old = make_java(tmp_path / "eight", "1.8.0_402")
    young, later = (make_java(tmp_path / n, f"{n}.0.1") for n in ("17", "21"))
    found = find_java([tmp_path / "absent", old, young, later])
    assert (found.home, found.version) == (young, 17)


@pytest.mark.parametrize("version", ["16.0.2", "1.8.0_402", "11"])
def test_too_old_is_named(tmp_path: Path, version: str):
    home = make_java(tmp_path / "old", version)
    with pytest.raises(SparkUnavailable) as caught:
        find_java([home])
    assert str(home) in caught.value.message["en"]
    assert str(home) in caught.value.message["ja"]


def test_none_at_all_names_the_next_step(tmp_path: Path):
    with pytest.raises(SparkUnavailable, match="Java 17 or later; there is no Java") as caught:
        find_java([tmp_path])
    for language in ("en", "ja"):
        assert "openjdk-17-jre-headless" in caught.value.next_step[language]
    assert caught.value.exit_code == 69


def test_java_home_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = make_java(tmp_path / "mine", "21.0.2")
    monkeypatch.setenv("JAVA_HOME", str(home))
    assert find_java().home == home


def test_java_on_the_path_is_followed_to_its_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = make_java(tmp_path / "jdk", "17.0.15")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").symlink_to(home / "bin" / "java")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert find_java().home == home


def test_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(java.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SparkUnavailable, match=r"pyspark, dbt\.adapters\.spark, pyhive missing"):
        require_libraries()
