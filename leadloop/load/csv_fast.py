"""Reads CSV whose rows are physical lines, by vector operations; refuses to guess.

The lines of a block are found and their delimiters counted with numpy, so that every row is
known to be well formed before Arrow parses the block. What this cannot prove exact (a line
break inside quotes, a lone carriage return, an irregular quote) raises `NotPlain`, and
`csv_exact` reads the file instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from leadloop.load.blocks import MAX_FIELD, Block, Tally, reject_bad_values
from leadloop.load.faults import refuse, row_fault
from leadloop.load.header import Header
from leadloop.load.scan import BLOCK, Advance

_MAX_LINE = 64 * 1024 * 1024
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34


class NotPlain(Exception):
    """The file needs the exact reader."""


@dataclass(frozen=True)
class _Shape:
    """The lines of a block: where they start and end, how many delimiters each holds."""

    starts: np.ndarray
    ends: np.ndarray  # of the newline
    delimiters: np.ndarray
    blank: np.ndarray


def read_fast(
    stream: BinaryIO,
    header: Header,
    needed: tuple[int, ...],
    tally: Tally,
    has_nul: bool,
    advance: Advance,
) -> Iterator[Block]:
    """The rows of `stream`, which stands at the first row.

    Raises:
        NotPlain: vector operations would not be exact for this file.
        InputRejected: the file is cut, or too many rows are bad.
    """
    line = header.first_row_line
    for data, is_cut in _whole_lines(stream, tally.file, line, advance):
        shape = _shape(data, ord(header.delimiter))
        yield from _block(data, shape, line, is_cut, header, needed, tally, has_nul)
        line += len(shape.ends)


def _whole_lines(
    stream: BinaryIO, file: str, line: int, advance: Advance
) -> Iterator[tuple[bytes, bool]]:
    """Blocks that end with a newline; the flag tells that the file's last line had none."""
    rest: list[bytes] = []
    while data := stream.read(BLOCK):
        advance(len(data))
        cut = data.rfind(b"\n") + 1
        if not cut:
            rest.append(data)
            if sum(map(len, rest)) > _MAX_LINE:
                raise refuse("line_too_long", file, line, limit=_MAX_LINE)
            continue
        whole = b"".join((*rest, data[:cut]))
        rest = [data[cut:]]
        line += whole.count(b"\n")
        yield whole, False
    last = b"".join(rest)
    if last:
        yield last + b"\n", True


def _shape(data: bytes, delimiter: int) -> _Shape:
    if data.count(b"\r") != data.count(b"\r\n"):
        raise NotPlain
    array = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(array == _NEWLINE)
    starts = np.empty_like(ends)
    starts[0] = 0
    starts[1:] = ends[:-1] + 1
    marks = np.flatnonzero(array == delimiter)
    if b'"' in data:
        quotes = np.flatnonzero(array == _QUOTE)
        _check_quotes(array, quotes, ends, delimiter)
        marks = marks[np.searchsorted(quotes, marks) % 2 == 0]
    counts = np.diff(np.searchsorted(marks, ends), prepend=0)
    lengths = ends - starts
    blank = (lengths == 0) | ((lengths == 1) & (array[starts] == _RETURN))
    return _Shape(starts, ends, counts, blank)


def _check_quotes(array: np.ndarray, quotes: np.ndarray, ends: np.ndarray, delimiter: int) -> None:
    """Every quote opens at a field's start, closes at its end, or is doubled; none spans lines."""
    if len(quotes) % 2 or np.any(np.searchsorted(quotes, ends) % 2):
        raise NotPlain
    before = array[np.maximum(quotes[0::2] - 1, 0)]
    opens = np.isin(before, (delimiter, _NEWLINE, _QUOTE))
    if quotes[0] == 0:
        opens[0] = True
    after = array[quotes[1::2] + 1]
    closes = np.isin(after, (delimiter, _NEWLINE, _RETURN, _QUOTE))
    if not (opens.all() and closes.all()):
        raise NotPlain


def _block(
    data: bytes,
    shape: _Shape,
    first_line: int,
    is_cut: bool,
    header: Header,
    needed: tuple[int, ...],
    tally: Tally,
    has_nul: bool,
) -> Iterator[Block]:
    width = len(header.names)
    wrong = (shape.delimiters != width - 1) & ~shape.blank
    if is_cut and wrong[-1] and shape.delimiters[-1] < width - 1:
        raise refuse(
            "truncated",
            tally.file,
            first_line + len(shape.ends) - 1,
            actual=int(shape.delimiters[-1]) + 1,
            expected=width,
        )
    for position in np.flatnonzero(wrong)[:501]:
        actual = int(shape.delimiters[position]) + 1
        rule = "row_too_short" if actual < width else "row_too_long"
        line = first_line + int(position)
        tally.reject(row_fault(rule, line, actual=actual, expected=width))
    keep = ~(wrong | shape.blank)
    if not keep.any():
        return
    if not keep.all():
        data = _without(data, shape, keep)
    lines = pa.array(first_line + np.flatnonzero(keep))
    nul_here = has_nul and b"\0" in data
    # a damaged row is set aside whichever column the damage is in
    all_columns = nul_here or bool(np.max(shape.ends - shape.starts) > MAX_FIELD)
    wanted = tuple(range(width)) if all_columns else needed
    block = Block(_parse(data, header, wanted, len(lines)), lines)
    block = reject_bad_values(block, header.names, tally, nul_here)
    tally.loaded += block.rows
    yield block


def _without(data: bytes, shape: _Shape, keep: np.ndarray) -> bytes:
    """The block without the lines that are not kept, cut at runs of kept lines."""
    edges = np.flatnonzero(np.diff(keep.astype(np.int8), prepend=0, append=0))
    runs = zip(edges[0::2], edges[1::2], strict=True)
    view = memoryview(data)
    return b"".join(view[shape.starts[a] : shape.ends[b - 1] + 1] for a, b in runs)


def _parse(data: bytes, header: Header, wanted: tuple[int, ...], rows: int) -> dict[int, pa.Array]:
    names = [str(index) for index in range(len(header.names))]
    if not wanted:
        return {}
    table = pacsv.read_csv(
        pa.BufferReader(data),
        read_options=pacsv.ReadOptions(column_names=names, block_size=BLOCK // 4),
        parse_options=pacsv.ParseOptions(delimiter=header.delimiter, ignore_empty_lines=False),
        convert_options=pacsv.ConvertOptions(
            check_utf8=False,  # the scan has checked the whole file
            column_types={name: pa.string() for name in names},
            include_columns=[str(index) for index in wanted],
            strings_can_be_null=True,
            null_values=[""],
        ),
    )
    if table.num_rows != rows:
        raise NotPlain
    return {int(name): table.column(name).combine_chunks() for name in table.column_names}
