"""Records of kintone: JSON of its REST API, and CSV with several lines for a record with tables.

A record becomes one row, or (`rows_of`) each row of one of its tables does, beside the fields of
its record. The id of such a row stands under the name of its table, as cli-kintone writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pyarrow.compute as pc

from leadloop.load.blocks import Block, Tally
from leadloop.load.faults import refuse, shortened
from leadloop.load.jsonl import (
    MAX_LINE,
    BadLine,
    Row,
    block_of,
    fault_of,
    lines_of,
    strict_json,
    whole_characters,
)
from leadloop.load.scan import Advance

# The column whose * says that a record begins: of cli-kintone, and of the user interface.
RECORD_STARTS = ("*", "レコードの開始行")
_ROWS = 20_000


def collect_codes(
    stream: BinaryIO, file: str, rows_of: str | None, known: Sequence[str]
) -> tuple[str, ...]:
    """Every field code of the file; where it holds no row, those the mapping asks for.

    Raises:
        InputRejected: it holds no record of kintone.
    """
    codes: dict[str, None] = {}
    found = False
    for number, _, record in _records(stream, file):
        if isinstance(record, BadLine):
            continue
        found = True
        try:
            for row in _rows(record, rows_of):
                codes.update(dict.fromkeys(row))
        except BadLine as bad:
            if number == 1:
                raise refuse("json_error_object", file, 1, keys=shortened(record)) from bad
    return tuple(codes) if codes or not found else tuple(dict.fromkeys(known))


def read_records(
    stream: BinaryIO,
    codes: tuple[str, ...],
    needed: tuple[int, ...],
    rows_of: str | None,
    tally: Tally,
    advance: Advance,
) -> Iterator[Block]:
    """The rows of the file; a record that is none is set aside."""
    rows: list[Row] = []
    lines: list[int] = []
    for number, text, record in _records(stream, tally.file):
        try:
            if isinstance(record, BadLine):
                raise record
            new = [whole_characters(text, row) for row in _rows(record, rows_of)]
        except BadLine as bad:
            tally.reject(fault_of(number, text, bad))
            continue
        rows += new
        lines += [number] * len(new)
        if len(rows) >= _ROWS:
            yield block_of(rows, lines, codes, needed, tally)
            rows, lines = [], []
    if rows:
        yield block_of(rows, lines, codes, needed, tally)
    advance(stream.tell())


def record_marks(names: Sequence[str], rows_of: str | None) -> tuple[int, ...]:
    """The column of a CSV that tells which of its rows count; none where every row does."""
    wanted = (rows_of,) if rows_of else RECORD_STARTS
    return tuple(index for index, name in enumerate(names) if name in wanted)[:1]


def rows_that_count(
    blocks: Iterator[Block], mark: int, rows_of: str | None, tally: Tally
) -> Iterator[Block]:
    """First rows of records, or the rows that a table fills; the others repeat what these say."""
    for block in blocks:
        column = block.columns[mark]
        mask = pc.is_valid(column) if rows_of else pc.fill_null(pc.equal(column, "*"), False)
        kept = block.keep(mask)
        tally.loaded -= block.rows - kept.rows
        yield kept


def _records(stream: BinaryIO, file: str) -> Iterator[tuple[int, str, dict[str, Any] | BadLine]]:
    """Records with their number: the line, or the place in a list of records."""
    start = stream.tell()
    first = next((text for _, text in lines_of(stream, file)), "")
    stream.seek(start)
    if _is_record(first):
        for line, text in lines_of(stream, file):
            yield line, text, _object(text)
        return
    data = stream.read(MAX_LINE + 1)
    if len(data) > MAX_LINE:
        raise refuse("line_too_long", file, 1, limit=MAX_LINE)
    whole = _object(data.decode())
    records = whole.get("records") if isinstance(whole, dict) else None
    if not isinstance(records, list):
        keys = shortened(whole) if isinstance(whole, dict) else str(whole)
        raise refuse("json_error_object", file, 1, keys=keys)
    for number, record in enumerate(records, 1):
        bad = BadLine("broken_json_line", None, "not an object")
        yield number, str(record), record if isinstance(record, dict) else bad


def _is_record(text: str) -> bool:
    found = _object(text)
    return isinstance(found, dict) and "records" not in found


def _object(text: str) -> dict[str, Any] | BadLine:
    try:
        return strict_json(text)
    except BadLine as bad:
        return bad


def _rows(record: dict[str, Any], rows_of: str | None) -> Iterator[Row]:
    plain = {code: _text(code, f) for code, f in record.items() if not _is_table(f)}
    if rows_of is None:
        yield plain
        return
    for item in (record.get(rows_of) or {}).get("value") or []:
        fields = {code: _text(code, field) for code, field in item["value"].items()}
        yield {**plain, rows_of: item.get("id"), **fields}


def _is_table(field: Any) -> bool:
    return isinstance(field, dict) and field.get("type") == "SUBTABLE"


def _text(code: str, field: Any) -> str | None:
    if not isinstance(field, dict) or "value" not in field:
        raise BadLine("broken_json_line", code, f"{code} has no value")
    return _plain(field["value"])


def _plain(value: Any) -> str | None:
    """A value as cli-kintone writes it: choices and users with line breaks between."""
    if isinstance(value, list):
        return "\n".join(filter(None, map(_plain, value))) or None
    if isinstance(value, dict):
        return value.get("code") or value.get("name")
    return None if value is None else str(value)
