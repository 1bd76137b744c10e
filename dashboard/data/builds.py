"""The last builds, from the log of publications, the kept versions and the failed runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from leadloop.publish.journal import entries
from leadloop.publish.manifest import Manifest
from leadloop.publish.pointer import is_run_id
from leadloop.publish.retention import FAILED_MARK
from leadloop.publish.versions import list_versions
from leadloop.settings import Home

OK, AMBER, REJECTED, ROLLBACK = "ok", "amber", "rejected", "rollback"


@dataclass(frozen=True)
class Build:
    """One entry of the strip.

    Attributes:
        run_id: the version that was made or gone back to.
        at: when.
        state: ok; amber where a test warned or dbt had something to say; rejected where it did not
            pass and nothing was published; rollback.
        seconds, tests_passed, tests_warned, held: None where nobody kept them.
        reason: why somebody went back.
    """

    run_id: str
    at: datetime
    state: str
    seconds: float | None = None
    tests_passed: int | None = None
    tests_warned: int | None = None
    held: int | None = None
    reason: str = ""


def recent_builds(home: Home, limit: int = 30) -> list[Build]:
    """The last `limit` builds and rollbacks, oldest first."""
    manifests = _manifests(home)
    logged = [made for entry in entries(home) if (made := _logged(entry, manifests))]
    known = {made.run_id for made in logged if made.state != ROLLBACK}
    # a log that could not be written loses no version that is still here
    unlogged = [_of_manifest(m) for run_id, m in manifests.items() if run_id not in known]
    return sorted([*logged, *unlogged, *_failed(home)], key=lambda b: (b.at, b.run_id))[-limit:]


def _manifests(home: Home) -> dict[str, Manifest]:
    found = {}
    for run_id in list_versions(home):
        try:
            found[run_id] = Manifest.read(home.versions / run_id)
        except (OSError, ValueError):
            continue
    return found


def _of_manifest(manifest: Manifest) -> Build:
    tests = manifest.tests
    return Build(
        run_id=manifest.run_id,
        at=manifest.built_at.astimezone(UTC),
        state=AMBER if tests.warned or manifest.notices else OK,
        seconds=manifest.wall_seconds,
        tests_passed=tests.passed,
        tests_warned=tests.warned,
        held=manifest.rows.get("quarantine", 0),
    )


def _logged(entry: dict[str, Any], manifests: dict[str, Manifest]) -> Build | None:
    run_id, action = entry.get("run_id"), entry.get("action")
    if not is_run_id(run_id):
        return None
    try:
        at = datetime.fromisoformat(str(entry.get("at")))
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if action != "build":
        return Build(run_id, at, ROLLBACK, reason=str(entry.get("reason") or ""))
    if run_id in manifests:
        return _of_manifest(manifests[run_id])
    warned = entry.get("tests_warned")
    return Build(
        run_id=run_id,
        at=at,
        state=AMBER if warned else OK,
        seconds=entry.get("seconds"),
        tests_passed=entry.get("tests_passed"),
        tests_warned=warned,
        held=entry.get("held"),
    )


def _failed(home: Home) -> list[Build]:
    found = []
    for mark in home.work.glob(f"*/{FAILED_MARK}"):
        run_id = mark.parent.name
        if is_run_id(run_id):
            at = datetime.strptime(run_id, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            found.append(Build(run_id, at, REJECTED))
    return found
