"""What a file of evidence holds, whichever format it is written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from dashboard.ui import fields, urlstate
from dashboard.ui.context import Context
from dashboard.ui.format import missing

Cell = str | float | int | None
# what neither a workbook nor a slide may hold: XML has no place for it
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Series:
    """One row of bars or one line; a value that is not there is a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """A chart of categories. `unit` is the number format of its values, as Excel writes it."""

    kind: Literal["bar", "line"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "General"


@dataclass(frozen=True)
class Section:
    """A finding: its heading, the sentence that says it, its rows and perhaps a chart."""

    title: str
    note: str
    table: pd.DataFrame
    chart: Chart | None = None


@dataclass(frozen=True)
class Pack:
    """A file: the headline is its title, conditions say filters, instant and run."""

    title: str
    headline: str
    conditions: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    definitions: tuple[tuple[str, str], ...] = ()
    words: tuple[str, str, str] = ("Conditions", "Definitions", "Data")


def conditions(ctx: Context, filters: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The filters of the page in words, the instant it looks from, the run, and its address."""
    data = ctx.store.data
    address = "&".join(
        f"{field.key}={urlstate.get(field)}"
        for field in fields.PAGES[ctx.page]
        if urlstate.get(field) != field.default and field is not fields.VERSION
    )
    return (
        *filters,
        (ctx.tr("evidence.as_of"), ctx.fmt.instant(data.as_of)),
        (ctx.tr("evidence.run"), data.run_id),
        (ctx.tr("evidence.address"), f"?v={data.run_id}" + (f"&{address}" if address else "")),
    )


def plain(value: object) -> Cell:
    """A cell as a file may hold it: numbers stay numbers, the rest is text that XML can carry."""
    if missing(value):
        return None
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return value
    if hasattr(value, "item"):
        return plain(value.item())
    return _UNWRITABLE.sub("", str(value))


def text(value: object) -> str:
    """A text as a file may hold it."""
    return _UNWRITABLE.sub("", str(value))
