"""Finds the Java that Spark runs on, or says how to get one."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from leadloop.errors import LeadloopError

OLDEST = 17
_VERSION = re.compile(r'version "(\d+)')
_USUAL_FOLDERS = (Path("/usr/lib/jvm"), Path("/opt/java"))


class SparkUnavailable(LeadloopError):
    """This machine lacks what the second engine needs."""

    exit_code = 69


@dataclass(frozen=True)
class Java:
    """A Java that is new enough, and the value of JAVA_HOME that names it."""

    home: Path
    version: int


def find_java(candidates: Iterable[Path] | None = None) -> Java:
    """The first Java of version 17 or later: JAVA_HOME, then the path, then the usual folders.

    Raises:
        SparkUnavailable: there is none; names what was found instead.
    """
    too_old: list[str] = []
    for home in _candidates() if candidates is None else candidates:
        version = _version_of(home)
        if version is not None and version >= OLDEST:
            return Java(home, version)
        if version is not None:
            too_old.append(f"{home} ({version})")
    found = ", ".join(too_old)
    raise SparkUnavailable(
        f"Spark needs Java {OLDEST} or later; "
        + (f"found only {found}" if found else "there is no Java on this machine"),
        f"Spark には Java {OLDEST} 以上が必要です。"
        + (f"見つかったのは {found} だけです" if found else "Java が見つかりません"),
        "install it (Debian, Ubuntu: `apt-get install openjdk-17-jre-headless`) or set JAVA_HOME, "
        "then run the command again; DuckDB, the default engine, needs no Java",
        "インストールする(Debian・Ubuntu: `apt-get install openjdk-17-jre-headless`)か JAVA_HOME を"
        "設定して再実行してください。既定の DuckDB に Java は不要です",
    )


def require_libraries() -> None:
    """Refuse where the spark extra is not installed."""
    missing = [n for n in ("pyspark", "dbt.adapters.spark", "pyhive") if not _installed(n)]
    if missing:
        names = ", ".join(missing)
        raise SparkUnavailable(
            f"the second engine is not installed: {names} missing",
            f"Spark 用のライブラリがありません: {names}",
            "run `pip install 'leadloop[spark]'` (in a checkout `pip install -e '.[spark]'`)",
            "`pip install 'leadloop[spark]'`(チェックアウトでは `pip install -e '.[spark]'`)を"
            "実行してください",
        )


def _installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _candidates() -> Iterator[Path]:
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"])
    on_path = shutil.which("java")
    if on_path:
        # bin/java is a chain of links on Debian; the end of it lies in the home
        yield Path(on_path).resolve().parent.parent
    for folder in _USUAL_FOLDERS:
        if folder.is_dir():
            yield from sorted(p for p in folder.iterdir() if (p / "bin" / "java").exists())


def _version_of(home: Path) -> int | None:
    """The major version of the Java in `home`; None where there is none that runs."""
    try:
        done = subprocess.run(
            [str(home / "bin" / "java"), "-version"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    said = _VERSION.search(done.stderr + done.stdout)
    return int(said[1]) if said else None
