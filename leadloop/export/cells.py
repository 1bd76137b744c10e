"""A value of the published version as the text of a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from leadloop.export.form import (
    BUSINESS,
    HANDOFF_SPOKEN,
    INSTANTS,
    NUMBERS,
    SPOKEN,
    Column,
    Form,
    Language,
)

_IN_LANGUAGE = frozenset((*SPOKEN, *HANDOFF_SPOKEN))
_FORMULA_STARTS = "=+-@\t\r"
# Full-width signs become formulas once a spreadsheet or an import has made them narrow; the minus
# sign of mathematics is written as the full-width one in CP932.
_WIDE_STARTS = "＝＋－＠−"
_BREAKS = re.compile(r"[\r\n\t\u0085\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def cell(
    column: Column, row: Mapping[str, Any], form: Form, language: Language, business_zone: str
) -> str | None:
    """What `column` says of `row`; None where there is no value."""
    name = f"{column.value}_{language}" if column.value in _IN_LANGUAGE else column.value
    value = row.get(name)
    if column.value == "reason":
        value = _reason(value, row.get(f"disqualified_{language}"), language)
    if value is None or value == "":
        return None
    if column.value in NUMBERS:
        return column.prefix + number(value, column.decimals)
    if column.value in INSTANTS:
        zone = business_zone if column.timezone == BUSINESS else column.timezone
        return column.prefix + instant(value, column.format, zone)
    return _text(column.prefix + str(value), column.max_chars, keep_lines=form.is_for_people)


def number(value: float, decimals: int) -> str:
    """A number to so many decimals, halves away from zero, without zeros at its end."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, ROUND_HALF_UP)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def instant(value: datetime, form: str, timezone: str) -> str:
    """A UTC instant in the form and the zone that a tool wants."""
    return value.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).strftime(form)


def begins_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula, blanks before it or not."""
    bare = text.lstrip(" \u00a0\u3000\ufeff\u200b")
    return bare[:1] != "" and bare[0] in _FORMULA_STARTS + _WIDE_STARTS


def neutralised(text: str) -> str:
    """The text with an apostrophe before it where it could be taken for a formula."""
    return f"'{text}" if begins_like_a_formula(text) else text


def _reason(reason: str | None, disqualified: str | None, language: Language) -> str | None:
    """The reasons of the score, after the one for which the lead does not count at all."""
    if not disqualified:
        return reason
    head = f"対象外: {disqualified}" if language == "ja" else f"Disqualified: {disqualified}"
    return f"{head} / {reason}" if reason else head


def _text(text: str, max_chars: int | None, *, keep_lines: bool) -> str | None:
    # judged before the controls go: a tab at the start is one of the signs
    text = neutralised(text)
    text = _CONTROLS.sub("", text)
    if keep_lines:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
        text = "\n".join(neutralised(line) for line in lines)
    else:
        text = _BREAKS.sub(" ", text)
    if max_chars is not None and len(text) > max_chars:
        text = text[: max_chars - 1] + "…"
    return text if text.strip() else None
