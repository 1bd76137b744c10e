"""Which published version a session reads; decided once per page run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leadloop.publish.manifest import Manifest
from leadloop.publish.pointer import is_run_id
from leadloop.publish.versions import NothingPublished, Version, list_versions, resolve
from leadloop.settings import Home

__all__ = ["DataVersion", "NothingPublished", "is_run_id", "open_data", "recent_runs"]

_RECENT = 10


@dataclass(frozen=True)
class DataVersion:
    """What the frame says about the data of this run, and where the data is."""

    version: Version
    newest_run: str
    is_pinned: bool

    @property
    def manifest(self) -> Manifest:
        return self.version.manifest

    @property
    def run_id(self) -> str:
        return self.version.run_id

    @property
    def path(self) -> Path:
        return self.version.path

    @property
    def as_of(self) -> datetime:
        return self.manifest.as_of

    @property
    def problem(self) -> str | None:
        """Why another version than the one asked for is shown."""
        return str(self.version.problem) if self.version.is_fallback else None

    @property
    def has_newer(self) -> bool:
        """Whether a pinned reader could move on."""
        return self.is_pinned and self.newest_run > self.run_id

    @property
    def tests_passed(self) -> int:
        return self.manifest.tests.passed

    @property
    def tests_total(self) -> int:
        tests = self.manifest.tests
        return tests.passed + tests.warned + tests.failed


def open_data(home: Home, pinned: str = "") -> DataVersion:
    """The version to show: the pinned one, else the published one.

    Raises:
        NothingPublished: there is nothing to show yet.
    """
    current = resolve(home)
    if not is_run_id(pinned):
        return DataVersion(current, current.run_id, is_pinned=False)
    version = resolve(home, pinned)
    return DataVersion(version, current.run_id, is_pinned=not version.is_fallback)


def recent_runs(home: Home) -> list[str]:
    """The run ids that a meeting could pin, newest first."""
    return list_versions(home)[:_RECENT]
