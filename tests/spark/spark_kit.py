"""What the tests of the second engine share: one company, and what an engine made of it."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

from odd_rows import add_odd_rows

from leadloop.agreement.folders import PRESETS_FOLDER, overlaid
from leadloop.demo.company import demo_company, generate_raw
from leadloop.publish.build import Options, Project, build
from leadloop.publish.manifest import WAREHOUSE_NAME, Manifest
from leadloop.settings import PROJECT_ROOT, Home

LEADS = 800
ACTIVITIES_PER_LEAD = 10.0
_PROJECT_FOLDERS = ("models", "macros", "seeds", "tests/generic", "tests/data")
_PROJECT_FILES = ("dbt_project.yml", "profiles.yml")
# the shipped agreement has no statuses of its own; under this one, a proposal beside it, leads come and go
PROPOSAL = "bownow_v1"
# what a Spark started in the wrong folder leaves there
_TRACES = ("derby.log", "metastore_db", "spark-warehouse", "artifacts")


@dataclass(frozen=True)
class Version:
    """What one engine published, and what Spark left in the project's folder."""

    home: Home
    manifest: Manifest
    traces: tuple[str, ...]

    @property
    def warehouse(self) -> Path:
        return self.home.versions / self.manifest.run_id / WAREHOUSE_NAME


def make_company(root: Path) -> Home:
    """The demo company and rows of odd text, loaded and not built."""
    home = Home(root)
    generate_raw(home.raw, leads=LEADS, activities_per_lead=ACTIVITIES_PER_LEAD)
    add_odd_rows(home.raw)
    home.company_file.write_text(demo_company().model_dump_json(), "utf-8")
    return home


def copy_project(root: Path) -> Path:
    """The dbt project as it is now: an edit between two builds is no difference of engines."""
    for name in _PROJECT_FOLDERS:
        shutil.copytree(PROJECT_ROOT / name, root / name)
    for name in _PROJECT_FILES:
        shutil.copyfile(PROJECT_ROOT / name, root / name)
    _propose(PROPOSAL, root / "seeds")
    return root


def _propose(preset: str, seeds: Path) -> None:
    """Add the version of a shipped example to the seeds, as a draft."""
    for place, path in overlaid(PRESETS_FOLDER / preset).items():
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if path.stem == "scorecards":
            rows = [row | {"status": "draft", "valid_from": ""} for row in rows]
        with (seeds / place).open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        with (seeds / place).open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, columns, lineterminator="\n").writerows(rows)


def build_on(target: str, project: Path, company: Home, root: Path) -> Version:
    """Publish a copy of the company by one engine."""
    shutil.copytree(company.root, root)
    home = Home(root)
    before = _traces(project)
    manifest = build(home, Options(target=target), Project(project))
    return Version(home, manifest, tuple(sorted(_traces(project) - before)))


def _traces(project: Path) -> set[str]:
    found = [folder / name for folder in (project, Path.cwd()) for name in _TRACES]
    return {f"{p} of {p.stat().st_mtime_ns}" for p in found if p.exists()}
