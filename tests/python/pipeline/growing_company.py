"""The demo company as its files were at an instant, with what came late, and as they are at the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from leadloop.demo import generate_raw
from leadloop.raw.contract import TABLES

# Noon in Japan, in the middle of a month and after the rules changed in May: nothing special happens then.
CUT = "2026-08-18T03:00:00Z"
END = "2026-10-31T15:00:00Z"

# What was known at the cut. A deal that closes later is still open; whoever writes it down again
# afterwards writes a newer row.
_KNOWN = {
    "leads": "created_at <= $cut",
    "activities": "occurred_at <= $cut",
    "deals": "created_at <= $cut",
    "deal_contacts": "coalesce(added_at, '') <= $cut",
    "stage_changes": "changed_at <= $cut",
    "marketing_costs": "true",
}
_STILL_OPEN = "created_at <= $cut and coalesce(closed_at, '') > $cut"
_OPEN_DEAL = """
    replace (
        case when closed_at > $cut then null else closed_at end as closed_at,
        case when closed_at > $cut then 'false' else is_closed end as is_closed,
        case when closed_at > $cut then 'false' else is_won end as is_won,
        case when closed_at > $cut then 'proposal' else stage end as stage,
        case when closed_at > $cut then null else lost_reason end as lost_reason,
        least(updated_at, $cut) as updated_at
    )
"""


@dataclass(frozen=True)
class Late:
    """What the first load does not have although it had happened."""

    lead_id: str  # this lead's own row arrives with the second load; its activities do not wait
    activity_ids: tuple[str, ...]  # these happened before the cut and arrive after it
    of_lead_id: str
    handed_over_lead_id: str  # some of them came before this lead's hand-over


class GrowingCompany:
    """Writes canonical CSV files of a generated company: all of it, or what was known when."""

    def __init__(self, folder: Path, leads: int) -> None:
        self._raw = folder / "raw"
        generate_raw(self._raw, leads=leads, activities_per_lead=14.0)

    def everything(self, folder: Path, *, shuffled: bool = False) -> Path:
        for table in TABLES:
            order = "hash(all_columns::varchar || 'shuffled')" if shuffled else "_file, _line"
            self._write(folder, table, self._select(table, order=order))
        return folder

    def known_at_the_cut(self, folder: Path, late: Late) -> Path:
        for table, known in _KNOWN.items():
            where = f"({known}) and not ({self._is_late(table, late)})"
            self._write(folder, table, self._select(table, where, cut=table == "deals"), late)
        return folder

    def arrived_after(self, folder: Path, late: Late) -> Path:
        for table, known in _KNOWN.items():
            where = f"not ({known}) or ({self._is_late(table, late)})"
            if table == "deals":
                where += f" or ({_STILL_OPEN})"
            self._write(folder, table, self._select(table, where), late)
        return folder

    def _is_late(self, table: str, late: Late) -> str:
        if table == "leads":
            return "lead_id = $lead"
        if table == "activities":
            return "list_contains($activities, activity_id)"
        return "false"

    def _select(
        self, table: str, where: str = "true", order: str = "_file, _line", cut: bool = False
    ) -> str:
        columns = ", ".join(TABLES[table].columns)
        source = f"read_parquet('{self._raw}/{table}/*.parquet')"
        changed = _OPEN_DEAL if cut else ""
        return (
            f"select {columns} from (select * {changed} from {source} as all_columns "
            f"where {where} order by {order})"
        )

    def _write(self, folder: Path, table: str, select: str, late: Late | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        parameters = {
            "cut": CUT,
            "lead": late.lead_id if late else "",
            "activities": list(late.activity_ids) if late else [],
        }
        with duckdb.connect() as connection:
            named = {name: value for name, value in parameters.items() if f"${name}" in select}
            answer = connection.execute(select, named)
            rows = answer.fetchall()
            if rows:
                connection.register("answer", _arrow(rows, TABLES[table].columns))
                connection.execute(f"copy answer to '{folder / (table + '.csv')}' (header)")


def _arrow(rows: list[tuple], columns: tuple[str, ...]):
    import pyarrow as pa

    return pa.table(
        {
            name: pa.array(values, pa.string())
            for name, values in zip(columns, zip(*rows, strict=True), strict=True)
        }
    )
