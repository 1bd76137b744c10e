"""Blocks of rows on their way from a file to Parquet, and the counting of rows set aside."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from leadloop.load.faults import RowFault, refuse, row_fault

MAX_FIELD = 65_536
_MAX_REJECTED = 500
_MAX_REJECTED_SHARE = 0.02


@dataclass(frozen=True)
class Block:
    """Some rows: text columns by their index in the header, and the line of each row."""

    columns: dict[int, pa.Array]
    lines: pa.Int64Array

    @property
    def rows(self) -> int:
        return len(self.lines)

    def keep(self, mask: pa.BooleanArray) -> Block:
        """The rows for which `mask` is true."""
        kept = {index: column.filter(mask) for index, column in self.columns.items()}
        return Block(kept, self.lines.filter(mask))


@dataclass
class Tally:
    """Counts the rows of one file and keeps those set aside."""

    file: str
    loaded: int = 0
    rejects: list[RowFault] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.loaded + len(self.rejects)

    def reject(self, fault: RowFault) -> None:
        """Sets a row aside; refuses the file at once when there are too many."""
        self.rejects.append(fault)
        if len(self.rejects) > _MAX_REJECTED:
            raise self._too_many()

    def finish(self) -> None:
        """Refuses the file when too large a share of its rows was set aside."""
        if len(self.rejects) > _MAX_REJECTED_SHARE * self.read:
            raise self._too_many()

    def examples(self) -> str:
        """The first rows set aside, for a message."""
        ordered = sorted(self.rejects, key=lambda fault: fault.line)
        return "; ".join(str(fault) for fault in ordered[:3])

    def _too_many(self) -> Exception:
        first = min(fault.line for fault in self.rejects)
        return refuse(
            "too_many_rejects",
            self.file,
            first,
            rejected=len(self.rejects),
            read=self.read,
            examples=self.examples(),
        )


def empty_to_null(column: pa.Array) -> pa.Array:
    """Empty text means no value."""
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, column.type), column)


def reject_bad_values(
    block: Block, names: tuple[str, ...], tally: Tally, look_for_nul: bool
) -> Block:
    """Sets aside the rows with a NUL byte or a value that is too long."""
    bad: dict[int, RowFault] = {}
    for index, column in block.columns.items():
        # bytes are never fewer than characters, and cheaper to count
        longest = pc.max(pc.binary_length(column)).as_py() or 0
        if longest > MAX_FIELD:
            lengths = pc.utf8_length(column)
            for row in _positions(pc.greater(lengths, MAX_FIELD)):
                bad.setdefault(
                    row,
                    row_fault(
                        "field_too_long",
                        block.lines[row].as_py(),
                        names[index],
                        column[row].as_py(),
                        actual=lengths[row].as_py(),
                        limit=MAX_FIELD,
                    ),
                )
        if look_for_nul:
            for row in _positions(pc.match_substring(column, "\0")):
                line, value = block.lines[row].as_py(), column[row].as_py()
                bad.setdefault(row, row_fault("nul_byte", line, names[index], value))
    if not bad:
        return block
    for _, fault in sorted(bad.items()):
        tally.reject(fault)
    return block.keep(pa.array([row not in bad for row in range(block.rows)]))


def _positions(mask: pa.BooleanArray) -> list[int]:
    return pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
