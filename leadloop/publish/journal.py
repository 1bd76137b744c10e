"""publish.log.jsonl: who made which version the current one, when and why."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from leadloop import clock
from leadloop.settings import Home

FILE_NAME = "publish.log.jsonl"


def note(
    home: Home,
    action: str,
    run_id: str,
    replaced: str | None,
    reason: str = "",
    facts: Mapping[str, float] | None = None,
) -> None:
    """Add a line. The pointer has moved by now, so a log that cannot be written stops nothing.

    `facts` stay known when the version itself has been cleared away.
    """
    line = {
        "at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
        "action": action,
        "run_id": run_id,
        "replaced": replaced,
        "reason": reason,
        "uid": os.getuid(),
        **(facts or {}),
    }
    with (
        contextlib.suppress(OSError),
        (home.root / FILE_NAME).open("a", encoding="utf-8") as file,
    ):
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def entries(home: Home) -> Iterator[dict[str, Any]]:
    """The lines, oldest first; one that was cut off while it was written is passed over."""
    with contextlib.suppress(OSError), (home.root / FILE_NAME).open(encoding="utf-8") as file:
        for line in file:
            with contextlib.suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict):
                    yield entry
