"""Looks at everything a data home holds: every version, the pointer, the raw files."""

from __future__ import annotations

from dataclasses import dataclass

from leadloop.publish.durable import sha256_of
from leadloop.publish.manifest import RawFile
from leadloop.publish.pointer import PointerProblem, Problem, read_pointer
from leadloop.publish.versions import Version, list_versions, open_version
from leadloop.settings import Home

RAW_DAMAGED = "raw_damaged"
RAW_MISSING = "raw_missing"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `problem` is None where it is in order."""

    kind: str  # pointer | version | raw
    name: str
    problem: str | None = None
    size: int | None = None
    is_current: bool = False


def inspect(home: Home) -> list[Check]:
    """Check the pointer, every version, and the raw files the published version was built from."""
    current, pointer_problem = _current(home)
    checks = [Check("pointer", home.pointer.name, pointer_problem)]
    published: Version | None = None
    for run_id in list_versions(home):
        version, problem = open_version(home, run_id)
        size = version.manifest.size if version else None
        checks.append(Check("version", run_id, problem, size, run_id == current))
        if run_id == current:
            published = version
    if published:
        checks += [_raw(home, file) for file in published.manifest.raw_files]
    return checks


def _current(home: Home) -> tuple[str | None, Problem | None]:
    try:
        pointer = read_pointer(home)
    except PointerProblem as error:
        return None, error.problem
    version, problem = open_version(home, pointer.run_id)
    if version and version.manifest.sha256 != pointer.sha256:
        problem = Problem.CHECKSUM_MISMATCH
    return pointer.run_id, problem


def _raw(home: Home, file: RawFile) -> Check:
    path = home.raw / file.path
    if not path.exists():
        # a later load or an erasure may have replaced it: worth a word, not a fault
        return Check("raw", file.path, RAW_MISSING)
    damaged = path.stat().st_size != file.size or sha256_of(path) != file.sha256
    return Check("raw", file.path, RAW_DAMAGED if damaged else None, file.size)
