"""Writing so that a crash leaves the old file or the new one, and saying why a disk refused."""

from __future__ import annotations

import errno
import hashlib
import os
import pwd
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from leadloop.errors import Place, PublishFailed

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_MEGABYTE = 1_000_000


def _user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's user without an entry
        return str(os.getuid())


def sha256_of(path: Path) -> str:
    """The file's SHA-256, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fsync_file(path: Path) -> None:
    """Force the file's content to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_directory(path: Path) -> None:
    """Force the directory's entries to the disk; without it a rename can be lost."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(
    path: Path, content: bytes, before_replace: Callable[[], None] | None = None
) -> None:
    """Replace `path` by `content`: temporary file, fsync, rename, fsync of the directory."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if before_replace:
        before_replace()
    os.replace(temporary, path)
    fsync_directory(path.parent)


def free_megabytes(path: Path) -> int:
    """Free space where `path` lies, or would lie."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return shutil.disk_usage(path).free // _MEGABYTE


def disk_full(path: Path, detail: str = "") -> PublishFailed:
    """The error for a disk that has no room left for `path`."""
    free = free_megabytes(path)
    tail = f" ({detail})" if detail else ""
    return PublishFailed(
        f"no room to write {path}: {free} MB free{tail}. Nothing was published.",
        f"{path} に書き込む空き容量がありません(空き {free} MB){tail}。何も公開していません。",
        "free some space or set LEADLOOP_HOME to a larger disk, then run `leadloop build` again",
        "空きを増やすか LEADLOOP_HOME を大きいディスクに変え、再実行してください",
        Place(file=str(path)),
    )


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Turn what the disk refuses while `path` is written into PublishFailed."""
    try:
        yield
    except OSError as error:
        place = Path(error.filename) if error.filename else path
        if error.errno in _FULL:
            raise disk_full(place) from error
        user, reason = _user(), error.strerror or str(error)
        raise PublishFailed(
            f"cannot write {place} as user {user}: {reason}. Readers keep the last version.",
            f"{place} に書き込めません(ユーザー {user}): {reason}。閲覧側は直前の版のままです。",
            "check the disk and the permissions (`leadloop doctor`), then run the command again",
            "ディスクと権限を確認し(`leadloop doctor`)、もう一度実行してください",
            Place(file=str(place)),
        ) from error
