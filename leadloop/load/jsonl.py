"""Reads JSON lines: one object a line, values kept as the text they were written in."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa

from leadloop.load.blocks import Block, Tally, empty_to_null, reject_bad_values
from leadloop.load.faults import RowFault, refuse, row_fault, shortened
from leadloop.load.scan import Advance

_ROWS = 20_000
MAX_LINE = 64 * 1024 * 1024
_WHOLE = 32 * 1024 * 1024  # an array that is looked at as a whole
_TAIL = 1024


Row = dict[str, str | None]


class BadLine(Exception):
    """A line that is not one clean object."""

    def __init__(self, rule: str, column: str | None, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule
        self.column = column


def collect_keys(stream: BinaryIO, file: str, known: set[str]) -> tuple[str, ...]:
    """Every key of the file, in the order of appearance: the header of JSON lines.

    Raises:
        InputRejected: the file is an array, or the error answer of a service.
    """
    start = stream.tell()
    keys: dict[str, None] = {}
    first: str | None = None
    for line, text in lines_of(stream, file):
        if first is None:
            first = text
            if text.startswith("["):
                _refuse_cut_array(stream, start, file)
                raise refuse("json_array", file, line)
        try:
            keys.update(dict.fromkeys(_parse(text)))
        except BadLine:
            continue
    if first is not None and first.startswith("{") and keys and not known & set(keys):
        names = {name.casefold() for name in keys}
        if names & {"error", "errors", "error_description", "errorcode", "message"}:
            raise refuse("json_error_object", file, 1, keys=shortened(keys))
    return tuple(keys)


def _refuse_cut_array(stream: BinaryIO, start: int, file: str) -> None:
    """An array that does not end was cut; the place is where it stops making sense."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(start, size - _TAIL))
    tail = (stream.read(_TAIL) or b"").rstrip()
    if size - start <= _WHOLE:
        stream.seek(start)
        text = (stream.read(_WHOLE) or b"").decode()
        try:
            json.loads(text)
            return
        except RecursionError:
            return
        except json.JSONDecodeError as error:
            size = start + len(text[: error.pos].encode())
    elif tail.endswith(b"]"):
        return
    raise refuse("json_cut", file, None, offset=size)


def read_jsonl(
    stream: BinaryIO, keys: tuple[str, ...], needed: tuple[int, ...], tally: Tally, advance: Advance
) -> Iterator[Block]:
    """The rows of the file; a line that is not one clean object is set aside."""
    rows: list[Row] = []
    lines: list[int] = []
    position = 0
    for line, text in lines_of(stream, tally.file):
        try:
            rows.append(_parse(text))
        except BadLine as bad:
            tally.reject(fault_of(line, text, bad))
            continue
        lines.append(line)
        if len(rows) == _ROWS:
            yield block_of(rows, lines, keys, needed, tally)
            rows, lines = [], []
            advance(stream.tell() - position)
            position = stream.tell()
    if rows:
        yield block_of(rows, lines, keys, needed, tally)


def fault_of(line: int, text: str, bad: BadLine) -> RowFault:
    """What is set aside of a bad line."""
    if bad.rule == "duplicate_json_key":
        return row_fault(bad.rule, line, bad.column)
    return row_fault(bad.rule, line, None, text, reason=str(bad))


def lines_of(stream: BinaryIO, file: str) -> Iterator[tuple[int, str]]:
    """The physical lines that are not blank; the encoding was checked before."""
    rest = b""
    number = 1
    while True:
        data = stream.read(1 << 20)
        parts = (rest + data).split(b"\n")
        rest = parts.pop() if data else b""
        if len(rest) > MAX_LINE:
            raise refuse("line_too_long", file, number + len(parts), limit=MAX_LINE)
        for part in parts:
            text = part.decode().strip()
            if text:
                yield number, text
            number += 1
        if not data:
            return


def strict_json(text: str) -> dict[str, Any]:
    """One object in which no key stands twice; numbers as they were written.

    Raises:
        BadLine: it is none.
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_no_constant,
        )
    except RecursionError as error:
        raise BadLine("broken_json_line", None, "nested too deeply") from error
    except json.JSONDecodeError as error:
        reason = f"{error.msg} at character {error.pos + 1}"
        raise BadLine("broken_json_line", None, reason) from error
    if not isinstance(value, dict):
        raise BadLine("broken_json_line", None, "not an object")
    return value


def _parse(text: str) -> Row:
    row = {key: plain_text(item) for key, item in strict_json(text).items()}
    return whole_characters(text, row)


def whole_characters(text: str, row: Row) -> Row:
    """The row, unless the escapes of its text make half a character.

    Raises:
        BadLine: they do.
    """
    if "\\u" in text and any(_is_half_character(item) for item in (*row, *row.values())):
        raise BadLine("broken_json_line", None, "half of a surrogate pair")
    return row


class _Number(str):
    """A JSON number as it was written."""

    __slots__ = ()


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadLine("duplicate_json_key", twice, "the key stands twice")
    return result


def _no_constant(name: str) -> Any:
    raise BadLine("broken_json_line", None, f"{name} is not JSON")


def plain_text(value: Any) -> str | None:
    """A value of JSON as the text it was written in."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _is_half_character(value: str | None) -> bool:
    return value is not None and any("\ud800" <= c <= "\udfff" for c in value)


def block_of(
    rows: list[Row],
    lines: list[int],
    keys: tuple[str, ...],
    needed: tuple[int, ...],
    tally: Tally,
) -> Block:
    """Rows as text columns, those with bad values set aside."""
    columns = {
        index: empty_to_null(pa.array([row.get(keys[index]) for row in rows], pa.string()))
        for index in needed
    }
    block = reject_bad_values(Block(columns, pa.array(lines, pa.int64())), keys, tally, True)
    tally.loaded += block.rows
    return block
