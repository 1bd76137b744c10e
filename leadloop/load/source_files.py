"""Finds the files of a mapping in a directory and opens them safely."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from leadloop.load.faults import Notice, did_you_mean, nearest, notice, refuse, shortened
from leadloop.load.mapping import SUFFIXES, FileSpec, Mapping

# what somebody may have meant to load; a README beside the exports needs no word
_DATA_SUFFIXES = (*SUFFIXES, ".txt", ".xlsx", ".xls", ".gz", ".zip")


@dataclass(frozen=True)
class SourceFile:
    """One file to read for one raw table; `name` is relative to the directory."""

    name: str
    path: Path
    table: str
    spec: FileSpec


@dataclass(frozen=True)
class Found:
    """What a directory holds for a mapping."""

    files: tuple[SourceFile, ...]
    notices: tuple[Notice, ...]


def find_files(mapping: Mapping, directory: Path) -> Found:
    """Every file the mapping reads, in the order of the mapping.

    Raises:
        InputRejected: a required file is missing, or a file may not be read.
    """
    if not directory.is_dir():
        raise refuse("directory_missing", directory=str(directory))
    root = directory.resolve()
    present = [entry.name for entry in sorted(root.iterdir()) if not entry.name.startswith(".")]
    files: list[SourceFile] = []
    absent: list[FileSpec] = []
    for table, specs in mapping.tables.items():
        for spec in specs:
            matches = _matches(root, spec)
            if not matches:
                if not spec.optional:
                    raise _missing(spec, directory, present)
                absent.append(spec)
            resolved = mapping.resolved(spec)
            files += [SourceFile(name, _checked(root, name), table, resolved) for name in matches]
    if not files:
        patterns = [pattern for spec in absent for pattern in spec.file[:1]]
        raise refuse("nothing_to_load", directory=str(directory), patterns=shortened(patterns))
    return Found(tuple(files), tuple(_unread(present, files, absent)))


def _matches(root: Path, spec: FileSpec) -> list[str]:
    names: list[str] = []
    for pattern in spec.file:
        if not any(c in pattern for c in "*?["):
            found = [pattern] if os.path.lexists(root / pattern) else []
        else:
            found = sorted(
                p.relative_to(root).as_posix()
                for p in root.glob(pattern)
                if not p.name.startswith(".")
            )
        names += [name for name in found if name not in names]
    return names


def _missing(spec: FileSpec, directory: Path, present: list[str]) -> Exception:
    near = did_you_mean(nearest(spec.file[0], present))
    name = spec.file[0]
    return refuse("file_missing", name, None, None, pattern=name, directory=str(directory), **near)


def _unread(
    present: list[str], files: list[SourceFile], absent: list[FileSpec]
) -> Iterator[Notice]:
    read = {file.name.split("/")[0] for file in files}
    unread = [n for n in present if n not in read and n.lower().endswith(_DATA_SUFFIXES)]
    for spec in absent:
        near = nearest(spec.file[0], unread, cutoff=0.8)
        if near:
            yield notice("optional_file_missing", pattern=spec.file[0], near=near)
    if unread:
        yield notice("files_not_read", files=shortened(unread))


def _checked(root: Path, name: str) -> Path:
    """The real path of a regular file inside `root`."""
    if any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") for c in name):
        raise refuse("bad_file_name", ascii(name))
    try:
        real = (root / name).resolve(strict=True)
        mode = real.stat().st_mode
    except (OSError, RuntimeError) as error:
        raise refuse("file_unreadable", name, reason=_reason(error)) from error
    if not real.is_relative_to(root):
        raise refuse("outside_directory", name)
    if not stat.S_ISREG(mode):
        raise refuse("not_a_regular_file", name)
    return real


@contextmanager
def opened(file: SourceFile) -> Iterator[BinaryIO]:
    """The file, open for reading; refused when it changes before it is closed."""
    try:
        # no link may appear between check and use; a pipe must not block
        descriptor = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise refuse("file_unreadable", file.name, reason=_reason(error)) from error
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise refuse("not_a_regular_file", file.name)
        yield stream  # type: ignore[misc]
        refuse_if_changed(stream, file.name, before)  # type: ignore[arg-type]


def refuse_if_changed(stream: BinaryIO, name: str, before: os.stat_result) -> None:
    """Refuses a file that was written to since `before`."""
    after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise refuse("file_changing", name)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
