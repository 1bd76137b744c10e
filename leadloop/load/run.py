"""Loads a directory of exports into the data home: all of it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from leadloop import clock
from leadloop.errors import InputRejected, Place, PublishFailed, UsageError
from leadloop.load.faults import Notice, notice, refuse
from leadloop.load.history import (
    Arrival,
    Earlier,
    Facts,
    refuse_cut,
    refuse_older,
    remarks,
    volumes_after,
)
from leadloop.load.ingest import Ingest, Ingested
from leadloop.load.mapping import Mapping, Mode
from leadloop.load.source_files import SourceFile, find_files
from leadloop.load.store import (
    Change,
    LoadedFile,
    load_lock,
    loaded_files,
    recover,
    staging_directory,
)
from leadloop.raw.contract import TABLES
from leadloop.settings import Company, Home

Progress = Callable[[str, int, int], None]  # file, bytes of work done, bytes of work in all


@dataclass(frozen=True)
class FileResult:
    """What became of one source file."""

    file: str
    table: str
    state: str  # loaded | unchanged
    encoding: str
    rows_read: int
    rows_loaded: int
    rows_rejected: int


@dataclass(frozen=True)
class LoadReport:
    """What a load did; `changed` is false where the home is as it was."""

    source: str
    files: tuple[FileResult, ...]
    notices: tuple[Notice, ...]
    changed: bool


def load(
    mapping: Mapping,
    directory: Path,
    home: Home,
    *,
    source: str | None = None,
    mode: Mode | None = None,
    progress: Progress | None = None,
    allow_older: bool = False,
    accept_volume: bool = False,
) -> LoadReport:
    """Loads every file of `mapping` from `directory` into `home`.

    Args:
        mapping: from `mapping_file.read_mapping`.
        directory: where the exports are.
        home: the data home; created where it is missing.
        source: stands in for the mapping's own source name.
        mode: stands in for the mode of every file.
        progress: is told how far the load is.
        allow_older: load an export that ends before one that is loaded.
        accept_volume: load an export of a very different size than those before.

    Raises:
        InputRejected: a file breaks a rule; the home is as it was.
        Locked: another load is running.
        PublishFailed: the disk refused the new files.
    """
    mapping = _with_overrides(mapping, source, mode)
    try:
        with load_lock(home):
            recover(home)
            allowed = _Allowed(allow_older, accept_volume)
            return _load(mapping, Path(directory), home, progress or _silent, allowed)
    except OSError as error:
        raise PublishFailed(
            f"the data home cannot be written: {error.strerror or error}",
            f"データの保存先に書けません: {error.strerror or error}",
            "Check free space and permissions; what was loaded before is unchanged.",
            "空き容量と権限を確かめてください。読み込み済みのデータはそのままです。",
            Place(error.filename or str(home.root), rule="home_not_writable"),
        ) from error


def _with_overrides(mapping: Mapping, source: str | None, mode: Mode | None) -> Mapping:
    if source is not None and not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", source):
        raise UsageError(
            f"'{source}' cannot be a source name",
            f"'{source}' はソース名に使えません",
            "Use small letters, digits and underscores, up to 40, a letter first.",
            "英小文字で始まる40字以内の英小文字・数字・アンダースコアにしてください。",
            Place(rule="source_name"),
        )
    changes: dict[str, object] = {"source": source} if source else {}
    if mode is not None:
        changes["tables"] = {
            table: tuple(spec.model_copy(update={"mode": mode}) for spec in specs)
            for table, specs in mapping.tables.items()
        }
    return mapping.model_copy(update=changes)


def _silent(file: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True)
class _Allowed:
    """What the user let pass."""

    older: bool
    volume: bool


def _load(
    mapping: Mapping, directory: Path, home: Home, progress: Progress, allowed: _Allowed
) -> LoadReport:
    found = find_files(mapping, directory)
    loaded_at = clock.now().astimezone(UTC).replace(tzinfo=None)
    notices = list(found.notices)
    with staging_directory(home, loaded_at) as staging:
        change = Change(home, staging)
        results: list[FileResult] = []
        plan = _Plan(mapping, home, found.files)
        # every file is read twice: once to check its bytes, once for its rows
        total = 2 * sum(file.path.stat().st_size for file in found.files)
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            progress(current, min(done, total), total)

        current = ""
        ingest = Ingest(found.files, mapping.source, loaded_at, staging, plan.is_known, advance)
        for file in found.files:
            current = file.name
            taken = ingest.take(file)
            if isinstance(taken, str):
                results.append(plan.keep(file, taken))
                continue
            notices += taken.notices
            results.append(plan.accept(taken))
        facts = plan.compare(allowed)
        notices += plan.notices
        for taken, stem in plan.accepted:
            change.add(taken, mapping.source, stem, loaded_at, facts[stem, taken.file.table])
        for earlier in plan.outdated():
            change.remove(earlier)
        notices += plan.replacement_notices()
        _set_company(change, mapping, home)
        change.fill_folders()
        if change:
            change.commit()
        notices += _still_empty(mapping, home)
        return LoadReport(mapping.source, tuple(results), tuple(notices), bool(change))


class _Plan:
    """Which loaded files stay, which are replaced, and the names of the new ones."""

    def __init__(self, mapping: Mapping, home: Home, files: tuple[SourceFile, ...]) -> None:
        self._source = mapping.source
        self._tables = dict.fromkeys(file.table for file in files)
        self._loaded = {t: loaded_files(home, mapping.source, t) for t in self._tables}
        self._modes = {file.table: file.spec.mode for file in files}
        self._mappings = {
            t: {file.spec.identity() for file in files if file.table == t} for t in self._tables
        }
        self._kept: set[Path] = set()
        self._in_this_load: dict[tuple[str, str, str], str] = {}
        self.accepted: list[tuple[Ingested, str]] = []
        self.notices: list[Notice] = []

    def is_known(self, file: SourceFile, sha256: str) -> bool:
        key = (file.table, sha256, file.spec.identity())
        return key in self._in_this_load or self._find(file, sha256) is not None

    def keep(self, file: SourceFile, sha256: str) -> FileResult:
        """A file that is loaded already."""
        earlier = self._find(file, sha256)
        if earlier is not None:
            self._kept.add(earlier.path)
        else:
            twin = self._in_this_load[(file.table, sha256, file.spec.identity())]
            self.notices.append(notice("same_content", file.name, other=twin))
        rows = earlier.rows if earlier else 0
        return FileResult(file.name, file.table, "unchanged", "", 0, rows, 0)

    def accept(self, taken: Ingested) -> FileResult:
        """A new file; refused when it would empty a snapshot."""
        file, tally = taken.file, taken.tally
        before = sum(loaded.rows for loaded in self._loaded[file.table])
        if file.spec.mode == "snapshot" and tally.read == 0 and before:
            raise refuse("empty_snapshot", file.name, rows=before)
        self._in_this_load[(file.table, taken.sha256, file.spec.identity())] = file.name
        self.accepted.append((taken, self._stem(taken)))
        return FileResult(
            file.name,
            file.table,
            "loaded",
            taken.encoding,
            tally.read,
            tally.loaded,
            len(tally.rejects),
        )

    def compare(self, allowed: _Allowed) -> dict[tuple[str, str], Facts]:
        """What is to be remembered of each accepted file, if it can follow those before.

        Raises:
            InputRejected: it is older, cut, or of a very different size.
        """
        facts: dict[tuple[str, str], Facts] = {}
        for table, mode in self._modes.items():
            accepted = [(t, stem) for t, stem in self.accepted if t.file.table == table]
            groups = [accepted] if mode == "snapshot" else [[one] for one in accepted]
            for group in groups:
                if not group:
                    continue
                arrival = self._arrival(table, mode, [taken for taken, _ in group])
                if not allowed.older:
                    refuse_older(arrival)
                refuse_cut(arrival)
                volumes = volumes_after(arrival, allowed.volume)
                self.notices += remarks(arrival)
                for taken, stem in group:
                    facts[stem, table] = replace(taken.facts, volumes=volumes)
        return facts

    def _arrival(self, table: str, mode: Mode, group: list[Ingested]) -> Arrival:
        """A group beside what it replaces (a snapshot) or repeats (a file of the same name)."""
        names = {taken.file.name for taken in group}
        identities = {taken.file.spec.identity() for taken in group}
        kept = [e for e in self._loaded[table] if e.path in self._kept and mode == "snapshot"]
        return Arrival(
            group[0].file.name,
            mode,
            sum(taken.tally.read for taken in group) + sum(e.rows for e in kept),
            [taken.facts for taken in group] + [e.facts for e in kept],
            [
                Earlier(e.file, e.rows, e.facts)
                for e in self._loaded[table]
                # under another mapping the same file would have other instants
                if e.mapping in identities and (mode == "snapshot" or e.file in names)
            ],
        )

    def outdated(self) -> list[LoadedFile]:
        """Earlier files that this load replaces."""
        new = {(taken.file.table, f"{stem}.parquet") for taken, stem in self.accepted}
        return [
            loaded
            for table, earlier in self._loaded.items()
            for loaded in earlier
            if self._is_outdated(table, loaded) and (table, loaded.path.name) not in new
        ]

    def replacement_notices(self) -> list[Notice]:
        """How many earlier files each snapshot replaced."""
        counts: dict[str, int] = {}
        for table, earlier in self._loaded.items():
            gone = [loaded for loaded in earlier if self._is_outdated(table, loaded)]
            if gone and self._modes[table] == "snapshot":
                counts[table] = len(gone)
        return [notice("removed_by_snapshot", t, count=n) for t, n in counts.items()]

    def _find(self, file: SourceFile, sha256: str) -> LoadedFile | None:
        wanted = (sha256, file.spec.identity())
        for loaded in self._loaded[file.table]:
            if (loaded.sha256, loaded.mapping) == wanted:
                return loaded
        return None

    def _is_outdated(self, table: str, loaded: LoadedFile) -> bool:
        if loaded.path in self._kept:
            return False
        if self._modes[table] == "snapshot":
            return True
        # the same file under a mapping that has changed since
        again = {taken.sha256 for taken, _ in self.accepted if taken.file.table == table}
        return loaded.sha256 in again and loaded.mapping not in self._mappings[table]

    def _stem(self, taken: Ingested) -> str:
        """`<source>-<sha12>`, numbered where one file feeds a table by two mappings."""
        table = taken.file.table
        used = {stem for other, stem in self.accepted if other.file.table == table}
        used |= {
            loaded.path.stem
            for loaded in self._loaded[table]
            if loaded.mapping in self._mappings[table]
        }
        stem = f"{self._source}-{taken.sha256[:12]}"
        candidates = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
        return next(name for name in candidates if name not in used)


def _set_company(change: Change, mapping: Mapping, home: Home) -> None:
    try:
        company = home.company()
    except ValueError as error:
        raise InputRejected(
            f"the company settings cannot be read: {error}",
            f"会社の設定を読めません: {error}",
            "Correct or remove the file, then load again.",
            "ファイルを直すか消して、もう一度読み込んでください。",
            Place(str(home.company_file), rule="company_settings"),
        ) from error
    stated = mapping.company.changes(company.business_timezone)
    if stated or not home.company_file.exists():
        change.set_company(Company.model_validate({**company.model_dump(), **stated}))


def _still_empty(mapping: Mapping, home: Home) -> list[Notice]:
    empty = []
    for name, table in TABLES.items():
        names = {path.name for path in (home.raw / name).glob("*.parquet")}
        if table.must_be_mapped and mapping.tables.get(name) and names <= {"_empty.parquet"}:
            empty.append(notice("table_still_empty", table=name))
    return empty
