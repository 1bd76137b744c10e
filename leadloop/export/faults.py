"""Refusals of the export, made from the texts of their rule."""

from __future__ import annotations

from leadloop.errors import InputRejected, Place, UsageError
from leadloop.export.texts import MISUSE, REFUSALS
from leadloop.load.texts import Text


def misuse(rule: str, **values: object) -> UsageError:
    """The usage error of `rule`; `values` fill its texts."""
    return UsageError(*_filled(MISUSE[rule], values), Place(rule=rule))


def refuse(
    rule: str,
    file: str | None = None,
    line: int | None = None,
    column: str | None = None,
    **values: object,
) -> InputRejected:
    """The refusal of `rule` at a place; `values` fill its texts."""
    return InputRejected(*_filled(REFUSALS[rule], values), Place(file, line, column, rule))


def _filled(text: Text, values: dict[str, object]) -> tuple[str, str, str, str]:
    en, ja, next_en, next_ja = (
        template.format(**values) for template in (text.en, text.ja, text.next_en, text.next_ja)
    )
    return en, ja, next_en, next_ja
