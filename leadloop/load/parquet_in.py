"""Reads Parquet: every value becomes the text staging expects; a line is a row number."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from leadloop.load.blocks import Block, Tally, empty_to_null, reject_bad_values
from leadloop.load.faults import refuse

_ROWS = 100_000
# Exports shrink to a tenth; what shrinks to less than a hundredth and is large was made to be.
MAX_UNPACKED = 1 << 30
_MAX_RATIO = 100


def open_parquet(stream: BinaryIO, file: str) -> pq.ParquetFile:
    """The file, or a refusal where it is not Parquet or is cut."""
    try:
        source = pq.ParquetFile(stream)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refuse("broken_parquet", file, reason=str(error).split("\n")[0]) from error
    _refuse_bomb(source, stream, file)
    return source


def _refuse_bomb(source: pq.ParquetFile, stream: BinaryIO, file: str) -> None:
    """Refuses a small file that becomes a large one."""
    footer = source.metadata
    unpacked = sum(footer.row_group(n).total_byte_size for n in range(footer.num_row_groups))
    packed = os.fstat(stream.fileno()).st_size
    if unpacked > MAX_UNPACKED and unpacked > _MAX_RATIO * packed:
        raise refuse("unpacks_too_large", file, packed=packed >> 20, unpacked=unpacked >> 20)


def read_parquet(
    source: pq.ParquetFile, names: tuple[str, ...], needed: tuple[int, ...], tally: Tally
) -> Iterator[Block]:
    """The rows of the needed columns, as text."""
    first = 1
    try:
        for batch in source.iter_batches(_ROWS, columns=[names[index] for index in needed]):
            columns = {
                index: _as_text(batch.column(names[index]), names[index], tally.file)
                for index in needed
            }
            lines = pa.array(range(first, first + batch.num_rows), pa.int64())
            first += batch.num_rows
            block = reject_bad_values(Block(columns, lines), names, tally, True)
            tally.loaded += block.rows
            yield block
    except (pa.ArrowException, OSError) as error:
        reason = str(error).split("\n")[0]
        raise refuse("broken_parquet", tally.file, first, reason=reason) from error


def _as_text(column: pa.Array, name: str, file: str) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_timestamp(kind):
        zone = "Z" if kind.tz else ""
        utc = column.cast(pa.timestamp("us", "UTC" if kind.tz else None), safe=False)
        return pc.strftime(utc, format=f"%Y-%m-%dT%H:%M:%S{zone}")
    if not _has_text(kind):
        raise refuse("unsupported_type", file, None, name, type=kind)
    return empty_to_null(column.cast(pa.string()))


def _has_text(kind: pa.DataType) -> bool:
    return (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_date(kind)
        or pa.types.is_null(kind)
    )
