"""Texts of the dashboard in Japanese and English, from one catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("ja", "en")
DEFAULT_LANGUAGE = "ja"
_FOLDER = Path(__file__).resolve().parent.parent / "locale"


def _flatten(node: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in node.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict):
            flat.update(_flatten(value, f"{path}."))
        else:
            flat[path] = str(value)
    return flat


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every text of one language under its dotted key."""
    return _flatten(yaml.safe_load((_FOLDER / f"{language}.yml").read_text("utf-8")))


@cache
def metrics() -> dict[str, dict[str, dict[str, str]]]:
    """The dictionary of metrics: key, language, then name, formula, date and note."""
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(
        (_FOLDER / "metrics.yml").read_text("utf-8")
    )
    return loaded


@dataclass(frozen=True)
class Translator:
    """The catalogue in one language; pass it along, it holds no session."""

    language: str = DEFAULT_LANGUAGE

    def __call__(self, key: str, **slots: object) -> str:
        """The text under `key`, its slots filled; a missing key is a programming error."""
        text = catalogue(self.language)[key]
        return text.format(**slots) if slots else text

    def get(self, key: str, default: str) -> str:
        """The text under `key`, or `default` where the catalogue has none (codes from data)."""
        return catalogue(self.language).get(key, default)

    def metric(self, key: str) -> str:
        """The name of a metric."""
        return metrics()[key][self.language]["name"]

    def definition(self, key: str) -> dict[str, str]:
        """How a metric is counted: name, formula, date, note."""
        return metrics()[key][self.language]

    @property
    def is_japanese(self) -> bool:
        return self.language == "ja"
