"""current.json: the one file whose change is the publication."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeGuard

from leadloop.publish import stages
from leadloop.publish.durable import storage, write_durably
from leadloop.settings import Home

RUN_ID = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_FORMAT = "%Y%m%dT%H%M%SZ"


class Problem(StrEnum):
    """Why a reader did not get the version that it asked for."""

    POINTER_MISSING = "pointer_missing"
    POINTER_UNREADABLE = "pointer_unreadable"
    POINTER_INVALID = "pointer_invalid"
    VERSION_MISSING = "version_missing"
    MANIFEST_UNREADABLE = "manifest_unreadable"
    SIZE_MISMATCH = "size_mismatch"
    CHECKSUM_MISMATCH = "checksum_mismatch"
    WAL_PRESENT = "wal_present"
    PIN_UNKNOWN = "pin_unknown"


class PointerProblem(Exception):
    """current.json cannot be followed; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True)
class Pointer:
    """The published version, the checksum of its file, and the version published before it."""

    run_id: str
    sha256: str
    previous: str | None = None


def is_run_id(text: object) -> TypeGuard[str]:
    """Whether `text` has the form of a run id; nothing else ever becomes part of a path."""
    if not isinstance(text, str) or not RUN_ID.fullmatch(text):
        return False
    try:
        datetime.strptime(text, _FORMAT)  # noqa: DTZ007 - only whether it is a date at all
    except ValueError:
        return False
    return True


def next_run_id(previous: str | None, now: datetime) -> str:
    """The id of a new run: the present second, or one after `previous` if the clock is behind."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    if previous:
        newest = datetime.strptime(previous, _FORMAT).replace(tzinfo=UTC)
        moment = max(moment, newest + timedelta(seconds=1))
    return moment.strftime(_FORMAT)


def read_pointer(home: Home) -> Pointer:
    """Read current.json; PointerProblem where it is missing, broken or names no version."""
    try:
        content = json.loads(home.pointer.read_text("utf-8"))
    except FileNotFoundError:
        raise PointerProblem(Problem.POINTER_MISSING) from None
    except (OSError, ValueError):
        raise PointerProblem(Problem.POINTER_UNREADABLE) from None
    if not isinstance(content, dict):
        raise PointerProblem(Problem.POINTER_UNREADABLE)
    run_id, sha256, previous = (content.get(k) for k in ("run_id", "sha256", "previous"))
    if not is_run_id(run_id) or not isinstance(sha256, str):
        raise PointerProblem(Problem.POINTER_INVALID)
    return Pointer(run_id, sha256, previous if is_run_id(previous) else None)


def flip(home: Home, pointer: Pointer) -> None:
    """Make `pointer` the published version, in one atomic step."""
    content = {"run_id": pointer.run_id, "sha256": pointer.sha256, "previous": pointer.previous}
    with storage(home.pointer):
        write_durably(
            home.pointer,
            (json.dumps(content) + "\n").encode(),
            before_replace=lambda: stages.mark("pointer"),
        )
