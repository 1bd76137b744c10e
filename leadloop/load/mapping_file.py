"""Reads a mapping by name or path, and says in which line of the YAML a fault lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from leadloop.errors import InputRejected, Place, UsageError
from leadloop.load.faults import did_you_mean, nearest
from leadloop.load.mapping import ColumnSpec, CompanySettings, FileSpec, Mapping, MappingFault
from leadloop.load.yaml_source import Lines, read_yaml
from leadloop.settings import PROJECT_ROOT

EXAMPLES = PROJECT_ROOT / "examples"


def bundled_mappings() -> list[str]:
    """The names that `--mapping NAME` knows without a path."""
    return sorted(path.stem for path in EXAMPLES.glob("*.yml"))


def read_mapping(name_or_path: str | Path) -> Mapping:
    """The mapping of a YAML file, or of a bundled name such as `canonical`.

    Raises:
        UsageError: there is no such file.
        InputRejected: the file breaks a rule; the place names file, line and key.
    """
    path = _find(str(name_or_path))
    data, lines = read_yaml(path, path.name)
    if not isinstance(data, dict):
        data = {"": data}
    try:
        return Mapping.model_validate(data)
    except ValidationError as error:
        raise _rejected(path.name, error, lines) from error


def _find(name: str) -> Path:
    path = Path(name)
    if path.is_file():
        return path
    bundled = EXAMPLES / f"{name}.yml"
    if name in bundled_mappings() and bundled.is_file():
        return bundled
    near = did_you_mean(nearest(name, bundled_mappings()))
    names = ", ".join(bundled_mappings())
    raise UsageError(
        f"there is no mapping {name}{near['near_en']}",
        f"マッピング {name} がありません{near['near_ja']}",
        f"Give the path of a YAML file, or one of: {names}.",
        f"YAMLファイルのパスか、次のどれかを指定してください: {names}",
        Place(rule="mapping_not_found"),
    )


def _rejected(shown: str, error: ValidationError, lines: Lines) -> InputRejected:
    # an unknown key explains a missing one: a slip of the pen is both
    first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    path = first["loc"]
    rule, en, ja = _words(first, path)
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, MappingFault):
        path = (*path, *cause.at)
    key = ".".join(str(p) for p in path) or None
    return InputRejected(
        en,
        ja,
        "Correct the mapping; docs/load.md explains every key.",
        "マッピングを直してください。キーの説明は docs/load.md にあります。",
        Place(shown, _line(lines, path), key, rule),
    )


def _line(lines: Lines, path: tuple[Any, ...]) -> int | None:
    """The line of the longest known start of the path (short forms drop a level)."""
    for size in range(len(path), -1, -1):
        if path[:size] in lines:
            return lines[path[:size]]
        # `leads: {file: ...}` is read as a list of one: its index stands in no YAML
        without = tuple(p for p in path[:size] if p != 0)
        if without in lines:
            return lines[without]
    return None


def _words(error: Any, path: tuple[Any, ...]) -> tuple[str, str, str]:
    key = str(path[-1]) if path else ""
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, MappingFault):
        return cause.rule, cause.en, cause.ja
    if error["type"] == "extra_forbidden":
        allowed = sorted(_model_at(path).model_fields)
        near = did_you_mean(nearest(key, allowed))
        names = ", ".join(allowed)
        return (
            "mapping_key",
            f"unknown key {key}{near['near_en']} (allowed: {names})",
            f"知らないキーです: {key}{near['near_ja']}（使えるキー: {names}）",
        )
    if error["type"] == "missing":
        return "mapping_key_missing", f"the key {key} is missing", f"キー {key} がありません"
    if error["type"] == "literal_error":
        allowed = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        return (
            "mapping_value",
            f"{key} must be one of: {allowed}",
            f"{key} に書けるのは次のどれかです: {allowed}",
        )
    return (
        "mapping_value",
        f"{key}: {error['msg']}",
        f"{key} の値が正しくありません: {error['msg']}",
    )


def _model_at(path: tuple[Any, ...]) -> type[BaseModel]:
    if path[:1] == ("company",):
        return CompanySettings
    if "columns" in path[:-1]:
        return ColumnSpec
    return FileSpec if path[:1] == ("tables",) and len(path) > 1 else Mapping
