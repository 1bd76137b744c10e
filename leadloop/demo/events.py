"""The log into which every part of the simulation writes what happened."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from leadloop.demo import vocabulary as words
from leadloop.demo.draw import Bools, Ints


@dataclass
class Events:
    """Events as columns; codes index the vocabulary and -1 means none."""

    lead: Ints
    at: Ints
    kind: Ints
    content: Ints
    channel: Ints
    campaign: Ints
    answer: Ints
    session: Ints
    actor: Ints

    def __len__(self) -> int:
        return len(self.lead)

    def where(self, mask: Bools | Ints) -> Events:
        return Events(**{f.name: getattr(self, f.name)[mask] for f in fields(self)})


_TYPES = {
    "lead": np.int64, "at": np.int64, "kind": np.int8, "content": np.int16, "channel": np.int8,
    "campaign": np.int16, "answer": np.int8, "session": np.int64, "actor": np.int8,
}  # fmt: skip


class EventLog:
    """Collects blocks of events; a scalar stands for the same value in every event."""

    def __init__(self) -> None:
        self._blocks: dict[str, list[np.ndarray]] = {name: [] for name in _TYPES}

    def add(self, kind: str, lead: Ints, at: Ints, **columns: Ints | int) -> None:
        """Adds one event of `kind` for each entry of `lead`."""
        values = {"kind": words.TYPE[kind], "lead": lead, "at": at, **columns}
        for name, dtype in _TYPES.items():
            value = np.asarray(values.get(name, -1), dtype=dtype)
            self._blocks[name].append(np.broadcast_to(value, (len(lead),)))

    def events(self) -> Events:
        """Everything that was added, in the order of adding."""
        return Events(
            **{
                name: np.concatenate(blocks) if blocks else np.empty(0, dtype=_TYPES[name])
                for name, blocks in self._blocks.items()
            }
        )


def concatenate(parts: list[Events]) -> Events:
    return Events(
        **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Events)}
    )
