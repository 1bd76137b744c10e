"""What was written last to a tool, and how an export becomes the newest entry.

Every export is a directory `exports/<tool>/<source>/<export id>/` with its files, `ledger.parquet`
(what these files say) and `export.json`. It is made beside its place and renamed into it: killed
before that, an export never was; after it, it is whole. Nothing is ever changed in it, so taking
the directory away undoes exactly that export.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from leadloop.errors import Locked, Place
from leadloop.export.faults import refuse
from leadloop.publish.durable import fsync_directory, fsync_file, storage, write_durably
from leadloop.publish.pointer import is_run_id

LEDGER = "ledger.parquet"
REPORT = "export.json"
_DELIVERED = "delivered"
_WORK = ".work-"
_SCHEMA = pa.schema([("key", pa.string()), ("column", pa.string()), ("value", pa.string())])
_BATCH = 50_000

Cells = tuple[str | None, ...]


class Ledger:
    """The exports of one source into one tool.

    Args:
        directory: exports/<tool>/<source> in the data home; it need not be there yet.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def exports(self) -> list[str]:
        """The ids of the finished exports, oldest first."""
        if not self._directory.is_dir():
            return []
        return sorted(p.name for p in self._directory.iterdir() if is_run_id(p.name) and p.is_dir())

    def path(self, export_id: str) -> Path:
        """The directory of an export."""
        return self._directory / export_id

    def state(self, columns: tuple[str, ...]) -> dict[str, Cells]:
        """What was written last, by key, in the order of `columns`; None where nothing ever was.

        Raises:
            InputRejected: an entry cannot be read. To go on without it would send everything again.
        """
        position = {name: n for n, name in enumerate(columns)}
        state: dict[str, list[str | None]] = {}
        known: dict[str, str] = {}  # versions, grades and reasons repeat: one copy is enough
        for export_id in self.exports():
            for key, column, value in _entries(self.path(export_id) / LEDGER):
                cells = state.get(key)
                if cells is None:
                    cells = state[key] = [None] * len(columns)
                if column in position:
                    cells[position[column]] = known.setdefault(value, value)
        return {key: tuple(cells) for key, cells in state.items()}

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One export at a time; the lock goes with the process that holds it.

        Raises:
            Locked: another export of this source into this tool is running.
        """
        with storage(self._directory):
            self._directory.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._directory / "export.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Locked(
                    "another export into this tool is running",
                    "このツールへの別の書き出しが実行中です",
                    "wait for it to end, then run the command again",
                    "終わるのを待って、もう一度実行してください",
                    Place(str(self._directory / "export.lock"), rule="export_locked"),
                ) from error
            for left in self._directory.glob(f"{_WORK}*"):
                shutil.rmtree(left)
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def work(self, export_id: str) -> Iterator[Path]:
        """A directory beside the export's place; gone afterwards unless it was committed."""
        path = self._directory / f"{_WORK}{export_id}"
        with storage(path):
            path.mkdir()
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def commit(
        self,
        work: Path,
        export_id: str,
        entries: Iterable[tuple[str, str, str]],
        report: dict[str, Any],
        before: Callable[[str], None],
    ) -> Path:
        """Writes the ledger and the report beside the files, and puts all in place in one step.

        `before` is called with the name of each step, so that tests can stop there.
        """
        before("ledger")
        with storage(work):
            _write(work / LEDGER, entries)
            content = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
            (work / REPORT).write_text(content, "utf-8")
            for path in work.iterdir():
                fsync_file(path)
            fsync_directory(work)
            before("rename")
            work.rename(self.path(export_id))
            fsync_directory(self._directory)
        return self.path(export_id)

    def undelivered(self) -> Iterator[tuple[Path, Path]]:
        """Exports whose files were to be copied somewhere and are not all there."""
        for export_id in self.exports():
            path = self.path(export_id)
            if (path / _DELIVERED).exists():
                continue
            try:
                target = json.loads((path / REPORT).read_text("utf-8")).get("to")
            except (OSError, ValueError):
                continue
            if target:
                yield path, Path(target)


def deliver(export: Path, target: Path, before: Callable[[str], None]) -> list[Path]:
    """Copies the files of an export into `target`, each whole or not at all; may be repeated."""
    copied = []
    with storage(target):
        target.mkdir(parents=True, exist_ok=True)
        for path in files_of(export):
            before("deliver")
            write_durably(target / path.name, path.read_bytes())
            copied.append(target / path.name)
        before("delivered")
        write_durably(export / _DELIVERED, b"")
    return copied


def files_of(export: Path) -> list[Path]:
    """The files of an export that are for the tool."""
    names = json.loads((export / REPORT).read_text("utf-8"))["files"]
    return [export / file["name"] for file in names]


def _write(path: Path, entries: Iterable[tuple[str, str, str]]) -> None:
    with pq.ParquetWriter(path, _SCHEMA, compression="zstd") as writer:
        batch: list[tuple[str, str, str]] = []
        for entry in entries:
            batch.append(entry)
            if len(batch) == _BATCH:
                writer.write_table(_table(batch))
                batch = []
        writer.write_table(_table(batch))


def _table(entries: list[tuple[str, str, str]]) -> pa.Table:
    columns = zip(*entries, strict=True) if entries else ((), (), ())
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def _entries(path: Path) -> Iterator[tuple[str, str, str]]:
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_BATCH, columns=_SCHEMA.names):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
    except (OSError, pa.ArrowException) as error:
        problem = str(error).partition("\n")[0][:120]
        raise refuse("ledger_damaged", str(path), problem=problem) from error
