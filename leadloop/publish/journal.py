"""publish.log.jsonl: who made which version the current one, when and why."""

from __future__ import annotations

import contextlib
import json
import os

from leadloop import clock
from leadloop.settings import Home

FILE_NAME = "publish.log.jsonl"


def note(home: Home, action: str, run_id: str, replaced: str | None, reason: str = "") -> None:
    """Add a line. The pointer has moved by now, so a log that cannot be written stops nothing."""
    line = {
        "at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
        "action": action,
        "run_id": run_id,
        "replaced": replaced,
        "reason": reason,
        "uid": os.getuid(),
    }
    with (
        contextlib.suppress(OSError),
        (home.root / FILE_NAME).open("a", encoding="utf-8") as file,
    ):
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
