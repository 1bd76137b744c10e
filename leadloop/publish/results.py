"""Reads what dbt wrote about its nodes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from leadloop.publish.manifest import TestCounts

_TEST_KINDS = ("test.", "unit_test.")
_FAILURES = {"error", "fail", "runtime error", "partial success"}


@dataclass(frozen=True)
class Failure:
    """A node that failed and what it said."""

    node: str
    status: str
    message: str


@dataclass
class Results:
    """How the nodes of a run ended."""

    tests: TestCounts = field(default_factory=TestCounts)
    failures: list[Failure] = field(default_factory=list)


def read_results(target: Path) -> Results | None:
    """The run's results; None where dbt ended before any node ran."""
    try:
        content = json.loads((target / "run_results.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    results = Results()
    for node in content["results"]:
        _count(results, node["unique_id"], node["status"], node.get("message") or "")
    return results


def _count(results: Results, unique_id: str, status: str, message: str) -> None:
    # test.<project>.<name>.<hash>, unit_test.<project>.<model>.<name>, model.<project>.<name>
    parts = unique_id.split(".")
    name = ".".join(parts[2:4]) if parts[0] == "unit_test" else parts[2]
    if status in _FAILURES:
        results.failures.append(Failure(name, status, " ".join(message.split())))
    if unique_id.startswith(_TEST_KINDS):
        if status == "pass":
            results.tests.passed += 1
        elif status == "warn":
            results.tests.warned += 1
            results.tests.warnings.append(name)
        elif status in _FAILURES:
            results.tests.failed += 1
