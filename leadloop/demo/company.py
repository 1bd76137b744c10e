"""The two ways to make the company: as the files it exports, or as raw Parquet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leadloop.demo.chunk import Plan, Simulation
from leadloop.demo.csv_form import CsvWriter
from leadloop.demo.raw_form import RawWriter
from leadloop.demo.vocabulary import COMPANY_NAME
from leadloop.errors import UsageError
from leadloop.settings import Company

AS_OF = datetime(2026, 10, 31, 15, 0, tzinfo=UTC)
TRUTH_FILE = "truth.json"


@dataclass(frozen=True)
class GeneratedCompany:
    """What was written, and what the generator knows about it."""

    out_dir: Path
    files: tuple[Path, ...]
    truth: dict[str, Any]

    @property
    def dirt(self) -> dict[str, int]:
        """How many rows of each kind of planted dirt there are."""
        return self.truth["dirt"]

    @property
    def rows(self) -> dict[str, int]:
        """Rows written for each raw table, dirt included."""
        return self.truth["rows"]


def generate(
    out_dir: Path,
    leads: int = 20_000,
    seed: int = 7,
    as_of: datetime = AS_OF,
    months: int = 24,
    activities_per_lead: float = 20.0,
) -> GeneratedCompany:
    """Writes the company's exports (`examples/demo.yml` maps them) and truth.json.

    The same arguments give the same bytes. Existing files of an earlier run are replaced.
    """
    plan = plan_of(leads, seed, as_of, months, activities_per_lead)
    out_dir.mkdir(parents=True, exist_ok=True)
    simulation = Simulation(plan)
    with CsvWriter(out_dir, plan.span) as writer:
        for tables in simulation.chunks():
            for name, table in tables.items():
                writer.write(name, table)
    truth = truth_of(plan, simulation)
    path = out_dir / TRUTH_FILE
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return GeneratedCompany(out_dir, (*writer.files, path), truth)


def generate_raw(
    home_raw: Path,
    leads: int = 20_000,
    seed: int = 7,
    as_of: datetime = AS_OF,
    months: int = 24,
    activities_per_lead: float = 20.0,
    source: str = "demo",
    loaded_at: datetime | None = None,
) -> GeneratedCompany:
    """Writes the raw Parquet form of the same company (default `loaded_at`: `as_of`).

    `home_raw` should be empty: parts of another size or seed would stay beside the new ones.
    The truth is returned, not written: everything below `home_raw` is read as raw data.
    """
    plan = plan_of(leads, seed, as_of, months, activities_per_lead)
    simulation = Simulation(plan)
    stamp = f"{leads}/{seed}/{as_of.isoformat()}/{months}/{activities_per_lead}"
    writer = RawWriter(home_raw, source, loaded_at or as_of, stamp)
    for tables in simulation.chunks():
        for name, table in tables.items():
            writer.write(name, table)
    writer.finish()
    return GeneratedCompany(home_raw, tuple(writer.files), truth_of(plan, simulation))


def demo_company(as_of: datetime = AS_OF) -> Company:
    """The settings of the data home that holds the demo company."""
    return Company(name=COMPANY_NAME, as_of=as_of, is_demo=True)


def plan_of(
    leads: int, seed: int, as_of: datetime, months: int, activities_per_lead: float
) -> Plan:
    """What to generate.

    Raises:
        UsageError: the company would be too small, or `as_of` has no time zone.
    """
    for name, value, least in (("leads", leads, 100), ("months", months, 1)):
        if value < least:
            raise UsageError(
                f"The demo company needs {name} of {least} or more, not {value}.",
                f"デモ会社の {name} は {least} 以上にしてください({value} は指定できません)。",
                f"Give {name} a value of {least} or more.",
                f"{name} に {least} 以上を指定してください。",
            )
    if as_of.tzinfo is None:
        raise UsageError(
            "as_of needs a time zone.",
            "as_of にはタイムゾーンが必要です。",
            "Write it like 2026-10-31T15:00:00Z.",
            "2026-10-31T15:00:00Z のように書いてください。",
        )
    return Plan(leads, seed, as_of.astimezone(UTC), months, activities_per_lead)


def truth_of(plan: Plan, simulation: Simulation) -> dict[str, Any]:
    """What truth.json says of a company that was generated."""
    return {
        "plan": {
            "leads": plan.leads,
            "seed": plan.seed,
            "as_of": plan.as_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "months": plan.months,
            "activities_per_lead": plan.activities_per_lead,
        },
        **simulation.truth.as_dict(),
    }
