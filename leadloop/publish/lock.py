"""One build at a time in a data home.

The lock is an flock, so the kernel drops it when its holder dies, however it dies; what the file
says about the holder is only for the message.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from leadloop import clock
from leadloop.errors import Locked
from leadloop.publish.durable import storage
from leadloop.settings import Home


@dataclass(frozen=True)
class Holder:
    """Who holds the lock: process, machine and since when."""

    pid: int
    host: str
    started_at: str


@contextmanager
def build_lock(home: Home) -> Iterator[Holder]:
    """Hold the home's build lock; Locked, at once, where another process has it."""
    with storage(home.lock):
        home.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _locked(_read(home.lock)) from None
        holder = Holder(os.getpid(), socket.gethostname(), f"{clock.now():%Y-%m-%dT%H:%M:%SZ}")
        with storage(home.lock):
            _note(descriptor, json.dumps(asdict(holder)))
        yield holder
        _note(descriptor, "")
    finally:
        os.close(descriptor)


def holder_of(home: Home) -> Holder | None:
    """The process that holds the lock now; None where nobody does."""
    try:
        descriptor = os.open(home.lock, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(home.lock) or Holder(0, "?", "?")
    else:
        return None
    finally:
        os.close(descriptor)


def _note(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text.encode(), 0)


def _read(path: Path) -> Holder | None:
    """The holder's own note; None in the instant between its taking the lock and writing it."""
    try:
        return Holder(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _locked(holder: Holder | None) -> Locked:
    pid, host, since = (
        (str(holder.pid), holder.host, holder.started_at) if holder else ("?", "?", "?")
    )
    return Locked(
        f"another build is running: process {pid} on {host}, started {since}",
        f"別のビルドが実行中です: プロセス {pid}({host})、開始 {since}",
        "wait for it to end, then run the command again; the dashboard keeps serving meanwhile",
        "終わるのを待って再実行してください。ダッシュボードはその間も使えます",
    )
