"""What a build depends on: raw files, the project's own files, and the settings of the run."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC
from importlib.metadata import version
from pathlib import Path

import pyarrow.parquet as pq
import yaml

from leadloop.errors import InputRejected, Place
from leadloop.publish.durable import sha256_of
from leadloop.publish.manifest import LoadedFile, RawFile
from leadloop.raw.contract import FACTS_KEY
from leadloop.settings import Home

_PATH_KEYS = ("model", "seed", "macro", "test", "analysis", "snapshot")
_PROJECT_FILES = ("dbt_project.yml", "profiles.yml", "packages.yml", "dependencies.yml")
_NAMED_BY_CONTENT = re.compile(r"-[0-9a-f]{12}\.parquet$")


def require_raw(home: Home) -> None:
    """Refuse to build where nothing was loaded."""
    if any(home.raw.glob("*/*.parquet")):
        return
    raise InputRejected(
        f"nothing is loaded yet: {home.raw} holds no data",
        f"まだデータがありません: {home.raw} が空です",
        "run `leadloop load --mapping M --from DIR`, or `leadloop demo` for the demo company",
        "`leadloop load --mapping M --from DIR`(デモは `leadloop demo`)を実行してください",
        Place(file=str(home.raw)),
    )


def raw_paths(home: Home) -> list[Path]:
    """Every raw Parquet file, in a fixed order."""
    return sorted(home.raw.glob("*/*.parquet"))


def fingerprint(
    home: Home,
    project_root: Path,
    variables: Mapping[str, str],
    seeds: Path | None = None,
    landed: Sequence[tuple[str, ...]] = (),
) -> str:
    """One hash over everything that can change the result of a build.

    `seeds` is where they lie if not in the project; `landed` the state of the connectors' tables.

    A raw file that carries its content's hash in its name is not read again; where it lies on the
    machine does not count, so a data home may be moved.
    """
    parts: list[tuple[str, ...]] = [
        ("version", package, version(package)) for package in ("leadloop", "dbt-core", "duckdb")
    ]
    parts += [("variable", name, variables[name]) for name in sorted(variables)]
    parts += landed
    for path in raw_paths(home):
        content = "" if _NAMED_BY_CONTENT.search(path.name) else sha256_of(path)
        name = path.relative_to(home.raw).as_posix()
        parts.append(("raw", name, str(path.stat().st_size), content))
    for path in project_files(project_root):
        parts.append(("project", path.relative_to(project_root).as_posix(), sha256_of(path)))
    for path in sorted(seeds.glob("*/*.csv")) if seeds else ():
        parts.append(("seeds", path.relative_to(seeds or path).as_posix(), sha256_of(path)))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def project_files(project_root: Path) -> list[Path]:
    """The files that dbt reads: its settings and everything below the paths that they name."""
    settings = yaml.safe_load((project_root / "dbt_project.yml").read_text("utf-8")) or {}
    found = {project_root / name for name in _PROJECT_FILES}
    for kind in _PATH_KEYS:
        for folder in settings.get(f"{kind}-paths", []):
            found.update((project_root / folder).rglob("*"))
    return sorted(p for p in found if p.is_file() and not p.name.startswith("."))


def raw_files(home: Home) -> list[RawFile]:
    """Size and checksum of every raw file, for `leadloop verify`."""
    return [
        RawFile(path=p.relative_to(home.raw).as_posix(), size=p.stat().st_size, sha256=sha256_of(p))
        for p in raw_paths(home)
    ]


def loaded_files(home: Home) -> list[LoadedFile]:
    """What the loader counted and kept of each file, by table, source and name."""
    found = []
    for path in sorted((home.raw / "load_files").glob("*.parquet")):
        account = pq.read_table(path)
        kept = (account.schema.metadata or {}).get(FACTS_KEY)
        facts = json.loads(kept) if kept else {}
        more = {"columns": facts.get("columns", [])}
        for row in account.to_pylist():
            at = row.get("loaded_at")  # UTC without saying so
            row["loaded_at"] = at.replace(tzinfo=UTC) if at else None
            found.append(LoadedFile.model_validate({**row, **more}))
    return sorted(found, key=lambda file: (file.table_name, file.source, file.file))
