"""Columns of text, as the forms of the tools put them together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from leadloop.demo.draw import JST_OFFSET

# pa.ChunkedArray of a table, or pa.Array made of it; pyarrow has no types
Column: TypeAlias = Any
_PARTS = re.compile(r"([A-Z]+)(\d+)")
# every kind of id has its own range, so that L00000007 and LM00000007 stay two records
_KINDS = ("L", "LM", "LN", "LO", "LD", "LB", "LX", "D", "DN", "DB", "A", "C", "AC")
_RANGE = 100_000_000


def number_of(ident: str) -> int:
    """The number that a tool gives the record of that id: L00000007 is 100000007.

    Raises:
        ValueError: the id is none of the demo company's.
    """
    found = _PARTS.fullmatch(ident)
    if found is None or found[1] not in _KINDS:
        raise ValueError(f"{ident} is no id of the demo company")
    return (_KINDS.index(found[1]) + 1) * _RANGE + int(found[2])


def each(values: Column, make: Callable[[str], str | None]) -> pa.Array:
    """`make` of every text, worked out once a distinct text; nothing stays nothing."""
    coded = pc.dictionary_encode(values)
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    labels = pa.array([make(v) for v in coded.dictionary.to_pylist()], pa.string())
    return labels.take(coded.indices)


def numbers(idents: Column) -> pa.Array:
    """The tool's number of every id."""
    return each(idents, lambda ident: str(number_of(ident)))


def looked_up(values: Column, words: Mapping[str, str]) -> pa.Array:
    """Other words for some; a text that is not among them stays."""
    return each(values, lambda value: words.get(value, value))


def part_of_name(names: Column, part: int) -> pa.Array:
    """The family name (0) or the given name (1) of a full name."""

    def pick(name: str) -> str | None:
        parts = name.split(" ", 1)
        return parts[part] if part < len(parts) else None

    return each(names, pick)


def local_minutes(instants: Column) -> pa.Array:
    """`2026-10-31T14:59:00Z` as `2026/10/31 23:59` of Japan; what is no instant stays as it is."""

    def local(text: str) -> str:
        try:
            at = pc.strptime(pa.scalar(text), "%Y-%m-%dT%H:%M:%SZ", "s").cast(pa.int64()).as_py()
        except pa.ArrowInvalid:
            return text
        return f"{pa.scalar(at + JST_OFFSET, pa.timestamp('s')).as_py():%Y/%m/%d %H:%M}"

    return each(instants, local)


def local_days(instants: Column) -> pa.Array:
    """The same as a day: `2026-10-31`."""
    return each(local_minutes(instants), lambda text: text[:10].replace("/", "-"))


def constant(value: str | None, count: int) -> pa.Array:
    """One text in every row."""
    return pa.repeat(pa.scalar(value, pa.string()), count)


def is_one_of(values: Column, words: Iterable[str]) -> Column:
    """Which rows hold one of the words; none where they hold nothing."""
    return pc.fill_null(pc.is_in(values, value_set=pa.array(list(words), pa.string())), False)


def kept(table: pa.Table, mask: Column) -> pa.Table:
    """The rows for which the mask holds."""
    return table.filter(mask)


def left(table: pa.Table, mask: Column) -> pa.Table:
    """The rows for which it does not."""
    return table.filter(pc.invert(mask))
