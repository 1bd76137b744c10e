"""What a source brought before, and whether what it brings now can follow it.

A tool's next export is newer than the last, of about its size, and ends as the others did. One that
does not was taken from the wrong folder or was cut, although its shape is perfect.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from leadloop.errors import InputRejected
from leadloop.load.faults import Notice, notice, refuse
from leadloop.load.mapping import Mode

# Held at 20 times or 40% of the median of the last loads, worth a word at half more or less. Small
# files jump without a reason.
_REMEMBERED = 8
_MANY_TIMES, _FEW_TIMES = 20.0, 0.4
_MORE, _LESS = 1.5, 0.5
_SMALL = 100
# An appended file may be a day's work: its size means something once there is a habit.
_HABIT: dict[Mode, int] = {"snapshot": 1, "append": 3}


@dataclass(frozen=True)
class Facts:
    """What is remembered of a loaded file beside its rows; kept with its account in load_files.

    Attributes:
        loaded_at: the load that brought it.
        newest: the latest instant in its rows that had come when it was loaded.
        line_end: whether its last line had an end; None where the format has no lines.
        padded_ids: columns of ids that mostly begin with a zero.
        volumes: rows of this and the loads before it, the latest last.
        columns: the names in its header.
    """

    loaded_at: str
    newest: str | None = None
    line_end: bool | None = None
    padded_ids: tuple[str, ...] = ()
    volumes: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The facts as they are kept."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str | None) -> Facts:
        """Facts as they were kept; nothing is known of files of older loaders."""
        if not text:
            return Facts("")
        kept: dict[str, Any] = json.loads(text)
        lists = {name: tuple(kept.get(name, ())) for name in ("padded_ids", "volumes", "columns")}
        return Facts(**{**kept, **lists})


@dataclass(frozen=True)
class Earlier:
    """A file that is loaded: its name, its rows, its facts."""

    file: str
    rows: int
    facts: Facts


@dataclass(frozen=True)
class Arrival:
    """What one load brings for a table: a file to append, or all files of a snapshot."""

    file: str
    mode: Mode
    rows: int
    facts: Sequence[Facts]
    earlier: Sequence[Earlier]

    @property
    def newest(self) -> str | None:
        """The latest instant in it."""
        return max((f.newest for f in self.facts if f.newest), default=None)


def refuse_older(arrival: Arrival) -> None:
    """Refuses an export that ends before one that is loaded.

    Raises:
        InputRejected: rule older_export.
    """
    dated = [e for e in arrival.earlier if e.facts.newest]
    last = max(dated, key=lambda e: e.facts.newest or "", default=None)
    if last is None or arrival.newest is None or arrival.newest >= str(last.facts.newest):
        return
    raise refuse(
        "older_export",
        arrival.file,
        newest=_shown(arrival.newest),
        before=_shown(str(last.facts.newest)),
        loaded_on=_shown(last.facts.loaded_at),
    )


def refuse_cut(arrival: Arrival) -> None:
    """Refuses a file without an end of its last line where all files before had one.

    Raises:
        InputRejected: rule line_end_missing.
    """
    before = [e.facts.line_end for e in arrival.earlier if e.facts.line_end is not None]
    if before and all(before) and any(f.line_end is False for f in arrival.facts):
        raise refuse("line_end_missing", arrival.file, files=len(before))


def volumes_after(arrival: Arrival, accepted: bool) -> tuple[int, ...]:
    """The trail of volumes with this load; where a jump was accepted it begins anew.

    Raises:
        InputRejected: rule volume_held, unless the volume is accepted.
    """
    trail = _trail(arrival)
    now = arrival.rows
    if _is_held(arrival, trail):
        if not accepted:
            raise _held(arrival, trail)
        return (now,)
    return (*trail, now)[-_REMEMBERED:]


def remarks(arrival: Arrival) -> Iterator[Notice]:
    """What is odd beside the loads before, and no reason to refuse."""
    trail = _trail(arrival)
    if len(trail) >= _HABIT[arrival.mode] and not _is_held(arrival, trail):
        median = statistics.median(trail)
        is_far = arrival.rows > _MORE * median or arrival.rows < _LESS * median
        if is_far and abs(arrival.rows - median) > _SMALL:
            yield notice(
                "volume_changed",
                arrival.file,
                rows=arrival.rows,
                median=f"{median:g}",
                loads=len(trail),
            )
    padded_before = {name for e in arrival.earlier for name in e.facts.padded_ids}
    padded_now = {name for f in arrival.facts for name in f.padded_ids}
    for column in sorted(padded_before - padded_now) if arrival.rows else ():
        yield notice("lost_leading_zeros", arrival.file, None, column)


def _trail(arrival: Arrival) -> tuple[int, ...]:
    last = max(arrival.earlier, key=lambda e: e.facts.loaded_at, default=None)
    if last is None:
        return ()
    if last.facts.volumes:
        return last.facts.volumes
    rows = [e.rows for e in arrival.earlier]
    return (sum(rows),) if arrival.mode == "snapshot" else tuple(rows[-_REMEMBERED:])


def _is_held(arrival: Arrival, trail: Sequence[int]) -> bool:
    if len(trail) < _HABIT[arrival.mode]:
        return False
    median = statistics.median(trail)
    if not median or abs(arrival.rows - median) <= _SMALL:
        return False
    return arrival.rows >= _MANY_TIMES * median or arrival.rows <= _FEW_TIMES * median


def _held(arrival: Arrival, trail: Sequence[int]) -> InputRejected:
    median = statistics.median(trail)
    return refuse(
        "volume_held",
        arrival.file,
        rows=arrival.rows,
        median=f"{median:g}",
        loads=len(trail),
        share=f"{arrival.rows / median:.0%}",
    )


def _shown(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M") if moment else "?"
