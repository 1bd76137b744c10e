"""Making an earlier version the current one."""

from __future__ import annotations

from leadloop.errors import PublishFailed, UsageError
from leadloop.publish import journal
from leadloop.publish.lock import build_lock
from leadloop.publish.pointer import Pointer, PointerProblem, flip, is_run_id, read_pointer
from leadloop.publish.versions import Version, list_versions, open_version
from leadloop.settings import Home


def rollback(home: Home, run_id: str | None = None, reason: str = "") -> Version:
    """Publish `run_id` again, by default the version before the current one.

    The version is verified first; a damaged one is never made current. Takes the build lock, since
    a build that ends a moment later would undo the decision.
    """
    with build_lock(home):
        try:
            pointer: Pointer | None = read_pointer(home)
        except PointerProblem:
            pointer = None
        current = pointer.run_id if pointer else None
        target = _target(home, pointer, run_id)
        version, problem = open_version(home, target)
        if version is None:
            raise PublishFailed(
                f"version {target} cannot be used: {problem}",
                f"版 {target} は使えません: {problem}",
                "choose another one: `leadloop verify` lists them",
                "`leadloop verify` の一覧から別の版を選んでください",
            )
        flip(home, Pointer(version.run_id, version.manifest.sha256))
        journal.note(home, "rollback", version.run_id, current, reason)
        return version


def _target(home: Home, pointer: Pointer | None, run_id: str | None) -> str:
    versions = list_versions(home)
    if run_id is not None:
        if not is_run_id(run_id) or run_id not in versions:
            known = ", ".join(versions) or "-"
            raise UsageError(
                f"there is no version {run_id!r}; there are: {known}",
                f"版 {run_id!r} はありません。あるのは: {known}",
                "run `leadloop rollback RUN_ID` with one of them",
                "そのいずれかで `leadloop rollback RUN_ID` を実行してください",
            )
        return run_id
    older = [v for v in versions if pointer is None or v < pointer.run_id]
    if pointer and pointer.previous in older:
        older.insert(0, pointer.previous)
    for candidate in older:
        if open_version(home, candidate)[0]:
            return candidate
    raise UsageError(
        "there is no earlier version to go back to",
        "戻せる以前の版がありません",
        "run `leadloop build` to publish a new one",
        "`leadloop build` で新しい版を公開してください",
    )
