"""Turns blocks of a source file into rows of a raw table, as its mapping says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from leadloop.load.blocks import Block
from leadloop.load.faults import Notice, mask, notice
from leadloop.load.header import Columns
from leadloop.load.mapping import ColumnSpec
from leadloop.load.source_files import SourceFile
from leadloop.load.watch import Watch
from leadloop.raw.tools import raw_table

_TIME_PARTS = ("%H", "%-H", "%I", "%-I", "%M", "%-M", "%S", "%-S", "%p", "%f", "%n", "%g")
_NUMBERS = ("epoch_s", "epoch_ms", "excel_serial")
_ORIGIN = (
    ("_source", pa.string()),
    ("_file", pa.string()),
    ("_line", pa.int64()),
    ("_loaded_at", pa.timestamp("us")),
)


def raw_schema(table: str) -> pa.Schema:
    """The Parquet schema of a raw table: text, and where each row came from."""
    columns = [(name, pa.string()) for name in raw_table(table).columns]
    return pa.schema([*columns, *_ORIGIN])


@dataclass
class _Unreadable:
    count: int = 0
    line: int | None = None
    value: str = ""


class Transform:
    """The compiled mapping of one file.

    Args:
        file: the file and its mapping.
        columns: where its source columns are.
        names: its header.
        source: the name for `_source`.
        loaded_at: the instant of the load, UTC without zone.
    """

    def __init__(
        self,
        file: SourceFile,
        columns: Columns,
        source: str,
        loaded_at: datetime,
    ) -> None:
        self._file = file
        self._schema = raw_schema(file.table)
        self._origin = (source, file.name, loaded_at)
        self._plain: dict[str, int] = {}
        self._constants: dict[str, str] = {}
        self._computed: dict[str, _Expressions] = {}
        self._inputs: tuple[int, ...] = ()
        self._unreadable: dict[str, _Unreadable] = {}
        self._repeated: dict[str, _Unreadable] = {}
        self._compile(columns)
        self._connection = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "threads": "2"}
        )
        self._watch = Watch(file, self._connection, loaded_at)

    def close(self) -> None:
        """Lets the engine go."""
        self._connection.close()

    def apply(self, block: Block) -> pa.Table:
        """The rows of `block` in the schema of the raw table."""
        found = {raw: block.columns[index] for raw, index in self._plain.items()}
        found.update(self._compute(block))
        arrays = [self._column(field, block, found) for field in self._schema]
        self._watch.see(block.rows, found)
        return pa.Table.from_arrays(arrays, schema=self._schema)

    def notices(self) -> list[Notice]:
        """What was seen in the values."""
        seen = []
        for raw, bad in self._unreadable.items():
            shown = ", ".join(self._file.spec.columns[raw].formats()[:3])
            seen.append(
                notice(
                    "unreadable_by_format",
                    self._file.name,
                    bad.line,
                    self._file.spec.columns[raw].column,
                    count=bad.count,
                    format=shown,
                    value=mask(bad.value),
                )
            )
        for raw, twice in self._repeated.items():
            column = self._file.spec.columns[raw]
            seen.append(
                notice(
                    "repeated_hour",
                    self._file.name,
                    twice.line,
                    column.column,
                    count=twice.count,
                    zone=column.timezone,
                )
            )
        return [*seen, *self._watch.notices()]

    @property
    def newest(self) -> str | None:
        """The latest instant that the rows speak of."""
        return self._watch.newest

    def padded_ids(self) -> tuple[str, ...]:
        """The columns of ids that mostly begin with a zero."""
        return self._watch.padded_ids()

    def _compile(self, columns: Columns) -> None:
        inputs: set[int] = set()
        for raw, spec in self._file.spec.columns.items():
            indexes = columns.by_raw.get(raw, ())
            if spec.const is not None:
                self._constants[raw] = spec.const
            elif not indexes:
                if spec.default is not None:
                    self._constants[raw] = spec.default
            elif spec.is_plain:
                self._plain[raw] = indexes[0]
            else:
                self._computed[raw] = _expressions(spec, indexes)
                inputs.update(indexes)
        self._inputs = tuple(sorted(inputs))

    def _compute(self, block: Block) -> dict[str, pa.Array]:
        if not self._computed:
            return {}
        outputs = list(self._computed)
        selected = []
        for position, raw in enumerate(outputs):
            made = self._computed[raw]
            selected.append(f"{made.value} as v{position}")
            if made.unreadable:
                selected.append(f"{made.unreadable} as u{position}")
            if made.repeated:
                selected.append(f"{made.repeated} as r{position}")
        rows = pa.table({f"c{index}": block.columns[index] for index in self._inputs})
        self._connection.register("block", rows)
        # the expressions are built from the mapping; every text of it is quoted by _literal
        query = f"select {', '.join(selected)} from block"  # noqa: S608
        table = self._connection.execute(query).to_arrow_table()
        self._connection.unregister("block")
        for position, raw in enumerate(outputs):
            if self._computed[raw].unreadable:
                _count(self._unreadable, raw, table.column(f"u{position}"), block)
            if self._computed[raw].repeated:
                _count(self._repeated, raw, table.column(f"r{position}"), block)
        return {raw: _one(table.column(f"v{i}")) for i, raw in enumerate(outputs)}

    def _column(self, field: pa.Field, block: Block, found: dict[str, pa.Array]) -> pa.Array:
        source, file, loaded_at = self._origin
        if field.name in found:
            return found[field.name]
        if field.name == "_line":
            return block.lines
        value = {"_source": source, "_file": file, "_loaded_at": loaded_at}.get(field.name)
        if value is None:
            value = self._constants.get(field.name)
        if value is None:
            return pa.nulls(block.rows, field.type)
        return pa.repeat(pa.scalar(value, field.type), block.rows)


def _count(seen: dict[str, _Unreadable], raw: str, values: pa.ChunkedArray, block: Block) -> None:
    """Counts the values that are there, and keeps the place of the first."""
    count = len(values) - values.null_count
    if not count:
        return
    odd = seen.setdefault(raw, _Unreadable())
    if not odd.count:
        row = pc.indices_nonzero(pc.is_valid(values))[0].as_py()
        odd.line, odd.value = block.lines[row].as_py(), values[row].as_py()
    odd.count += count


def _one(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.cast(pa.string()).chunks) if column.num_chunks else pa.array([])


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class _Expressions:
    """SQL for a value, and (else NULL) for one that no format reads, one whose hour came twice."""

    value: str
    unreadable: str | None = None
    repeated: str | None = None


def _expressions(spec: ColumnSpec, indexes: tuple[int, ...]) -> _Expressions:
    if spec.hash_of:
        parts = ", ".join(f"coalesce(c{index}, '')" for index in indexes)
        return _Expressions(f"md5(concat_ws(chr(31), {parts}))")
    value = f"c{indexes[0]}"
    if spec.strip:
        value = f"trim({value}, ' \t\u3000\u00a0')"
    for text in spec.remove:
        value = f"replace({value}, {_literal(text)}, '')"
    if spec.lower or spec.upper:
        value = f"{'lower' if spec.lower else 'upper'}({value})"
    if spec.strip or spec.remove:
        value = f"nullif({value}, '')"
    if spec.map:
        value = _mapped(value, spec.map)
    unreadable = repeated = None
    formats = spec.formats()
    if formats:
        readings = [_reading(value, form, spec.timezone) for form in formats]
        read = f"coalesce({', '.join(readings)})"
        unreadable = f"case when {read} is null then {value} end"
        if spec.timezone and _changes_clocks(spec.timezone):
            local = [_wall_time(value, f) for f in formats if f not in _NUMBERS and "%z" not in f]
            repeated = _repeated_hour(local, value, spec.timezone) if local else None
        value = f"coalesce({read}, {value})"
    if spec.default is not None:
        value = f"coalesce({value}, {_literal(spec.default)})"
    return _Expressions(value, unreadable, repeated)


def _mapped(value: str, words: dict[str, str]) -> str:
    """Words that are not listed stay as they are, unless `*` says what they become."""
    cases = " ".join(
        f"when {_literal(old)} then {_literal(new)}" for old, new in words.items() if old != "*"
    )
    rest = value
    if "*" in words:
        rest = f"case when {value} is null then null else {_literal(words['*'])} end"
    return f"case {value} {cases} else {rest} end" if cases else rest


def _reading(value: str, form: str, zone: str | None) -> str:
    """One format's reading as ISO text: a day stays a day, a time becomes UTC with Z."""
    if form in ("epoch_s", "epoch_ms"):
        factor = 1_000_000 if form == "epoch_s" else 1_000
        return _utc_text(f"make_timestamp(cast(try_cast({value} as double) * {factor} as bigint))")
    if form == "excel_serial":
        return _excel_reading(value, zone)
    read = _wall_time(value, form)
    if "%z" in form:
        return _utc_text(f"({read} at time zone 'UTC')")
    if not any(part in form for part in _TIME_PARTS):
        return f"strftime({read}, '%Y-%m-%d')"
    if zone is None:
        return _iso(read, "")
    return _utc_text(_instant(read, zone))


def _excel_reading(value: str, zone: str | None) -> str:
    """A serial counts days from the end of 1899; 32874 is 1990, 109574 the year 2200."""
    serial = f"try_cast({value} as double)"
    seconds = f"cast(round(({serial} - 25569) * 86400) as bigint)"
    moment = f"make_timestamp({seconds} * 1000000)"
    at = f"(case when {serial} between 32874 and 109574 then {moment} end)"
    time = _iso(at, "") if zone is None else _utc_text(_instant(at, zone))
    return f"case when {serial} = floor({serial}) then strftime({at}, '%Y-%m-%d') else {time} end"


def _wall_time(value: str, form: str) -> str:
    return f"try_strptime({value}, {_literal(form)})"


def _instant(wall: str, zone: str) -> str:
    """The instant, in UTC, of a time on the wall; of an hour that comes twice the first.

    The engine takes the second, so it is asked three hours before, when the clocks had not been
    changed; macros/engine/time.sql does the same for times that come without a zone.
    """
    plain = _at_zone(wall, zone)
    if not _changes_clocks(zone):
        return plain
    first = _first(wall, zone)
    return f"case when {_wall(first, zone)} = {wall} then {first} else {plain} end"


def _repeated_hour(walls: list[str], value: str, zone: str) -> str:
    conditions = []
    for wall in walls:
        first = _first(wall, zone)
        conditions.append(f"({_wall(first, zone)} = {wall} and {first} <> {_at_zone(wall, zone)})")
    return f"case when {' or '.join(conditions)} then {value} end"


def _first(wall: str, zone: str) -> str:
    return f"({_at_zone(f'({wall} - to_hours(3))', zone)} + to_hours(3))"


def _at_zone(wall: str, zone: str) -> str:
    return f"(timezone({_literal(zone)}, {wall}) at time zone 'UTC')"


def _wall(instant: str, zone: str) -> str:
    return f"timezone({_literal(zone)}, timezone('UTC', {instant}))"


@lru_cache(maxsize=64)
def _changes_clocks(zone: str) -> bool:
    """Whether the zone has had more than one distance from UTC since 1990 (summer time)."""
    try:
        info = ZoneInfo(zone)
    except ZoneInfoNotFoundError:  # the engine knows more zones than this system
        return True
    months = [datetime(y, m, 1, tzinfo=UTC) for y in range(1990, 2038) for m in range(1, 13)]
    return len({month.astimezone(info).utcoffset() for month in months}) > 1


def _utc_text(moment: str) -> str:
    return _iso(moment, "Z")


def _iso(moment: str, suffix: str) -> str:
    """ISO text, with microseconds only where there are any."""
    return (
        f"case when epoch_us({moment}) % 1000000 = 0 "
        f"then strftime({moment}, '%Y-%m-%dT%H:%M:%S{suffix}') "
        f"else strftime({moment}, '%Y-%m-%dT%H:%M:%S.%f{suffix}') end"
    )
