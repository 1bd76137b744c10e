"""Reads any CSV exactly, a row at a time: line breaks inside quotes, lone carriage returns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from leadloop.load.blocks import Block, Tally, empty_to_null, reject_bad_values
from leadloop.load.faults import refuse, row_fault
from leadloop.load.header import Header, quote_rule
from leadloop.load.scan import Advance

_ROWS = 20_000
# An open quote must not read the rest of a large file into one value.
_FIELD_LIMIT = 8 * 1024 * 1024


def read_exact(
    stream: BinaryIO,
    header: Header,
    tally: Tally,
    has_nul: bool,
    ends_with_newline: bool,
    advance: Advance,
) -> Iterator[Block]:
    """The rows of `stream`, which stands at the first row.

    Raises:
        InputRejected: a quote is not closed or not doubled, the file is cut, too many bad rows.
    """
    width = len(header.names)
    csv.field_size_limit(_FIELD_LIMIT)
    text = io.TextIOWrapper(io.BufferedReader(stream), "utf-8", newline="")  # type: ignore[type-var]
    reader = csv.reader(text, delimiter=header.delimiter, strict=True)
    base = header.first_row_line
    position = stream.tell()
    rows: list[list[str]] = []
    lines: list[int] = []
    short: tuple[int, int] | None = None
    try:
        while True:
            start = base + reader.line_num
            try:
                row = next(reader, None)
            except csv.Error as error:
                raise refuse(quote_rule(error), tally.file, start) from error
            if row is None:
                break
            short = None
            if not row:
                continue
            if len(row) != width:
                rule = "row_too_short" if len(row) < width else "row_too_long"
                tally.reject(row_fault(rule, start, actual=len(row), expected=width))
                short = (start, len(row)) if len(row) < width else None
                continue
            rows.append(row)
            lines.append(start)
            if len(rows) == _ROWS:
                yield _block(rows, lines, header, tally, has_nul)
                rows, lines = [], []
                advance(stream.tell() - position)
                position = stream.tell()
    finally:
        text.detach().detach()  # closing the stream is its opener's business
    if short is not None and not ends_with_newline:
        raise refuse("truncated", tally.file, short[0], actual=short[1], expected=width)
    if rows:
        yield _block(rows, lines, header, tally, has_nul)


def _block(
    rows: list[list[str]], lines: list[int], header: Header, tally: Tally, has_nul: bool
) -> Block:
    columns = {
        index: empty_to_null(pa.array(values, pa.string()))
        for index, values in enumerate(zip(*rows, strict=True))
    }
    block = reject_bad_values(
        Block(columns, pa.array(lines, pa.int64())), header.names, tally, has_nul
    )
    tally.loaded += block.rows
    return block
