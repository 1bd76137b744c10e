"""Looks at values as they pass: ids that a spreadsheet changed, and how far the file reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from leadloop.load.faults import Notice, notice
from leadloop.load.source_files import SourceFile
from leadloop.raw.contract import REACH_COLUMNS

# a share of ids from which on they are no accident
_DAMAGED = 0.01
_MOSTLY = 0.5
# A clock may be some minutes fast; dates from far ahead or from 1970 say nothing about the export.
_AHEAD = timedelta(minutes=15)
_FIRST = datetime(1990, 1, 1)  # noqa: DTZ001 - UTC without zone, as the loader writes instants


class Watch:
    """What is seen in the values of one file.

    Args:
        file: the file.
        connection: an engine to read times with.
        loaded_at: the instant of the load, UTC without zone.
    """

    def __init__(
        self, file: SourceFile, connection: duckdb.DuckDBPyConnection, loaded_at: datetime
    ) -> None:
        self._file = file
        self._connection = connection
        self._until = loaded_at + _AHEAD
        self._rows = 0
        self._in_powers: Counter[str] = Counter()
        self._rounded: Counter[str] = Counter()
        self._padded: Counter[str] = Counter()
        self._newest: datetime | None = None

    @property
    def newest(self) -> str | None:
        """The latest instant that the rows speak of, as ISO text; None where none can be read."""
        return self._newest.isoformat() if self._newest else None

    def padded_ids(self) -> tuple[str, ...]:
        """The columns of ids that mostly begin with a zero."""
        return tuple(sorted(n for n, count in self._padded.items() if count > _MOSTLY * self._rows))

    def see(self, rows: int, values: dict[str, pa.Array]) -> None:
        """One block of rows, by raw column."""
        self._rows += rows
        for name, column in values.items():
            if name.endswith("_id"):
                self._see_ids(name, column)
        self._see_instants([c for name, c in values.items() if name in REACH_COLUMNS])

    def notices(self) -> Iterator[Notice]:
        """Columns of ids of which too many look changed."""
        for rule, counts in (
            ("excel_damaged_ids", self._in_powers),
            ("rounded_ids", self._rounded),
        ):
            for raw, count in counts.items():
                if count > _DAMAGED * self._rows:
                    column = self._file.spec.columns[raw].column or raw
                    yield notice(rule, self._file.name, None, column, count=count, rows=self._rows)

    def _see_ids(self, name: str, column: pa.Array) -> None:
        # cheap questions first: few ids are worth a pattern
        powers = column.filter(pc.match_substring(column, "E+"))
        self._in_powers[name] += _matching(powers, r"^\d(\.\d+)?E\+\d+$")
        long = column.filter(
            pc.and_(pc.greater(pc.binary_length(column), 15), pc.ends_with(column, "0"))
        )
        self._rounded[name] += _matching(long, r"^[1-9]\d{14}0+$")
        zeros = column.filter(pc.starts_with(column, "0"))
        self._padded[name] += _matching(zeros, r"^0\d+$")

    def _see_instants(self, columns: list[pa.Array]) -> None:
        if not columns:
            return
        texts = pa.table({"value": pa.chunked_array(columns, pa.string())})
        self._connection.register("texts", texts)
        found = self._connection.execute(
            "select max(moment) from (select try_cast(replace(value, '/', '-') as timestamp) as moment "
            "from texts) where moment between ? and ?",
            [_FIRST, self._until],
        ).fetchone()
        self._connection.unregister("texts")
        if found and found[0] and (self._newest is None or found[0] > self._newest):
            self._newest = found[0]


def _matching(values: pa.Array, pattern: str) -> int:
    return pc.sum(pc.match_substring_regex(values, pattern)).as_py() or 0
