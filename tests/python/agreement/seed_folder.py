"""A copy of the shipped seeds in which a test changes one thing."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from leadloop.settings import PROJECT_ROOT

SHIPPED = PROJECT_ROOT / "seeds"


class SeedFolder:
    """The shipped seeds in a folder of the test; lines are counted from the header, 1."""

    def __init__(self, root: Path) -> None:
        self.root = root / "seeds"
        shutil.copytree(SHIPPED, self.root, ignore=shutil.ignore_patterns("*.yml"))

    def path(self, name: str) -> Path:
        return next(self.root.glob(f"*/{name}.csv"))

    def read(self, name: str) -> list[list[str]]:
        with self.path(name).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, name: str, rows: list[list[str]]) -> None:
        with self.path(name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def line(self, name: str, **cells: str) -> int:
        """The first line whose cells are these."""
        header, *rows = self.read(name)
        for number, row in enumerate(rows, start=2):
            named = dict(zip(header, row, strict=True))
            if all(named[column] == value for column, value in cells.items()):
                return number
        raise AssertionError(f"no row with {cells} in {name}")

    def change(self, name: str, line: int, **cells: str) -> None:
        """Writes `cells` into the row on `line`."""
        rows = self.read(name)
        for column, value in cells.items():
            rows[line - 1][rows[0].index(column)] = value
        self.write(name, rows)

    def append(self, name: str, like: int, **cells: str) -> int:
        """Adds a copy of the row on `like` with `cells` changed; its line."""
        rows = self.read(name)
        rows.append(list(rows[like - 1]))
        self.write(name, rows)
        self.change(name, len(rows), **cells)
        return len(rows)

    def drop(self, name: str, **cells: str) -> None:
        """Removes every row whose cells are these."""
        header, *rows = self.read(name)
        kept = [
            row
            for row in rows
            if any(dict(zip(header, row, strict=True))[c] != v for c, v in cells.items())
        ]
        assert len(kept) < len(rows), f"no row with {cells} in {name}"
        self.write(name, [header, *kept])
