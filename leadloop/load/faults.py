"""Refusals, row faults and notices of the loader, made from the texts of their rule."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from leadloop.errors import InputRejected, Place
from leadloop.load.texts import NOTICES, REFUSALS, ROW_FAULTS


@dataclass(frozen=True)
class Notice:
    """Something worth knowing about a load that goes on."""

    rule: str
    place: Place
    message: dict[str, str]

    def render(self, language: str) -> str:
        """One line in `language`."""
        place = str(self.place)
        return f"{place}: {self.message[language]}" if place else self.message[language]


@dataclass(frozen=True)
class RowFault:
    """A row that cannot become a row of a raw table."""

    line: int
    column: str | None
    rule: str
    value: str | None
    message: dict[str, str]

    def __str__(self) -> str:
        return f"line {self.line}: {self.rule} ({self.message['en']})"


def refuse(
    rule: str,
    file: str | None = None,
    line: int | None = None,
    column: str | None = None,
    **values: object,
) -> InputRejected:
    """The refusal of `rule` at a place; `values` fill its texts."""
    text = REFUSALS[rule]
    values.setdefault("column", column)
    en, ja, next_en, next_ja = (
        template.format(**values) for template in (text.en, text.ja, text.next_en, text.next_ja)
    )
    return InputRejected(en, ja, next_en, next_ja, Place(file, line, column, rule))


def notice(
    rule: str,
    file: str | None = None,
    line: int | None = None,
    column: str | None = None,
    **values: object,
) -> Notice:
    """The notice of `rule` at a place; `values` fill its texts."""
    text = NOTICES[rule]
    message = {"en": text.en.format(**values), "ja": text.ja.format(**values)}
    return Notice(rule, Place(file, line, column, rule), message)


def row_fault(
    rule: str,
    line: int,
    column: str | None = None,
    value: str | None = None,
    **values: object,
) -> RowFault:
    """The fault of one row; its value is masked here, so that no caller can forget to."""
    text = ROW_FAULTS[rule]
    message = {"en": text.en.format(**values), "ja": text.ja.format(**values)}
    return RowFault(line, column, rule, None if value is None else mask(value), message)


def mask(value: str) -> str:
    """A value as it may be shown: its first character and its length."""
    first = value[:1] if value[:1].isprintable() else "?"
    return f"{first}*** ({len(value)} characters)"


def normalised(name: str) -> str:
    """A name without case, width, blanks and punctuation: `E-Mail` and `email` are one."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def nearest(name: str, names: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The one of `names` most like `name`, or None where none is like it."""
    by_form = {normalised(n): n for n in names if normalised(n)}
    found = difflib.get_close_matches(normalised(name), by_form, n=1, cutoff=cutoff)
    return by_form[found[0]] if found else None


def did_you_mean(near: str | None) -> dict[str, str]:
    """The words `near_en` and `near_ja` of a message."""
    if near is None:
        return {"near_en": "", "near_ja": ""}
    return {"near_en": f"; did you mean {near}?", "near_ja": f"（{near} ですか）"}


def shortened(names: Iterable[str], limit: int = 20) -> str:
    """A list for a message, cut where it would fill the screen."""
    shown = [n if len(n) <= 60 else f"{n[:60]}…" for n in names]
    more = len(shown) - limit
    return ", ".join(shown[:limit]) + (f", … (+{more})" if more > 0 else "")
