"""Which version a reader gets, and whether what lies on disk is what was published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from leadloop.errors import LeadloopError
from leadloop.publish.connection import connect_file
from leadloop.publish.durable import sha256_of
from leadloop.publish.manifest import FILE_NAME, WAREHOUSE_NAME, Manifest
from leadloop.publish.pointer import PointerProblem, Problem, is_run_id, read_pointer
from leadloop.settings import Home


@dataclass(frozen=True)
class Version:
    """A version that verified.

    `is_fallback` is true where it is not the one asked for; `problem` then says what is wrong with
    that one (a `Problem` code).
    """

    path: Path
    manifest: Manifest
    is_fallback: bool = False
    problem: str | None = None

    @property
    def run_id(self) -> str:
        return self.manifest.run_id


class NothingPublished(LeadloopError):
    """There is no version that a reader could open; `problem` says why."""

    exit_code = 3

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            f"no published version can be read ({problem.value})",
            f"読める公開版がありません({problem.value})",
            "run `leadloop build`, or `leadloop demo` for the demo company",
            "`leadloop build`(デモは `leadloop demo`)を実行してください",
        )
        self.problem = problem


def list_versions(home: Home) -> list[str]:
    """The run ids below versions/, newest first; links and other names are not versions."""
    if not home.versions.is_dir():
        return []
    found = (p for p in home.versions.iterdir() if is_run_id(p.name))
    return sorted((p.name for p in found if p.is_dir() and not p.is_symlink()), reverse=True)


def open_version(home: Home, run_id: str) -> tuple[Version | None, Problem | None]:
    """The version `run_id` if its file is the one that was published, else what is wrong."""
    directory = home.versions / run_id
    if not is_run_id(run_id) or directory.is_symlink() or not directory.is_dir():
        return None, Problem.VERSION_MISSING
    try:
        manifest = _manifest(directory, _stamp(directory / FILE_NAME))
    except (OSError, ValueError):
        return None, Problem.MANIFEST_UNREADABLE
    if manifest.run_id != run_id:
        return None, Problem.MANIFEST_UNREADABLE
    path = directory / WAREHOUSE_NAME
    problem = _file_problem(path, manifest)
    return (None, problem) if problem else (Version(path, manifest), None)


def resolve(home: Home, run_id: str | None = None) -> Version:
    """The version to read: the pinned `run_id` if given, else the published one.

    Where that one does not verify, the newest older version that does takes its place (then, so
    that a meeting sees something, the newest of all), marked as a fallback with the problem.

    Raises:
        NothingPublished: no version verifies.
    """
    problem: Problem | None
    if run_id is not None:
        version, problem = open_version(home, run_id)
        if version:
            return version
        try:
            current = resolve(home)
        except NothingPublished as error:
            raise NothingPublished(error.problem) from None
        pin_problem = Problem.PIN_UNKNOWN if problem is Problem.VERSION_MISSING else problem
        return Version(current.path, current.manifest, True, pin_problem)

    wanted: str | None = None
    try:
        pointer = read_pointer(home)
        wanted = pointer.run_id
        version, problem = open_version(home, wanted)
        if version and version.manifest.sha256 == pointer.sha256:
            return version
        problem = problem or Problem.CHECKSUM_MISMATCH
    except PointerProblem as error:
        problem = error.problem

    others = [v for v in list_versions(home) if v != wanted]
    if wanted:
        others.sort(key=lambda v: v > wanted)  # stable: older ones first, each part newest first
    for candidate in others:
        version, _ = open_version(home, candidate)
        if version:
            return Version(version.path, version.manifest, True, problem)
    raise NothingPublished(problem)


def connect(version: Version) -> duckdb.DuckDBPyConnection:
    """Open a version read-only and hardened."""
    return connect_file(version.path)


Stamp = tuple[int, int, int]


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


# A reader asks on every page run; what did not change on disk is not read twice.
@lru_cache(maxsize=64)
def _manifest(directory: Path, stamp: Stamp) -> Manifest:
    return Manifest.read(directory)


@lru_cache(maxsize=64)
def _sha256(path: Path, stamp: Stamp) -> str:
    return sha256_of(path)


def _file_problem(path: Path, manifest: Manifest) -> Problem | None:
    # DuckDB ignores a damaged .wal in silence and replays a whole one: neither was published
    if path.with_name(path.name + ".wal").exists():
        return Problem.WAL_PRESENT
    try:
        stamp = _stamp(path)
        if stamp[1] != manifest.size:
            return Problem.SIZE_MISMATCH
        if path.is_symlink() or _sha256(path, stamp) != manifest.sha256:
            return Problem.CHECKSUM_MISMATCH
    except OSError:
        return Problem.VERSION_MISSING
    return None
