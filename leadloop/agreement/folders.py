"""The seeds of one build: ours, with the files of a company's own agreement in their place."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

from leadloop.agreement.findings import nearest_of
from leadloop.agreement.registry import SEEDS
from leadloop.errors import UsageError
from leadloop.settings import PROJECT_ROOT

PRESETS_FOLDER = PROJECT_ROOT / "examples" / "agreements"
# beside composed seeds: what a finding should call a file that came from the company's folder
ORIGINS = "origins.json"

_PLACES = {Path(seed.path).name: seed.path for seed in SEEDS}
_GROWING = {seed.path: seed for seed in SEEDS if seed.grows}


def base_seeds(project_root: Path = PROJECT_ROOT) -> Path:
    """The complete seeds: LEADLOOP_SEEDS, as for dbt, else the project's own."""
    named = os.environ.get("LEADLOOP_SEEDS")
    return Path(named).resolve() if named else project_root / "seeds"


def presets() -> tuple[str, ...]:
    """The names of the agreements that are shipped as examples."""
    if not PRESETS_FOLDER.is_dir():
        return ()
    return tuple(sorted(p.name for p in PRESETS_FOLDER.iterdir() if any(p.glob("*.csv"))))


def folder_of(preset: str | None, directory: Path | None) -> Path | None:
    """The company's folder that the options name, if they name one.

    Raises:
        UsageError: both are given, or the folder holds no seed.
    """
    if preset and directory:
        raise UsageError(
            "--preset and --agreement exclude one another",
            "--preset と --agreement は同時に指定できません",
            "copy the preset's files into your folder and give --agreement alone",
            "プリセットのファイルを自社のフォルダーに写し、--agreement だけを指定してください",
        )
    if preset:
        return PRESETS_FOLDER / preset
    if directory and not any(directory.rglob("*.csv")):
        raise UsageError(
            f"{directory} holds no CSV file",
            f"{directory} にCSVファイルがありません",
            "put the seed files that you change into it, e.g. scorecards.csv",
            "変更するシードのファイル(scorecards.csv など)を入れてください",
        )
    return directory


def overlaid(folder: Path) -> dict[str, Path]:
    """The files of a company's folder by the place in the seeds that they take.

    Sub-folders do not matter, because every seed has a name of its own.

    Raises:
        UsageError: a file has no seed's name, or two files have the same one.
    """
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.csv")):
        place = _PLACES.get(path.name)
        if place is None:
            nearest = nearest_of(path.name, _PLACES)
            raise UsageError(
                f"no seed is called {path.name} ({path})",
                f"{path.name} という名前のシードはありません({path})",
                f'did you mean "{nearest}"?' if nearest else "see docs/rules.md for their names",
                f"「{nearest}」ではありませんか" if nearest else "名前は docs/rules.md にあります",
            )
        if place in found:
            raise UsageError(
                f"{path.name} is there twice: {found[place]} and {path}",
                f"{path.name} が2つあります: {found[place]} と {path}",
                "keep one of them",
                "どちらか1つだけを残してください",
            )
        found[place] = path
    return found


def compose(base: Path, folder: Path | None, into: Path) -> Path:
    """Seeds made of those in `base` and of the files in `folder`, which replace theirs.

    Of a seed that grows (the words of codes) the rows of `folder` come on top of the others.

    Args:
        base: a complete seeds folder.
        folder: a company's own, with only the files that it changes.
        into: where the result goes; what lies there is replaced.
    """
    files = {p.relative_to(base).as_posix(): p for p in sorted(base.glob("*/*.csv"))}
    own = overlaid(folder) if folder else {}
    shutil.rmtree(into, ignore_errors=True)
    for place, path in {**files, **own}.items():
        target = into / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        if place in own and place in _GROWING and place in files:
            _add_rows(target, files[place], _GROWING[place].keys[0])
    names = {
        place: f"{(folder or base).resolve().name}/{path.relative_to(folder or base).as_posix()}"
        for place, path in (own if folder else files).items()
    }
    (into / ORIGINS).write_text(json.dumps(names), "utf-8")
    return into


def _add_rows(own: Path, base: Path, key: tuple[str, ...]) -> None:
    """Adds the rows of `base` whose key `own` does not have; its own lines keep their numbers."""
    try:
        with own.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        known = {tuple(dict(zip(header, row, strict=True)).get(c) for c in key) for row in rows}
    except (ValueError, csv.Error):
        # the check says what is wrong with the file as it is
        return
    with base.open(encoding="utf-8-sig", newline="") as file:
        others = [
            [row.get(column, "") for column in header]
            for row in csv.DictReader(file)
            if tuple(row.get(c) for c in key) not in known
        ]
    ends = own.read_bytes().endswith(b"\n")
    with own.open("a", encoding="utf-8", newline="") as file:
        file.write("" if ends else "\n")
        csv.writer(file, lineterminator="\n").writerows(others)


def name_of(seeds: Path, place: str) -> str:
    """What a finding calls the file at `place`: the file that the user edits."""
    try:
        own = json.loads((seeds / ORIGINS).read_text("utf-8"))
    except (OSError, ValueError):
        own = {}
    return own.get(place) or f"{seeds.resolve().name}/{place}"
