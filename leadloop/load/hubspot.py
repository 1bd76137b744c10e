"""Pages of HubSpot's API: {"results": [{"id": …, "properties": {…}}, …], "paging": …}.

An object becomes one row, its properties beside its id. With `rows_of` each version of a property
does (propertiesWithHistory), or each association of a kind (associations.contacts).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from leadloop.load.blocks import Block, Tally
from leadloop.load.faults import refuse, shortened
from leadloop.load.jsonl import (
    MAX_LINE,
    BadLine,
    Row,
    block_of,
    fault_of,
    lines_of,
    plain_text,
    strict_json,
    whole_characters,
)
from leadloop.load.scan import Advance

HISTORY = "propertiesWithHistory"
_ASSOCIATIONS = "associations."
_ROWS = 20_000


def collect_names(
    stream: BinaryIO, file: str, rows_of: str | None, known: Sequence[str]
) -> tuple[str, ...]:
    """Every property of the file; where it holds no row, those the mapping asks for.

    Raises:
        InputRejected: it holds no page of HubSpot.
    """
    names: dict[str, None] = {}
    for _, _, found in _objects(stream, file):
        if not isinstance(found, BadLine):
            for row in _rows(found, rows_of):
                names.update(dict.fromkeys(row))
    return tuple(names or dict.fromkeys(known))


def read_objects(
    stream: BinaryIO,
    names: tuple[str, ...],
    needed: tuple[int, ...],
    rows_of: str | None,
    tally: Tally,
    advance: Advance,
) -> Iterator[Block]:
    """The rows of the file; an object that is none is set aside."""
    rows: list[Row] = []
    lines: list[int] = []
    for number, text, found in _objects(stream, tally.file):
        try:
            if isinstance(found, BadLine):
                raise found
            new = [whole_characters(text, row) for row in _rows(found, rows_of)]
        except BadLine as bad:
            tally.reject(fault_of(number, text, bad))
            continue
        rows += new
        lines += [number] * len(new)
        if len(rows) >= _ROWS:
            yield block_of(rows, lines, names, needed, tally)
            rows, lines = [], []
    if rows:
        yield block_of(rows, lines, names, needed, tally)
    advance(stream.tell())


def _objects(stream: BinaryIO, file: str) -> Iterator[tuple[int, str, dict[str, Any] | BadLine]]:
    """The objects of all pages of the file, by their number: one page, or one page a line."""
    number = 0
    for page in _pages(stream, file):
        results = page.get("results")
        if not isinstance(results, list):
            raise refuse("json_error_object", file, 1, keys=shortened(page))
        for found in results:
            number += 1
            bad = BadLine("broken_json_line", None, "not an object with an id")
            is_object = isinstance(found, dict) and found.get("id") is not None
            yield number, str(found), found if is_object else bad


def _pages(stream: BinaryIO, file: str) -> Iterator[dict[str, Any]]:
    start = stream.tell()
    first = next((text for _, text in lines_of(stream, file)), "")
    stream.seek(start)
    try:
        strict_json(first)
    except BadLine:
        data = stream.read(MAX_LINE + 1)
        if len(data) > MAX_LINE:
            raise refuse("line_too_long", file, 1, limit=MAX_LINE) from None
        yield _page(data.decode(), file, 1)
        return
    for line, text in lines_of(stream, file):
        yield _page(text, file, line)


def _page(text: str, file: str, line: int) -> dict[str, Any]:
    try:
        return strict_json(text)
    except BadLine as bad:
        raise refuse("json_cut", file, line, offset=len(text.encode())) from bad


def _rows(found: dict[str, Any], rows_of: str | None) -> Iterator[Row]:
    ident = str(found["id"])
    if rows_of == HISTORY:
        for name, versions in (found.get(HISTORY) or {}).items():
            for version in versions or []:
                yield {
                    "contact_id": ident,
                    "name": name,
                    **{key: plain_text(value) for key, value in version.items()},
                }
        return
    if rows_of:
        kind = rows_of.removeprefix(_ASSOCIATIONS)
        linked = ((found.get("associations") or {}).get(kind) or {}).get("results") or []
        for link in linked:
            yield {"id": ident, "associated_id": str(link["id"]), "type": link.get("type")}
        return
    properties = {name: plain_text(v) for name, v in (found.get("properties") or {}).items()}
    others = {
        key: plain_text(value)
        for key, value in found.items()
        if not isinstance(value, dict | list) and key not in properties
    }
    yield {**others, **properties}
