"""The shipped agreements side by side in one company: each in force for the leads of a product of its name."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from leadloop.agreement.folders import PRESETS_FOLDER, presets
from leadloop.agreement.registry import SEEDS
from leadloop.publish.build import Options, Project, build
from leadloop.publish.versions import resolve
from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import (
    _without_tests,
    environment,
    load_into,
    write_tables,
)

AS_OF = "2026-10-31T15:00:00Z"
# its leads are all that belong to no other example
FOR_EVERYBODY = "article"
# what a lead says about its product, where that is not the version's name
PRODUCTS = {"small": "core"}

Row = dict[str, Any]

_COLUMNS = {Path(seed.path).stem: seed.columns for seed in SEEDS}
_FILES = (
    "scorecards",
    "scoring_rules",
    "stage_definitions",
    "disqualifiers",
    "score_grades",
    "code_labels",
    "targets",
)


def rows_of(preset: str, name: str) -> list[Row]:
    """The rows of a shipped example's file; none where it has no such file."""
    path = PRESETS_FOLDER / preset / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def side_by_side(folder: Path) -> Path:
    """One agreement of all examples: the rows as shipped, each version for a segment of its own."""
    folder.mkdir(parents=True)
    cards = [_for_its_segment(row) for preset in presets() for row in rows_of(preset, "scorecards")]
    for name in _FILES:
        rows = [row for preset in presets() for row in rows_of(preset, name)]
        _write(folder, name, cards if name == "scorecards" else _once(rows))
    segments = [
        {
            "segment": card["version"],
            "position": position,
            "field": "product",
            "operator": "eq",
            "value": PRODUCTS.get(card["version"], card["version"]),
            "label_ja": card["version"],
            "label_en": card["version"],
        }
        for position, card in enumerate(cards, start=1)
        if card["segment"] != "all"
    ]
    _write(folder, "segments", segments)
    return folder


def build_examples(root: Path, leads: list[Row], events: list[Row], changes: list[Row]) -> Built:
    """Publishes the hand-made leads under the examples; dbt's own tests run elsewhere."""
    home = Home(root / "home")
    tables = {"leads": leads, "activities": events, "stage_changes": changes}
    load_into(home, write_tables(root / "files", **tables))
    options = Options(as_of=AS_OF, agreement=side_by_side(root / "agreement"))
    with environment():
        manifest = build(home, options, Project(run_dbt=_without_tests))
    return Built(home, manifest.run_id, resolve(home, manifest.run_id).path, {})


def _for_its_segment(row: Row) -> Row:
    segment = "all" if row["version"] == FOR_EVERYBODY else row["version"]
    in_force = {
        "status": "active",
        "valid_from": row["valid_from"] or "2000-01-01",
        "approved_by_marketing": "M",
        "approved_by_sales": "S",
    }
    return {**row, **in_force, "segment": segment}


def _once(rows: Iterable[Row]) -> list[Row]:
    return [dict(items) for items in dict.fromkeys(tuple(row.items()) for row in rows)]


def _write(folder: Path, name: str, rows: Iterable[Row]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS[name], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
