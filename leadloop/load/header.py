"""Reads a header and matches it with the columns of a mapping."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from leadloop.load.faults import Notice, did_you_mean, nearest, notice, refuse, shortened
from leadloop.load.mapping import ColumnSpec, FileSpec
from leadloop.load.source_files import SourceFile
from leadloop.raw.tools import raw_table

MAX_COLUMNS = 2000
_OTHER_DELIMITERS = (",", "\t", ";")
# Mazrica writes the number of an item behind its name: 予算（管理番号:1234）
_ITEM_NUMBER = re.compile(r"\s*[（(]管理番号[:：]\s*[^（）()]*[)）]$")


@dataclass(frozen=True)
class Header:
    """The column names of a file and where its rows begin."""

    names: tuple[str, ...]
    delimiter: str
    first_row_line: int
    first_row_offset: int  # in bytes of UTF-8 after the byte order mark
    written: tuple[str, ...] = ()  # the names as they stand in the file


def header_of_text(head: str, spec: FileSpec, delimiter: str) -> Header | None:
    """The first row of `head` that is not blank, after `skip_rows` lines; None if there is none.

    Raises:
        csv.Error: a quote in it is not closed or not doubled.
    """
    lines = list(_physical_lines(head, spec.skip_rows + 200))
    consumed = lines[: spec.skip_rows]
    reader = csv.reader(iter(lines[spec.skip_rows :]), delimiter=delimiter, strict=True)
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        count = spec.skip_rows + reader.line_num
        consumed = lines[:count]
        offset = sum(len(line.encode()) for line in consumed)
        names = tuple(cell.strip() for cell in row)
        return Header(bare_names(names, spec), delimiter, count + 1, offset, names)
    return None


def bare_names(names: tuple[str, ...], spec: FileSpec) -> tuple[str, ...]:
    """Column names without the number of their item.

    A name that the mapping gives in full, or that another column would then have too, stays.
    """
    bare = [_ITEM_NUMBER.sub("", name) for name in names]
    times = Counter(bare)
    in_full = _source_names(spec)
    return tuple(
        name if name in in_full or times[short] > 1 or not short else short
        for name, short in zip(names, bare, strict=True)
    )


def _physical_lines(text: str, limit: int) -> list[str]:
    stream = io.StringIO(text, newline="")
    return [line for line, _ in zip(stream, range(limit), strict=False)]


def choose_header(head: str, file: SourceFile) -> Header:
    """The header under the declared delimiter, or under the one that makes it fit.

    Raises:
        InputRejected: blank file, broken quotes, too many or duplicate columns.
    """
    spec = file.spec
    own = spec.delimiter or ("\t" if spec.format_of(file.name) == "tsv" else ",")
    others = () if spec.delimiter else _OTHER_DELIMITERS
    for delimiter in dict.fromkeys((own, *others)):
        try:
            header = header_of_text(head, spec, delimiter)
        except csv.Error:
            continue
        if header is not None and not missing_required(header.names, spec, file.table):
            return _checked(header, file)
    try:
        header = header_of_text(head, spec, own)
    except csv.Error as error:
        raise refuse(quote_rule(error), file.name, spec.skip_rows + 1) from error
    if header is None:
        raise refuse("blank_file", file.name)
    return _checked(header, file)


def header_fits(head: str, file: SourceFile) -> bool:
    """Whether `head` starts with a header that has every required column."""
    spec = file.spec
    for delimiter in dict.fromkeys((spec.delimiter or ",", "\t", ";")):
        try:
            header = header_of_text(head, spec, delimiter)
        except csv.Error:
            continue
        if header is not None and not missing_required(header.names, spec, file.table):
            return True
    return False


def quote_rule(error: csv.Error) -> str:
    """Which rule a csv.Error breaks: an open quote swallows the file up to its end or limit."""
    text = str(error)
    swallowed = "unexpected end of data" in text or "field limit" in text
    return "unclosed_quote" if swallowed else "broken_quote"


def _checked(header: Header, file: SourceFile) -> Header:
    check_names(header.names, file, header.first_row_line - 1)
    return header


def check_names(names: Sequence[str], file: SourceFile, line: int | None) -> None:
    """Refuses too many columns and names that stand twice."""
    if len(names) > MAX_COLUMNS:
        raise refuse("too_many_columns", file.name, line, count=len(names), limit=MAX_COLUMNS)
    for name, count in Counter(n for n in names if n).items():
        if count > 1:
            raise refuse("duplicate_column", file.name, line, name, count=count)


def is_required(raw: str, table: str, column: ColumnSpec) -> bool:
    """Whether a file without this source column is refused."""
    if column.optional is not None:
        return not column.optional
    return raw in raw_table(table).required and column.default is None


def sources_of(column: ColumnSpec) -> tuple[str, ...]:
    """The source columns, any one of which will do (all of them for a hash)."""
    return (column.column, *column.aliases) if column.column else ()


def missing_required(names: Sequence[str], spec: FileSpec, table: str) -> list[str]:
    """The raw columns whose source is absent although it must be there."""
    present = set(names)
    missing = []
    for raw, column in spec.columns.items():
        if column.hash_of:
            if not set(column.hash_of) <= present:
                missing.append(raw)
        elif column.column and not present & set(sources_of(column)):
            missing += [raw] if is_required(raw, table, column) else []
    return missing


@dataclass(frozen=True)
class Columns:
    """For every raw column of a file: the indexes of its source columns."""

    by_raw: dict[str, tuple[int, ...]]
    notices: tuple[Notice, ...]

    @property
    def needed(self) -> tuple[int, ...]:
        """The source columns that are read, in their order."""
        return tuple(sorted({index for indexes in self.by_raw.values() for index in indexes}))


def match_columns(
    names: Sequence[str], file: SourceFile, others: Sequence[SourceFile], line: int | None
) -> Columns:
    """Finds every mapped column in a header.

    Args:
        names: the header.
        file: the file and its mapping.
        others: what else the mapping reads, to recognise swapped files.
        line: the line of the header.

    Raises:
        InputRejected: a required column is missing, one was renamed, or the file is another's.
    """
    spec = file.spec
    missing = missing_required(names, spec, file.table)
    _refuse_other_slot(names, file, others, line, bool(missing))
    positions = {name: index for index, name in enumerate(names) if name}
    readers = [spec, *(other.spec for other in others if other.name == file.name)]
    known = set().union(*(_source_names(reader) for reader in readers))
    unused = [name for name in names if name and name not in known]
    by_raw: dict[str, tuple[int, ...]] = {}
    absent: list[str] = []
    for raw, column in spec.columns.items():
        if column.const is not None:
            continue
        wanted = column.hash_of or sources_of(column)
        found = tuple(positions[name] for name in wanted if name in positions)
        if raw in missing:
            lost = next(name for name in wanted if name not in positions)
            raise _missing(raw, lost, file, line, names, unused)
        if found:
            by_raw[raw] = found if column.hash_of else found[:1]
            continue
        renamed = None if column.optional else nearest(wanted[0], unused, cutoff=0.75)
        if renamed:
            raise refuse(
                "column_renamed",
                file.name,
                line,
                wanted[0],
                near=renamed,
                table=file.table,
                raw=raw,
            )
        absent.append(wanted[0])
    notices = []
    if unused:
        notices.append(notice("extra_columns", file.name, line, columns=shortened(unused)))
    if absent:
        notices.append(
            notice("optional_column_missing", file.name, line, columns=shortened(absent))
        )
    return Columns(by_raw, tuple(notices))


def _missing(
    raw: str,
    column: str,
    file: SourceFile,
    line: int | None,
    names: Sequence[str],
    unused: Sequence[str],
) -> Exception:
    return refuse(
        "column_missing",
        file.name,
        line,
        column,
        table=file.table,
        raw=raw,
        header=shortened([n for n in names if n]),
        **did_you_mean(nearest(column, unused)),
    )


def _refuse_other_slot(
    names: Sequence[str],
    file: SourceFile,
    others: Sequence[SourceFile],
    line: int | None,
    lacks_required: bool,
) -> None:
    """A header that another table's mapping fits clearly better belongs to that table."""
    own = _fit(names, file.spec)
    if own >= 0.6 and not lacks_required:
        return
    feeds = {other.table for other in others if other.name == file.name}
    for other in others:
        if other.table in feeds or missing_required(names, other.spec, other.table):
            continue
        if _fit(names, other.spec) >= max(0.8, own):
            raise refuse("wrong_slot", file.name, line, table=file.table, other=other.table)


def _fit(names: Sequence[str], spec: FileSpec) -> float:
    known = _source_names(spec)
    named = [name for name in names if name]
    return sum(name in known for name in named) / len(named) if named else 0.0


def _source_names(spec: FileSpec) -> set[str]:
    return {n for c in spec.columns.values() for n in (*sources_of(c), *c.hash_of)}
