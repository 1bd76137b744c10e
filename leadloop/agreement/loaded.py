"""The seeds as they were read: each table as written, and its rows that could be typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from leadloop.agreement.findings import Finding, Problem
from leadloop.agreement.registry import Seed
from leadloop.agreement.row import SeedRow
from leadloop.agreement.table import Table

_R = TypeVar("_R", bound=SeedRow)


@dataclass
class Loaded:
    """One seed: its table, and its typed rows by line."""

    seed: Seed
    table: Table
    typed: dict[int, SeedRow]

    def rows(self, model: type[_R]) -> Iterator[tuple[int, _R]]:
        """The typed rows with their lines, in the order of the file."""
        for line, row in self.typed.items():
            if isinstance(row, model):
                yield line, row


class Agreement(dict[str, Loaded]):
    """All seeds, by the name of their file without its ending."""

    def findings(self) -> list[Finding]:
        every = (f for loaded in self.values() for f in loaded.table.findings)
        return sorted(every, key=Finding.sort_key)

    def are_usable(self, *names: str) -> bool:
        """Can these seeds be compared with one another?"""
        return all(self[name].table.is_usable for name in names)

    def add(self, name: str, line: int | None, problem: Problem) -> None:
        self[name].table.add(problem, line)
