"""The only place that asks what time it is."""

from __future__ import annotations

import os
from datetime import UTC, datetime

_ENV = "LEADLOOP_NOW"


def now() -> datetime:
    """The present instant in UTC; LEADLOOP_NOW (ISO 8601) stands in for it in tests."""
    pinned = os.environ.get(_ENV)
    if not pinned:
        return datetime.now(UTC)
    moment = datetime.fromisoformat(pinned)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
