"""A trial: many rule sets as versions of one agreement, a small random company, and what an engine makes of them."""

from __future__ import annotations

import csv
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import duckdb

from leadloop.agreement.check import check_seeds
from leadloop.load.mapping_file import read_mapping
from leadloop.load.run import load
from leadloop.publish.dbt_run import DbtCall
from leadloop.raw.contract import TABLES
from leadloop.settings import PROJECT_ROOT, Home
from leadloop.spark import run as spark
from leadloop.spark.export import MartTable, read_contracts
from tests.reference.generate import Company, Row, RuleSet, company, rule_set
from tests.reference.scorer import TOKYO, Agreement, History, Scorer, ScorerType, optional

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
_LOADED_AT = "2026-11-22T00:00:00Z"

_FOLDERS = ("models", "macros", "seeds", "tests/generic", "tests/data")
_FILES = ("dbt_project.yml", "profiles.yml")
MARTS = ("fct_score_ledger", "fct_qualifications", "lead_scores")
_SELECTOR = """\
selectors:
  - name: scores
    default: true
    definition:
      union:
        {models}
        - exclude:
            - method: resource_type
              value: test
            - method: resource_type
              value: unit_test
"""
_SELECTED = "- {{method: fqn, value: {name}, parents: true}}"


EVERYBODY, _WIDE = "all", "wide"
# leads that each are a segment with a version of its own, so that many versions are in force at once
_WITH_THEIR_OWN = 28


@dataclass(frozen=True)
class Card:
    """What a version is for; a proposal has no days."""

    status: str
    segment: str = EVERYBODY
    valid_from: str = ""
    valid_to: str = ""

    @property
    def ends_at(self) -> datetime:
        """The first instant at which it is no longer in force."""
        return midnight(self.valid_to) if self.valid_to else datetime.max.replace(tzinfo=UTC)


def midnight(day: str) -> datetime:
    """The first instant of a local day."""
    return datetime.fromisoformat(day).replace(tzinfo=TOKYO).astimezone(UTC)


@dataclass(frozen=True)
class Trial:
    """Rule sets by version, and leads."""

    rule_sets: Mapping[str, RuleSet]
    companies: Sequence[Company]

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Which versions are in force, for whom and when; the others are proposals."""
        versions = iter(self.rule_sets)
        cards = {
            next(versions): Card("retired", EVERYBODY, "2000-01-01", "2024-04-10"),
            next(versions): Card("active", EVERYBODY, "2024-04-10"),
            next(versions): Card("active", _WIDE, "2024-04-01"),
        }
        for number in range(_WITH_THEIR_OWN):
            begins = ("2000-01-01", "2024-04-05", "2024-05-01")[number % 3]
            cards[next(versions)] = Card("active", f"s{number}", begins)
        return cards | {v: Card(("draft", "challenger")[i % 2]) for i, v in enumerate(versions)}

    def in_force(self, lead_id: str) -> Iterator[tuple[str, datetime, datetime]]:
        """The versions that are or were in force for a lead, with their instants."""
        lead = self.histories[lead_id].lead
        segment = EVERYBODY
        if lead.attributes.get("country", "").lower() == "jp":
            segment = _WIDE
        number = int(lead.attributes["product"].removeprefix("Kintai-"))
        if number < _WITH_THEIR_OWN:
            segment = f"s{number}"
        own = {v: c for v, c in self.cards.items() if c.segment == segment and c.valid_from}
        begins = min(midnight(c.valid_from) for c in own.values())
        for version, card in self.cards.items():
            if version in own:
                yield version, midnight(card.valid_from), card.ends_at
            elif card.segment == EVERYBODY and card.valid_from:
                # before a segment had its own, it was scored like everybody
                starts, ends = midnight(card.valid_from), min(card.ends_at, begins)
                if starts < ends:
                    yield version, starts, ends

    def version_for(self, lead_id: str, at: datetime) -> str:
        """The version in force for a lead at an instant."""
        return next(v for v, begins, ends in self.in_force(lead_id) if begins <= at < ends)

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """The rule sets as the reference reads them."""
        return {
            version: Agreement(
                version,
                full_rows(rows.rules, "scoring_rules"),
                full_rows(rows.criteria, "stage_definitions"),
                full_rows(rows.disqualifiers, "disqualifiers"),
                optional(rows.total_cap),
            )
            for version, rows in self.rule_sets.items()
        }

    @cached_property
    def histories(self) -> dict[str, History]:
        """The leads as the reference reads them."""
        return {c.history.lead.lead_id: c.history for c in self.companies}

    def scorer(self, lead_id: str, version: str, scorer: ScorerType = Scorer) -> Scorer:
        """One lead under one version."""
        return scorer(self.agreements[version], self.histories[lead_id], visit_types())

    def scorers(
        self, scorer: ScorerType = Scorer, versions: Iterable[str] | None = None
    ) -> Iterator[tuple[str, str, Scorer]]:
        """Every lead under every version, or under some."""
        for version in self.rule_sets if versions is None else versions:
            for lead_id in self.histories:
                yield lead_id, version, self.scorer(lead_id, version, scorer)


def make_trial(number: int, versions: int, leads: int) -> Trial:
    """The trial of that number; always the same."""
    random = Random(number)
    rule_sets = {
        name: rule_set(random).named(name) for name in (f"v{i:04d}" for i in range(versions))
    }
    return Trial(rule_sets, [company(random, i) for i in range(leads)])


@cache
def visit_types() -> frozenset[str]:
    """The activity types that are a visit."""
    rows = _read(PROJECT_ROOT / "seeds" / "vocabulary" / "event_types.csv")
    return frozenset(row["activity_type"] for row in rows if row["is_visit"] == "true")


# --- seeds ---------------------------------------------------------------------------------------


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _columns(name: str) -> list[str]:
    with (PROJECT_ROOT / "seeds" / "agreement" / f"{name}.csv").open(encoding="utf-8") as file:
        return file.readline().strip().split(",")


def full_rows(rows: Iterable[Row], name: str) -> list[Row]:
    """Rows with every column of a seed."""
    columns = _columns(name)
    return [{column: row.get(column, "") for column in columns} for row in rows]


def write_seeds(trial: Trial, seeds: Path) -> None:
    """The trial's rule sets in place of the shipped agreement; the check accepts them."""
    rows: dict[str, list[Row]] = defaultdict(list)
    words = {"label_ja": "名前", "label_en": "name", "reason": "random"}
    for version, found in trial.rule_sets.items():
        card = trial.cards[version]
        by = {"proposed_by": "a test", "approved_by_marketing": "m", "approved_by_sales": "s"}
        rows["scorecards"].append(
            {"version": version, "total_cap_points": found.total_cap} | asdict(card) | by
        )
        rows["scoring_rules"] += found.rules
        rows["stage_definitions"] += found.criteria
        rows["disqualifiers"] += found.disqualifiers
        rows["score_grades"] += [
            {"version": version, "axis": axis, "grade": grade, "min_score": least}
            for axis in ("fit", "engagement")
            for grade, least in (("A", "10"), ("B", "-1000"))
        ]
    # the first has no version and so is passed over
    segments = [("idle", "product", "exists", "")]
    segments += [(f"s{i}", "product", "eq", f"Kintai-{i}") for i in range(_WITH_THEIR_OWN)]
    segments.append((_WIDE, "country", "eq", "JP"))
    rows["segments"] = [
        dict(zip(("segment", "field", "operator", "value"), cells, strict=True))
        | {"position": str(position)}
        for position, cells in enumerate(segments, start=1)
    ]
    # everything a lead does counts
    rows["traffic_filters"] = []
    for name, written in rows.items():
        columns = _columns(name)
        with (seeds / "agreement" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
            writer.writeheader()
            writer.writerows(words | row for row in written)
    findings = check_seeds(seeds)
    assert not findings, "\n".join(f.render("en") for f in findings[:10])


# --- builds --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Built:
    """What an engine made of a trial."""

    warehouse: Path

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query on the marts."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql, parameters).fetchall()


class Workshop:
    """A copy of the dbt project in which trials are built one after another."""

    def __init__(self, root: Path, target: str = "duckdb") -> None:
        self._root, self._target = root, target
        self._project = root / "project"
        for name in _FOLDERS:
            shutil.copytree(PROJECT_ROOT / name, self._project / name)
        for name in _FILES:
            shutil.copyfile(PROJECT_ROOT / name, self._project / name)
        models = "\n        ".join(_SELECTED.format(name=name) for name in MARTS)
        (self._project / "selectors.yml").write_text(_SELECTOR.format(models=models), "utf-8")
        self._number = 0

    def build(self, trial: Trial, as_of: datetime = AS_OF) -> Built:
        """Load the trial's leads and build the marts of scores and instants, and nothing else."""
        self._number += 1
        # every path has the run's name, which dbt's parse may differ in and still be kept
        run_id = f"trial{self._number}"
        root = self._root / run_id
        home = Home(root / "home")
        write_seeds(trial, self._project / "seeds")
        with _own_settings():
            _load(trial, home, root / "exports")
            call = DbtCall(
                project_root=self._project,
                workdir=root / "work",
                warehouse=root / "warehouse.duckdb",
                scratch=root / "scratch.duckdb",
                cache=self._root / "cache",
                variables={
                    "run_id": run_id,
                    "raw_path": str(home.raw),
                    "as_of": as_of.strftime("%Y-%m-%d %H:%M:%S"),
                },
                threads=2,
                target_name=self._target,
            )
            # Spark's marts are taken over one by one, and only these are built
            with patch.object(spark, "read_contracts", _contracts):
                outcome = spark.runner_of(self._target)(call, lambda *_: None)
        assert outcome.exit_code == 0, "\n".join(outcome.errors)
        return Built(call.warehouse)


def _contracts(dbt_target: Path) -> list[MartTable]:
    return [mart for mart in read_contracts(dbt_target) if mart.name in MARTS]


def _load(trial: Trial, home: Home, exports: Path) -> None:
    tables = {
        "leads": [c.raw_lead for c in trial.companies],
        "activities": [row for c in trial.companies for row in c.raw_events],
        "deals": [],
        "stage_changes": [row for c in trial.companies for row in c.raw_changes],
    }
    exports.mkdir(parents=True)
    for name, rows in tables.items():
        with (exports / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, TABLES[name].columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    load(read_mapping("canonical"), exports, home)


@contextmanager
def _own_settings() -> Iterator[None]:
    """Without the caller's settings; everything is loaded long after it happened."""
    with patch.dict(os.environ):
        for name in list(os.environ):
            if name.startswith("LEADLOOP_") and name != "LEADLOOP_SPARK_MEMORY":
                del os.environ[name]
        os.environ["LEADLOOP_NOW"] = _LOADED_AT
        yield
