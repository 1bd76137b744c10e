"""What an export would change: the leads of the version against what was written last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leadloop.export.candidates import Candidate
from leadloop.export.form import Form
from leadloop.export.ledger import Cells


@dataclass(frozen=True)
class Row:
    """A row of the file; `old` is what was written last, None where nothing was."""

    lead_id: str
    key: str
    cells: Cells
    old: Cells | None = None


@dataclass
class Plan:
    """The difference.

    `kept` counts, by column, leads that have lost a value: the last written one stays in the tool.
    `gone` counts keys that were written and are no more among the leads that may go out.
    """

    columns: tuple[str, ...]
    added: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    unchanged: int = 0
    withheld: dict[str, list[str]] = field(default_factory=dict)
    kept: Counter[str] = field(default_factory=Counter)
    gone: int = 0

    @property
    def rows(self) -> list[Row]:
        """The rows of the file, new ones first."""
        return [*self.added, *self.changed]

    def changes(self, row: Row) -> list[tuple[str, str | None, str | None]]:
        """Column, old and new value of every cell that differs."""
        old = row.old or (None,) * len(self.columns)
        cells = zip(self.columns, old, row.cells, strict=True)
        return [(column, before, after) for column, before, after in cells if before != after]

    def entries(self) -> Iterable[tuple[str, str, str]]:
        """Key, column and value of everything that the file says."""
        for row in self.rows:
            for column, value in zip(self.columns, row.cells, strict=True):
                if value is not None:
                    yield row.key, column, value


def make_plan(form: Form, found: Iterable[Candidate], written: Mapping[str, Cells]) -> Plan:
    """Compares what the leads say now with what was written last.

    A value that a lead no longer has is never blanked: the cell holds what was written last, and
    that alone is no change.
    """
    plan = Plan(tuple(column.name for column in form.columns))
    watched = tuple(column.watch for column in form.columns)
    may_go_out = set()
    for candidate in found:
        if candidate.withheld:
            plan.withheld.setdefault(candidate.withheld, []).append(candidate.lead_id)
            continue
        may_go_out.add(candidate.key)
        old = written.get(candidate.key)
        if old is None and not any(candidate.cells):
            plan.withheld.setdefault("nothing_to_say", []).append(candidate.lead_id)
            continue
        cells = _never_blanked(plan, candidate.cells, old)
        row = Row(candidate.lead_id, candidate.key, cells, old)
        if old is None:
            plan.added.append(row)
        elif any(w and a != b for w, a, b in zip(watched, cells, old, strict=True)):
            plan.changed.append(row)
        else:
            plan.unchanged += 1
    plan.gone = sum(key not in may_go_out for key in written)
    return plan


def _never_blanked(plan: Plan, cells: Cells, old: Cells | None) -> Cells:
    if old is None:
        return cells
    held = []
    for column, now, before in zip(plan.columns, cells, old, strict=True):
        if now is None and before is not None:
            plan.kept[column] += 1
        held.append(before if now is None else now)
    return tuple(held)
