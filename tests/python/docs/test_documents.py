"""What the documents promise exists: their links, the tests and marts they name, their published numbers."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from leadloop.settings import PROJECT_ROOT
from tests.conftest import Built

_DOCUMENTS = [
    *(PROJECT_ROOT / name for name in ("README.md", "README.ja.md", "CONTRIBUTING.md")),
    *sorted((PROJECT_ROOT / "docs").glob("*.md")),
]
_METRICS = PROJECT_ROOT / "docs" / "metrics.md"


def _wilson(k: int, n: int) -> tuple[float, float]:
    z = 1.959963984540054
    p = k / n
    middle = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return (middle - spread) / whole, (middle + spread) / whole


def _newcombe(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float]:
    """Method 10 of Newcombe 1998, written from the paper."""
    p1, p2 = k1 / n1, k2 / n2
    (low1, high1), (low2, high2) = _wilson(k1, n1), _wilson(k2, n2)
    difference = p1 - p2
    return (
        difference - math.sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2),
        difference + math.sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2),
    )


def test_newcombe_by_its_published_example() -> None:
    """56 of 70 less 48 of 80, the paper's first example."""
    assert _newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_every_difference_has_newcombes_interval(demo: Built) -> None:
    rows = demo.rows(
        "select k, n, previous_k, previous_n, diff_low, diff_high from marts.mart_kpi_windows "
        "where unit = 'rate' and n > 0 and previous_n > 0"
    )
    assert len(rows) > 100
    for k, n, previous_k, previous_n, low, high in rows:
        expected = _newcombe(k, n, previous_k, previous_n)
        assert (low, high) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    own = [link for link in links if "://" not in link]
    missing = [link for link in own if not (document.parent / link).exists()]
    assert missing == []


def test_every_test_named_in_the_dictionary_exists() -> None:
    named = set(re.findall(r"`((?:test|assert)_\w+)`", _METRICS.read_text("utf-8")))
    python = "\n".join(
        path.read_text("utf-8") for path in (PROJECT_ROOT / "tests").rglob("test_*.py")
    )
    written = set(re.findall(r"def (test_\w+)", python))
    written |= {path.stem for path in (PROJECT_ROOT / "tests" / "data").glob("*.sql")}
    assert len(named) > 10
    assert named - written == set()


def test_every_unit_test_named_in_the_dictionary_exists() -> None:
    """Names of unit tests are the sentences in code style that are neither a column nor a mart."""
    text = _METRICS.read_text("utf-8")
    named = {name for name in re.findall(r"`([a-z0-9_]+)`", text) if name.count("_") >= 4}
    named = {name for name in named if not name.startswith(("test_", "assert_"))}
    models = "\n".join(path.read_text("utf-8") for path in (PROJECT_ROOT / "models").rglob("*.yml"))
    written = set(re.findall(r"- name: (\w+)", models))
    assert len(named) > 15
    assert named - written == set()


def test_every_metric_is_in_the_dictionary(demo: Built) -> None:
    text = _METRICS.read_text("utf-8")
    metrics = {metric for (metric,) in demo.rows("select distinct metric from marts.mart_kpis")}
    assert len(metrics) == 13
    assert {metric for metric in metrics if f"| `{metric}` |" not in text} == set()
