"""The raw part of the data home: what is loaded, and how a load becomes visible at once.

A load writes everything into a staging directory, then a journal of moves and removals, then
carries the journal out. A load that is killed before the journal leaves no trace; one that is
killed after it is finished by the next (`recover`).
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from leadloop.errors import Locked, Place
from leadloop.load.history import Facts
from leadloop.load.ingest import Ingested
from leadloop.load.transform import raw_schema
from leadloop.raw.contract import FACTS_KEY, LOAD_FILES_COLUMNS, LOAD_REJECTS_COLUMNS, TABLES
from leadloop.settings import Company, Home

_JOURNAL = "commit.json"
_EMPTY = "_empty.parquet"
_TYPES = {
    "rows_read": pa.int64(),
    "rows_loaded": pa.int64(),
    "rows_rejected": pa.int64(),
    "line": pa.int64(),
    "loaded_at": pa.timestamp("us"),
}


def _schema(columns: tuple[str, ...]) -> pa.Schema:
    return pa.schema([(name, _TYPES.get(name, pa.string())) for name in columns])


LOAD_FILES_SCHEMA = _schema(LOAD_FILES_COLUMNS)
LOAD_REJECTS_SCHEMA = _schema(LOAD_REJECTS_COLUMNS)


def raw_folders() -> dict[str, pa.Schema]:
    """Every folder of the raw directory and the schema of its Parquet files."""
    tables = {name: raw_schema(name) for name in TABLES}
    return {**tables, "load_files": LOAD_FILES_SCHEMA, "load_rejects": LOAD_REJECTS_SCHEMA}


@dataclass(frozen=True)
class LoadedFile:
    """A Parquet file of an earlier load."""

    path: Path
    file: str
    sha256: str
    mapping: str
    rows: int
    facts: Facts


def loaded_files(home: Home, source: str, table: str) -> list[LoadedFile]:
    """What is loaded from `source` into `table`."""
    found = []
    for path in sorted((home.raw / table).glob(f"{source}-*.parquet")):
        footer = pq.read_metadata(path)
        meta = {k.decode(): v.decode() for k, v in (footer.metadata or {}).items() if k[:1] == b"l"}
        if meta.get("leadloop.source") == source:
            found.append(
                LoadedFile(
                    path,
                    meta["leadloop.file"],
                    meta["leadloop.sha256"],
                    meta["leadloop.mapping"],
                    footer.num_rows,
                    _facts(home, table, path),
                )
            )
    return found


def _facts(home: Home, table: str, path: Path) -> Facts:
    account = home.raw / "load_files" / f"{table}-{path.name}"
    if not account.exists():
        return Facts.from_json(None)
    kept = (pq.read_metadata(account).metadata or {}).get(FACTS_KEY)
    return Facts.from_json(kept.decode() if kept else None)


@contextmanager
def load_lock(home: Home) -> Iterator[None]:
    """One load at a time; the lock goes with the process that holds it.

    Raises:
        Locked: another load holds it.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    path = home.root / "load.lock"
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            holder = handle.read(20).strip() or "?"
            raise Locked(
                f"another load is running (process {holder})",
                f"別の読み込みが実行中です（プロセス {holder}）",
                "Wait until it has finished, then load again.",
                "終わるのを待って、もう一度実行してください。",
                Place(str(path), rule="load_locked"),
            ) from error
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def recover(home: Home) -> None:
    """Finishes a load that was killed while it became visible; clears what others left."""
    for staging in sorted(_workshop(home).glob("*")):
        journal = staging / _JOURNAL
        if journal.exists():
            _carry_out(home, staging, json.loads(journal.read_text("utf-8")))
        shutil.rmtree(staging)
    if _workshop(home).exists():
        _workshop(home).rmdir()


@contextmanager
def staging_directory(home: Home, loaded_at: datetime) -> Iterator[Path]:
    """A directory on the home's file system that is gone afterwards."""
    staging = _workshop(home) / f"{loaded_at:%Y%m%dT%H%M%S}-{os.getpid()}"
    staging.mkdir(parents=True)
    try:
        yield staging
    finally:
        # a journal that could not be carried out is finished by the next load
        if not (staging / _JOURNAL).exists():
            shutil.rmtree(staging, ignore_errors=True)
            with_others = any(_workshop(home).iterdir())
            if not with_others:
                _workshop(home).rmdir()


class Change:
    """What a load will do to the home: files to move in, files to remove.

    Args:
        home: the data home.
        staging: the staging directory of the load.
    """

    def __init__(self, home: Home, staging: Path) -> None:
        self._home = home
        self._staging = staging
        self._moves: dict[str, str] = {}
        self._removes: list[str] = []
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._moves or self._removes)

    def add(
        self, ingested: Ingested, source: str, stem: str, loaded_at: datetime, facts: Facts
    ) -> None:
        """One loaded file with its account in load_files and load_rejects."""
        table = ingested.file.table
        self._move(ingested.parquet, f"raw/{table}/{stem}.parquet")
        tally = ingested.tally
        account = {
            "source": source,
            "table_name": table,
            "file": ingested.file.name,
            "sha256": ingested.sha256,
            "encoding": ingested.encoding,
            "rows_read": tally.read,
            "rows_loaded": tally.loaded,
            "rows_rejected": len(tally.rejects),
            "loaded_at": loaded_at,
        }
        schema = LOAD_FILES_SCHEMA.with_metadata({FACTS_KEY: facts.to_json()})
        self._write(schema, [account], f"raw/load_files/{table}-{stem}.parquet")
        rejects = [
            {
                "source": source,
                "table_name": table,
                "file": ingested.file.name,
                "line": fault.line,
                "column_name": fault.column,
                "rule": fault.rule,
                "value": fault.value,
                "message": fault.message["en"],
                "loaded_at": loaded_at,
            }
            for fault in sorted(tally.rejects, key=lambda fault: fault.line)
        ]
        target = f"raw/load_rejects/{table}-{stem}.parquet"
        if rejects:
            self._write(LOAD_REJECTS_SCHEMA, rejects, target)
        elif (self._home.root / target).exists():
            self._removes.append(target)

    def remove(self, loaded: LoadedFile) -> None:
        """An earlier loaded file and its account."""
        table, name = loaded.path.parent.name, loaded.path.name
        for target in (
            f"raw/{table}/{name}",
            f"raw/load_files/{table}-{name}",
            f"raw/load_rejects/{table}-{name}",
        ):
            if (self._home.root / target).exists():
                self._removes.append(target)

    def set_company(self, company: Company) -> None:
        """The company's settings, where they differ from those in the home."""
        text = company.model_dump_json(indent=2) + "\n"
        if self._home.company_file.exists() and self._home.company_file.read_text("utf-8") == text:
            return
        path = self._next("json")
        path.write_text(text, "utf-8")
        self._move(path, "company.json")

    def fill_folders(self) -> None:
        """An empty Parquet file in every folder that would hold none, none in the others."""
        for folder, schema in raw_folders().items():
            prefix, empty = f"raw/{folder}/", f"raw/{folder}/{_EMPTY}"
            present = {f"{prefix}{p.name}" for p in (self._home.raw / folder).glob("*.parquet")}
            after = (present - set(self._removes)) | {
                target for target in self._moves.values() if target.startswith(prefix)
            }
            if not after:
                self._write(schema, [], empty)
            elif len(after) > 1 and empty in after:
                self._removes.append(empty)

    def commit(self) -> None:
        """Makes the change visible."""
        for name in self._moves:
            _sync(self._staging / name)
        removes = [target for target in self._removes if target not in self._moves.values()]
        journal = {"moves": self._moves, "removes": removes}
        half = self._staging / f"{_JOURNAL}.half"
        half.write_text(json.dumps(journal), "utf-8")
        _sync(half)
        half.rename(self._staging / _JOURNAL)
        _sync(self._staging)
        _carry_out(self._home, self._staging, journal)
        (self._staging / _JOURNAL).unlink()

    def _next(self, suffix: str) -> Path:
        self._count += 1
        return self._staging / f"change-{self._count}.{suffix}"

    def _write(self, schema: pa.Schema, rows: list[dict], target: str) -> None:
        path = self._next("parquet")
        pq.write_table(pa.Table.from_pylist(rows, schema), path, compression="zstd")
        self._move(path, target)

    def _move(self, path: Path, target: str) -> None:
        self._moves[path.name] = target


def _workshop(home: Home) -> Path:
    return home.root / "load-work"


def _carry_out(home: Home, staging: Path, journal: dict) -> None:
    """Moves, then removes; may be repeated after a crash in the middle."""
    folders = set()
    for name, target in journal["moves"].items():
        goal = home.root / target
        folders.add(goal.parent)
        if (staging / name).exists():
            goal.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staging / name, goal)
    for target in journal["removes"]:
        (home.root / target).unlink(missing_ok=True)
    for folder in folders:
        _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
