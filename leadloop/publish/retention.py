"""Which versions and which failed runs stay on disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from leadloop.publish.pointer import Pointer, PointerProblem, is_run_id, read_pointer
from leadloop.publish.versions import list_versions
from leadloop.settings import Home

KEEP_VERSIONS = 10
KEEP_FAILED = 3
FAILED_MARK = "FAILED.txt"


def drop_old_versions(home: Home, keep: int = KEEP_VERSIONS) -> list[str]:
    """Remove all but the newest `keep` versions, never the current one or the one before it."""
    pointer = _pointer(home)
    if pointer is None:
        return []  # without a pointer nobody knows which version is in use
    versions = list_versions(home)
    before = [v for v in versions if v < pointer.run_id][:1]
    held = {pointer.run_id, pointer.previous, *before}
    newest = [v for v in versions if v not in held]
    room = max(keep - len(held & set(versions)), 0)
    dropped = newest[room:]
    for run_id in dropped:
        # out of versions/ in one step: a reader never meets a version that is half gone
        trash = home.work / f"trash-{run_id}"
        home.work.mkdir(exist_ok=True)
        _remove(trash)
        (home.versions / run_id).rename(trash)
        _remove(trash)
    return dropped


def clear_work(home: Home, keep_failed: int = KEEP_FAILED) -> None:
    """Remove what dead runs left; the newest failed ones stay to be looked at.

    Only for the holder of the lock: nothing below work/ is in use then.
    """
    if not home.work.is_dir():
        return
    entries = sorted(home.work.iterdir(), reverse=True)
    failed = [p for p in entries if is_run_id(p.name) and (p / FAILED_MARK).exists()]
    for path in entries:
        if path not in failed[:keep_failed]:
            _remove(path)


def _pointer(home: Home) -> Pointer | None:
    try:
        return read_pointer(home)
    except PointerProblem:
        return None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
