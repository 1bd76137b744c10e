"""What may stand in a seed once, and what may not hold at the same time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from leadloop.agreement.findings import Problem
from leadloop.agreement.loaded import Loaded


def check_keys(loaded: Loaded) -> None:
    """Rows that repeat a key or a condition of an earlier row."""
    repeated = {line for key in loaded.seed.keys for line in _check_key(loaded, key)}
    if not loaded.seed.condition:
        return
    for line, first in _repeats(loaded, loaded.seed.condition):
        # a row that repeats the whole rule was reported already
        if line not in repeated:
            loaded.table.add(
                Problem("duplicate_condition", "value", params={"first_line": first}), line
            )


def _check_key(loaded: Loaded, key: tuple[str, ...]) -> list[int]:
    lines = []
    for line, first in _repeats(loaded, key):
        named = ", ".join(key)
        params: dict[str, object] = {"first_line": first, "key": named}
        loaded.table.add(Problem("duplicate_key", key[-1], params=params), line)
        lines.append(line)
    return lines


def _repeats(loaded: Loaded, columns: tuple[str, ...]) -> list[tuple[int, int]]:
    """(line, line of the first) for every sound row that agrees with an earlier one."""
    first_line: dict[tuple[object, ...], int] = {}
    repeats = []
    for line, row in loaded.typed.items():
        values = tuple(getattr(row, column) for column in columns)
        if values in first_line:
            repeats.append((line, first_line[values]))
        else:
            first_line[values] = line
    return repeats


@dataclass(frozen=True)
class Span:
    """The days on which the row on `line` holds; an open end is None."""

    valid_from: date
    valid_to: date | None
    line: int


def check_validity(loaded: Loaded) -> None:
    """Rows about one thing that hold at the same time."""
    spans: dict[tuple[object, ...], list[Span]] = defaultdict(list)
    for line, row in loaded.typed.items():
        group = tuple(getattr(row, column) for column in loaded.seed.validity_of)
        spans[group].append(Span(row.valid_from, row.valid_to, line))  # type: ignore[attr-defined]
    for group_spans in spans.values():
        check_spans(loaded, group_spans, gaps_matter=False)


def check_spans(loaded: Loaded, spans: list[Span], gaps_matter: bool) -> None:
    """Overlaps, and where they matter gaps, between spans that follow one another."""
    ordered = sorted(spans, key=lambda s: (s.valid_from, s.line))
    if not ordered:
        return
    longest = ordered[0]
    for span in ordered[1:]:
        end = longest.valid_to
        params: dict[str, object] = {"first_line": longest.line, "end": str(end)}
        if end is None or end > span.valid_from:
            params["until_en"] = f"until {end}" if end else "without end"
            params["until_ja"] = f"{end}まで" if end else "終わりなく"
            problem = Problem("overlap", "valid_from", str(span.valid_from), params=params)
            loaded.table.add(problem, span.line)
        elif gaps_matter and end < span.valid_from:
            problem = Problem("gap", "valid_from", str(span.valid_from), params=params)
            loaded.table.add(problem, span.line)
        if end is not None and (span.valid_to is None or span.valid_to > end):
            longest = span
