"""Who holds what when the demo company uses named tools, and the files that come of it.

Sales works in Salesforce where it is named, else in HubSpot; people and their mails are HubSpot's
where it is named; BowNow lists who came by the web. Whatever none of them can carry (page views,
downloads, seminars, hearing answers, hand-overs) stays in canonical files in `rest`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from leadloop.demo.chunk import Simulation
from leadloop.demo.company import AS_OF, TRUTH_FILE, GeneratedCompany, plan_of, truth_of
from leadloop.demo.forms import bownow, hubspot, salesforce
from leadloop.demo.forms.cells import each, is_one_of, left
from leadloop.demo.raw_form import as_text
from leadloop.errors import UsageError

SUPPORTED = ("hubspot", "salesforce", "bownow")
REST = "canonical"
_SALES_KINDS = (*hubspot.CALLS, "meeting")


def parse_tools(text: str) -> tuple[str, ...]:
    """The tools of a list with commas, in our order.

    Raises:
        UsageError: none is named, or one that the demo company cannot be written as.
    """
    named = [part.strip().lower() for part in text.split(",") if part.strip()]
    unknown = [name for name in named if name not in SUPPORTED]
    if unknown or not named:
        shown = ", ".join(unknown) or "--tools"
        raise UsageError(
            f"the demo company cannot be written as exports of {shown}",
            f"デモ会社を次のツールの形では書き出せません: {shown}",
            f"Choose among: {', '.join(SUPPORTED)}.",
            f"次の中から選んでください: {', '.join(SUPPORTED)}",
        )
    return tuple(tool for tool in SUPPORTED if tool in named)


def folders(tools: tuple[str, ...]) -> tuple[str, ...]:
    """The folders of the exports, and the mappings of the same names that load them."""
    return (*tools, REST)


@dataclass(frozen=True)
class Split:
    """Which of the tools holds which part of the company."""

    tools: tuple[str, ...]

    @property
    def people(self) -> str:
        """Under whose ids the rest speaks of leads; BowNow has no id but the address."""
        return next((t for t in ("hubspot", "salesforce") if t in self.tools), REST)

    @property
    def sales(self) -> str:
        """Where calls, meetings and deals are."""
        return next((t for t in ("salesforce", "hubspot") if t in self.tools), REST)

    @property
    def lead_id(self) -> Callable[[str], str]:
        """A lead's id as the rest writes it."""
        return {"hubspot": hubspot.lead_id, "salesforce": salesforce.lead_id}.get(
            self.people, lambda ident: ident
        )


class _Folder:
    """The CSV files of one tool; parts of a table go one behind the other."""

    def __init__(self, folder: Path, encoding: str = "utf-8", preamble: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.csv"):
            old.unlink()
        self._folder, self._encoding, self._preamble = folder, encoding, preamble
        self.files: list[Path] = []

    def write(self, tables: dict[str, pa.Table]) -> None:
        for name, table in tables.items():
            path = self._folder / f"{name}.csv"
            is_new = path not in self.files
            if is_new:
                self.files.append(path)
                path.write_bytes(self._preamble.encode(self._encoding))
            buffer = io.BytesIO()
            csv.write_csv(table, buffer, csv.WriteOptions(include_header=is_new))
            text = buffer.getvalue().decode("utf-8")
            if self._preamble:
                text = text.replace("\n", "\r\n")
            with path.open("ab") as file:
                file.write(text.encode(self._encoding))


class ToolWriter:
    """Shares the company's tables out among the tools."""

    def __init__(self, out_dir: Path, tools: tuple[str, ...]) -> None:
        self.split = Split(tools)
        self._hubspot = hubspot.HubSpot()
        self._folders = {
            name: _Folder(out_dir / name, "cp932", bownow.PREAMBLE)
            if name == "bownow"
            else _Folder(out_dir / name)
            for name in folders(tools)
        }
        if "hubspot" in tools:
            names = hubspot.lookups(True, self.split.sales == "hubspot")
            self._folders["hubspot"].write(names)
        if "salesforce" in tools:
            self._folders["salesforce"].write(salesforce.lookups())

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(path for folder in self._folders.values() for path in folder.files)

    def write(self, made: dict[str, pa.Table]) -> None:
        """Writes what one slice of the company is in each tool."""
        made = {name: as_text(table, name) for name, table in made.items()}
        if "marketing_costs" in made:
            self._costs(made["marketing_costs"])
            return
        self._people(made)
        self._activities(made["activities"])
        self._deals(made)

    def _costs(self, costs: pa.Table) -> None:
        if "salesforce" in self.split.tools:
            self._folders["salesforce"].write(salesforce.costs(costs))
        else:
            self._folders[REST].write({"marketing_costs": costs})

    def _people(self, made: dict[str, pa.Table]) -> None:
        leads, tools = made["leads"], self.split.tools
        if "hubspot" in tools:
            self._folders["hubspot"].write(self._hubspot.contacts(leads))
        if "salesforce" in tools:
            in_deals = _idents(made["deals"]["lead_id"]) | _idents(made["deal_contacts"]["lead_id"])
            known = leads
            if self.split.people != "salesforce":
                # sales has in its tool whom it called or sold to
                events = made["activities"]
                worked = is_one_of(events["activity_type"], _SALES_KINDS)
                wanted = in_deals | _idents(events.filter(worked)["lead_id"])
                known = leads.filter(is_one_of(leads["lead_id"], wanted))
            self._folders["salesforce"].write(salesforce.people(known, in_deals))
        if "bownow" in tools:
            self._folders["bownow"].write({"lead": bownow.leads(leads)})
        if self.split.people == REST:
            self._folders[REST].write({"leads": leads})

    def _activities(self, rows: pa.Table) -> None:
        taken: tuple[str, ...] = ()
        if self.split.sales != REST:
            taken += _SALES_KINDS
            form = {"salesforce": salesforce.sales_events, "hubspot": self._hubspot.sales_events}
            self._folders[self.split.sales].write(form[self.split.sales](rows))
        if "hubspot" in self.split.tools:
            taken += (*hubspot.MAILS, "form_submit")
            self._folders["hubspot"].write(self._hubspot.marketing(rows))
        rest = left(rows, is_one_of(rows["activity_type"], taken))
        self._folders[REST].write({"activities": self._with_own_ids(rest)})

    def _deals(self, made: dict[str, pa.Table]) -> None:
        tables = {name: made[name] for name in ("deals", "deal_contacts", "stage_changes")}
        if self.split.sales == "salesforce":
            self._folders["salesforce"].write(salesforce.deals(tables))
        elif self.split.sales == "hubspot":
            self._folders["hubspot"].write(self._hubspot.deals(tables))
        else:
            self._folders[REST].write(tables)

    def _with_own_ids(self, rows: pa.Table) -> pa.Table:
        at = rows.column_names.index("lead_id")
        return rows.set_column(at, "lead_id", each(rows["lead_id"], self.split.lead_id))


def _idents(values: pa.ChunkedArray) -> set[str]:
    return set(pc.unique(pc.drop_null(values)).to_pylist())


def generate_tools(
    out_dir: Path,
    tools: tuple[str, ...],
    leads: int = 20_000,
    seed: int = 7,
    as_of: datetime = AS_OF,
    months: int = 24,
    activities_per_lead: float = 20.0,
) -> GeneratedCompany:
    """Writes the company of the same seed as `generate`, as exports of `tools`, and truth.json.

    Each tool has a folder of its name below `out_dir`, to be loaded by the mapping of that name;
    `canonical` holds what none of them can carry.
    """
    plan = plan_of(leads, seed, as_of, months, activities_per_lead)
    out_dir.mkdir(parents=True, exist_ok=True)
    simulation = Simulation(plan)
    writer = ToolWriter(out_dir, tools)
    for made in simulation.chunks():
        writer.write(made)
    truth = truth_of(plan, simulation) | {"tools": list(tools)}
    path = out_dir / TRUTH_FILE
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return GeneratedCompany(out_dir, (*writer.files, path), truth)
