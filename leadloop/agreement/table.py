"""Reads one seed file strictly: encoding, header, shape; every row keeps its line number."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from leadloop.agreement.findings import Finding, Problem, finding, nearest_of

# dbt reads these words as an empty cell
_NULL_WORDS = {"null"}


@dataclass(frozen=True)
class Row:
    """A row as it was written; `is_whole` is False where its shape or text is already at fault."""

    line: int
    cells: dict[str, str]
    is_whole: bool


@dataclass
class Table:
    """A seed file. `is_usable` is False where its header does not let the rows be understood."""

    file: str
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    is_usable: bool = True

    def add(self, problem: Problem, line: int | None) -> None:
        self.findings.append(finding(problem, self.file, line))

    def values(self, column: str) -> set[str]:
        """Every non-empty value of a column, also of rows that are at fault elsewhere."""
        return {v for row in self.rows if (v := row.cells.get(column, ""))}


def read_table(path: Path, file: str, columns: tuple[str, ...]) -> Table:
    """The rows of `path` with everything that is wrong about their form.

    Args:
        path: the seed file.
        file: what to call it in findings.
        columns: the columns the seed has, in any order.
    """
    table = Table(file)
    text = _text_of(path, table)
    if text is None:
        table.is_usable = False
        return table
    records = list(_records(text, table))
    if not records:
        table.is_usable = False
        if not table.findings:
            table.add(Problem("empty_file", ""), 1)
        return table
    header_line, header = records[0]
    if not _check_header(header, header_line, columns, table):
        table.is_usable = False
        return table
    for line, cells in records[1:]:
        table.rows.append(_row(header, cells, line, table))
    return table


def _text_of(path: Path, table: Table) -> str | None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        table.add(Problem("missing_file", ""), None)
        return None
    except OSError as error:
        why = error.strerror or type(error).__name__
        table.add(Problem("unreadable", "", params={"why": why}), None)
        return None
    try:
        # Excel puts a byte order mark before UTF-8; dbt skips it too
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        table.add(
            Problem("encoding", "", params=_looks_like(data)),
            data[: error.start].count(b"\n") + 1,
        )
        return None


def _looks_like(data: bytes) -> dict[str, object]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return {"looks_en": "looks like UTF-16", "looks_ja": "UTF-16のようです"}
    try:
        data.decode("cp932")
    except UnicodeDecodeError:
        return {"looks_en": "has bytes of no known encoding", "looks_ja": "文字コードは不明です"}
    return {"looks_en": "looks like Shift_JIS", "looks_ja": "Shift_JISのようです"}


def _records(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; blank lines become findings."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.add(Problem("bad_csv", "", params={"why": str(error)}), line)
            return
        if cells:
            yield line, cells
        else:
            table.add(Problem("blank_row", ""), line)
        line = reader.line_num + 1


def _check_header(header: list[str], line: int, columns: tuple[str, ...], table: Table) -> bool:
    before = len(table.findings)
    absent = [c for c in columns if c not in header]
    for name, times in Counter(header).items():
        if name not in columns:
            nearest = nearest_of(name, absent)
            table.add(Problem("unknown_column", name, name, nearest=nearest), line)
        elif times > 1:
            table.add(Problem("duplicate_column", name, name), line)
    for name in absent:
        table.add(Problem("missing_column", name, name), line)
    return len(table.findings) == before


def _row(header: list[str], cells: list[str], line: int, table: Table) -> Row:
    named = dict(zip(header, cells, strict=False))
    if len(cells) != len(header):
        code = "short_row" if len(cells) < len(header) else "long_row"
        params: dict[str, object] = {"found": len(cells), "expected": len(header)}
        table.add(Problem(code, "", params=params), line)
        return Row(line, named, is_whole=False)
    problems = [p for name, cell in named.items() if (p := _form_problem(name, cell))]
    for problem in problems:
        table.add(problem, line)
    return Row(line, named, is_whole=not problems)


def _form_problem(column: str, cell: str) -> Problem | None:
    """Text that would be read as something else than what is seen."""
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in cell):
        return Problem("control_character", column, cell)
    if cell != cell.strip():
        return Problem("whitespace", column, cell)
    if cell.lower() in _NULL_WORDS:
        return Problem("null_word", column, cell)
    return None
