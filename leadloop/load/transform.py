"""Turns blocks of a source file into rows of a raw table, as its mapping says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from leadloop.load.blocks import Block
from leadloop.load.faults import Notice, mask, notice
from leadloop.load.header import Columns
from leadloop.load.mapping import ColumnSpec
from leadloop.load.source_files import SourceFile
from leadloop.raw.tools import raw_table

_TIME_PARTS = ("%H", "%-H", "%I", "%-I", "%M", "%-M", "%S", "%-S", "%p", "%f", "%n", "%g")
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
        self._computed: dict[str, tuple[str, str | None]] = {}
        self._inputs: tuple[int, ...] = ()
        self._unreadable: dict[str, _Unreadable] = {}
        self._ids: dict[str, int] = {}
        self._rows = 0
        self._compile(columns)
        self._connection = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "threads": "2"}
        )

    def close(self) -> None:
        """Lets the engine go."""
        self._connection.close()

    def apply(self, block: Block) -> pa.Table:
        """The rows of `block` in the schema of the raw table."""
        found = {raw: block.columns[index] for raw, index in self._plain.items()}
        found.update(self._compute(block))
        self._rows += block.rows
        arrays = [self._column(field, block, found) for field in self._schema]
        self._watch_ids(found)
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
        for raw, count in self._ids.items():
            if count > 0.01 * self._rows:
                seen.append(
                    notice(
                        "excel_damaged_ids",
                        self._file.name,
                        None,
                        self._file.spec.columns[raw].column or raw,
                        count=count,
                        rows=self._rows,
                    )
                )
        return seen

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
            value, unreadable = self._computed[raw]
            selected.append(f"{value} as v{position}")
            if unreadable:
                selected.append(f"{unreadable} as u{position}")
        rows = pa.table({f"c{index}": block.columns[index] for index in self._inputs})
        self._connection.register("block", rows)
        # the expressions are built from the mapping; every text of it is quoted by _literal
        query = f"select {', '.join(selected)} from block"  # noqa: S608
        table = self._connection.execute(query).to_arrow_table()
        self._connection.unregister("block")
        for position, raw in enumerate(outputs):
            if self._computed[raw][1]:
                self._count_unreadable(raw, table.column(f"u{position}"), block)
        return {raw: _one(table.column(f"v{i}")) for i, raw in enumerate(outputs)}

    def _count_unreadable(self, raw: str, values: pa.ChunkedArray, block: Block) -> None:
        count = len(values) - values.null_count
        if not count:
            return
        seen = self._unreadable.setdefault(raw, _Unreadable())
        if not seen.count:
            row = pc.indices_nonzero(pc.is_valid(values))[0].as_py()
            seen.line, seen.value = block.lines[row].as_py(), values[row].as_py()
        seen.count += count

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

    def _watch_ids(self, found: dict[str, pa.Array]) -> None:
        for raw, values in found.items():
            if not raw.endswith("_id"):
                continue
            suspects = values.filter(pc.match_substring(values, "E+"))
            damaged = pc.match_substring_regex(suspects, r"^\d(\.\d+)?E\+\d+$")
            self._ids[raw] = self._ids.get(raw, 0) + (pc.sum(damaged).as_py() or 0)


def _one(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.cast(pa.string()).chunks) if column.num_chunks else pa.array([])


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _expressions(spec: ColumnSpec, indexes: tuple[int, ...]) -> tuple[str, str | None]:
    """SQL for the value, and for a value that no format could read (NULL where one could)."""
    if spec.hash_of:
        parts = ", ".join(f"coalesce(c{index}, '')" for index in indexes)
        return f"md5(concat_ws(chr(31), {parts}))", None
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
    unreadable = None
    formats = spec.formats()
    if formats:
        readings = [_reading(value, form, spec.timezone) for form in formats]
        read = f"coalesce({', '.join(readings)})"
        unreadable = f"case when {read} is null then {value} end"
        value = f"coalesce({read}, {value})"
    if spec.default is not None:
        value = f"coalesce({value}, {_literal(spec.default)})"
    return value, unreadable


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
    read = f"try_strptime({value}, {_literal(form)})"
    if "%z" in form:
        return _utc_text(f"({read} at time zone 'UTC')")
    if not any(part in form for part in _TIME_PARTS):
        return f"strftime({read}, '%Y-%m-%d')"
    if zone is None:
        return _iso(read, "")
    return _utc_text(f"(timezone({_literal(zone)}, {read}) at time zone 'UTC')")


def _utc_text(moment: str) -> str:
    return _iso(moment, "Z")


def _iso(moment: str, suffix: str) -> str:
    """ISO text, with microseconds only where there are any."""
    return (
        f"case when epoch_us({moment}) % 1000000 = 0 "
        f"then strftime({moment}, '%Y-%m-%dT%H:%M:%S{suffix}') "
        f"else strftime({moment}, '%Y-%m-%dT%H:%M:%S.%f{suffix}') end"
    )
