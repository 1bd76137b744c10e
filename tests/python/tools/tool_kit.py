"""Exports of a tool as a test writes them, and the balance of their rows."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.conftest import Built


def write_export(folder: Path, **files: str) -> Path:
    """CSV files; a text is a header line and rows, with blanks around the bars that part the cells."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([cell.strip() for cell in line.split("|")] for line in lines)
    return folder


def rows_in(path: Path) -> int:
    """Rows of a CSV file, the header aside."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for row in csv.reader(file) if row) - 1


def balance(built: Built) -> dict[str, tuple[int, ...]]:
    """Read, loaded, quarantined, duplicates, merged and suppressed rows of every raw table."""
    found = built.rows(
        'select "table", "read", loaded, quarantined, duplicates, merged, suppressed '
        "from marts.mart_row_balance"
    )
    return {name: tuple(counts) for name, *counts in found}
