"""What a machine and a data home need, what they have, and the next step."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from leadloop.errors import InputRejected
from leadloop.publish.connectors import require_connectors
from leadloop.publish.durable import free_megabytes
from leadloop.publish.inputs import raw_paths
from leadloop.publish.lock import holder_of
from leadloop.publish.run_settings import company_of
from leadloop.publish.versions import NothingPublished, resolve
from leadloop.raw.tools import tools_loaded
from leadloop.settings import Connector, Home

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
_NEEDED_MEGABYTES = 2000


@dataclass(frozen=True)
class Fact:
    """One line of the doctor: level is ok, note (an optional thing lacks) or bad."""

    level: str
    name: str
    en: str
    ja: str


def examine(home: Home) -> list[Fact]:
    """Everything the doctor looks at, in reading order."""
    return [
        _python(),
        *(_package(name) for name in ("dbt-core", "dbt-duckdb", "duckdb", "streamlit")),
        _writable(home),
        _disk(home),
        _lock(home),
        _raw(home),
        _tools(home),
        _published(home),
        _japanese_fonts(),
        _chromium(),
        _java(),
    ]


def next_step(home: Home) -> tuple[str, str]:
    """What to run now, in English and Japanese."""
    if not raw_paths(home) and not _connectors(home):
        return (
            "run `leadloop demo`, or `leadloop load --mapping M --from DIR` with your own files",
            "`leadloop demo`、または自社データで `leadloop load --mapping M --from DIR`",
        )
    try:
        found = resolve(home)
    except NothingPublished:
        return "run `leadloop build`", "`leadloop build` を実行してください"
    if found.is_fallback:
        return (
            "run `leadloop verify` to see the damage, then `leadloop build --force`",
            "`leadloop verify` で損傷を確認し、`leadloop build --force` を実行してください",
        )
    return "run `leadloop dashboard`", "`leadloop dashboard` で閲覧できます"


def _python() -> Fact:
    good = (3, 11) <= sys.version_info[:2] < (3, 14)
    text = platform.python_version()
    return Fact("ok" if good else "bad", "python", text, text)


def _package(name: str) -> Fact:
    try:
        text = version(name)
    except PackageNotFoundError:
        return Fact("bad", name, "not installed: run `make setup`", "未導入: `make setup` を実行")
    return Fact("ok", name, text, text)


def _writable(home: Home) -> Fact:
    place = home.root
    while not place.exists():
        place = place.parent
    good = os.access(place, os.W_OK | os.X_OK)
    en, ja = ("writable", "書き込み可") if good else ("not writable", "書き込み不可")
    return Fact("ok" if good else "bad", "home", f"{home.root} {en}", f"{home.root} {ja}")


def _disk(home: Home) -> Fact:
    free = free_megabytes(home.root)
    level = "ok" if free >= _NEEDED_MEGABYTES else "bad"
    return Fact(level, "disk", f"{free} MB free", f"空き {free} MB")


def _lock(home: Home) -> Fact:
    holder = holder_of(home)
    if holder is None:
        return Fact("ok", "lock", "no build is running", "実行中のビルドなし")
    return Fact(
        "note",
        "lock",
        f"process {holder.pid} on {holder.host} builds since {holder.started_at}",
        f"プロセス {holder.pid}({holder.host})が {holder.started_at} からビルド中",
    )


def _raw(home: Home) -> Fact:
    paths = raw_paths(home)
    if not paths:
        return Fact("note", "raw", "nothing is loaded yet", "まだデータがありません")
    size = sum(p.stat().st_size for p in paths) / 1_000_000
    return Fact(
        "ok", "raw", f"{len(paths)} files, {size:.1f} MB", f"{len(paths)} ファイル、{size:.1f} MB"
    )


def _connectors(home: Home) -> dict[str, Connector]:
    try:
        return home.company().connectors
    except ValueError:
        return {}


def _tools(home: Home) -> Fact:
    """The tools that a build would read, and where from."""
    try:
        company = company_of(home)
        require_connectors(company, home)
    except InputRejected as error:
        return Fact("bad", "tools", error.message["en"], error.message["ja"])
    files = tools_loaded(home)
    en, ja = [], []
    for tool in sorted({*files, *company.connectors}):
        place = company.connectors.get(tool)
        if place:
            where = f"{place.schema_name} ({place.path or place.database or 'warehouse'})"
            en.append(f"{tool}: connector, schema {where}")
            ja.append(f"{tool}: コネクタ、スキーマ {where}")
        else:
            en.append(f"{tool}: loaded files")
            ja.append(f"{tool}: 取り込んだファイル")
    return Fact("ok", "tools", "; ".join(en) or "none is on", "、".join(ja) or "なし")


def _published(home: Home) -> Fact:
    try:
        found = resolve(home)
    except NothingPublished as error:
        return Fact("note", "published", f"nothing ({error.problem})", f"なし({error.problem})")
    as_of = f"{found.manifest.as_of:%Y-%m-%d %H:%M}Z"
    if found.is_fallback:
        return Fact(
            "bad",
            "published",
            f"the current version is damaged ({found.problem}); readers get {found.run_id}",
            f"現在の版が損傷しています({found.problem})。閲覧側は {found.run_id} を見ています",
        )
    return Fact(
        "ok", "published", f"{found.run_id}, as of {as_of}", f"{found.run_id}、基準日時 {as_of}"
    )


def _output(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr


def _japanese_fonts() -> Fact:
    if _output("fc-list", ":lang=ja", "family").strip():
        return Fact("ok", "fonts", "Japanese fonts found", "日本語フォントあり")
    return Fact(
        "note",
        "fonts",
        "no Japanese font on this machine: screenshots taken here show boxes",
        "日本語フォントなし: このマシンで撮る画面は文字化けします",
    )


def _chromium() -> Fact:
    path = next((p for p in map(shutil.which, _CHROMIUM) if p), None)
    if path:
        return Fact("ok", "chromium", path, path)
    return Fact(
        "note", "chromium", "not found (browser tests only)", "なし(ブラウザーテストのみ必要)"
    )


def _java() -> Fact:
    first = next(iter(_output("java", "-version").splitlines()), "")
    if first:
        return Fact("ok", "java", first, first)
    return Fact("note", "java", "not found (Spark only)", "なし(Spark のみ必要)")
