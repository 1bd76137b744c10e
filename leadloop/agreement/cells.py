"""Types of cells for the pydantic models of the seeds: from text, with a code for every fault."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from leadloop.agreement.findings import nearest_of
from leadloop.agreement.operators import OPERATORS
from leadloop.agreement.rule_language import LIST_SEPARATOR

LARGEST_COUNT = 100_000

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# as people and spreadsheets write numbers, each of which has one plain form
_ANY_NUMBER = re.compile(
    r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,2})?", re.IGNORECASE | re.ASCII
)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_GRADE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_CURRENCY = re.compile(r"[A-Z]{3}")
_FORMULA_SIGNS = "=+-@"


def fault(
    code: str,
    value: str,
    allowed: tuple[str, ...] = (),
    nearest: str | None = None,
    **params: object,
) -> PydanticCustomError:
    """An error that the check turns into a finding with this code."""
    context: dict[str, Any] = {
        "value": value,
        "allowed": allowed,
        "nearest": nearest,
        "params": params,
    }
    return PydanticCustomError(code, "a faulty cell", context)  # type: ignore[arg-type]


def _plain(cell: str) -> str:
    """Refuses full-width forms where a machine reads the cell."""
    narrow = unicodedata.normalize("NFKC", cell)
    if narrow != cell and any("\uff01" <= c <= "\uff5e" or c == "\u3000" for c in cell):
        raise fault("full_width", cell, nearest=narrow)
    return cell


def read_number(cell: str) -> float:
    """A plain decimal number; the one reading for number columns and values of conditions."""
    _plain(cell)
    if _NOT_FINITE.fullmatch(cell):
        raise fault("not_finite", cell)
    if not _NUMBER.fullmatch(cell):
        raise fault("not_a_number", cell)
    number = float(cell)
    if not math.isfinite(number):
        raise fault("not_finite", cell)
    return number


def read_plain_number(cell: str) -> float:
    """A number in the one form that is compared digit by digit: 0250 and 250.0 are written 250."""
    if _ANY_NUMBER.fullmatch(cell):
        digits = f"{Decimal(cell):f}"
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        plain = "0" if Decimal(cell) == 0 else digits
        if plain != cell:
            raise fault("not_plain_number", cell, nearest=plain)
    return read_number(cell)


def read_boolean(cell: str) -> bool:
    _plain(cell)
    if cell not in ("true", "false"):
        raise fault("not_a_boolean", cell, allowed=("true", "false"))
    return cell == "true"


def _read_count(cell: str) -> int:
    _plain(cell)
    if not re.fullmatch(r"[0-9]{1,6}", cell) or not 1 <= int(cell) <= LARGEST_COUNT:
        raise fault("not_a_count", cell)
    return int(cell)


def _read_day(cell: str) -> date:
    _plain(cell)
    try:
        if _DAY.fullmatch(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise fault("not_a_date", cell)


def _read_identifier(cell: str) -> str:
    _plain(cell)
    if not _IDENTIFIER.fullmatch(cell):
        raise fault("bad_identifier", cell)
    return cell


def _read_grade(cell: str) -> str:
    # A+ is a grade
    _plain(cell)
    if not _GRADE.fullmatch(cell):
        raise fault("bad_identifier", cell)
    return cell


def _read_domain(cell: str) -> str:
    _plain(cell)
    if not _DOMAIN.fullmatch(cell):
        raise fault("bad_domain", cell)
    return cell


def _read_currency(cell: str) -> str:
    _plain(cell)
    if not _CURRENCY.fullmatch(cell):
        raise fault("bad_currency", cell)
    return cell


def _read_text(cell: str) -> str:
    if unicodedata.normalize("NFKC", cell[:1])[:1] in tuple(_FORMULA_SIGNS):
        raise fault("formula", cell)
    return cell


def normal(word: str) -> str:
    """The form in which words of the sources are compared: plain width, lower case."""
    return unicodedata.normalize("NFKC", word).lower()


def _read_word(cell: str) -> str:
    if normal(cell) != cell:
        raise fault("not_normalised", cell, nearest=normal(cell))
    return cell


def _read_words(cell: str) -> tuple[str, ...]:
    words = tuple(cell.split(LIST_SEPARATOR))
    if any(not w or w != w.strip() or normal(w) != w for w in words) or len(set(words)) < len(
        words
    ):
        tidy = dict.fromkeys(normal(w).strip() for w in words)
        raise fault("not_normalised", cell, nearest=LIST_SEPARATOR.join(w for w in tidy if w))
    return words


def _required(read: Callable[[str], Any]) -> Callable[[str], Any]:
    def from_cell(cell: str) -> Any:
        if not cell:
            raise fault("required", cell)
        return read(cell)

    return from_cell


def _optional(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda cell: read(cell) if cell else None


def _between(low: float, high: float) -> Callable[[str], float]:
    def read(cell: str) -> float:
        number = read_number(cell)
        if not low <= number <= high:
            raise fault("out_of_range", cell, low=f"{low:g}", high=f"{high:g}")
        return number

    return read


def _above_zero(code: str) -> Callable[[str], float]:
    def read(cell: str) -> float:
        number = read_number(cell)
        if number <= 0:
            raise fault(code, cell)
        return number

    return read


def known(cell: str, words: tuple[str, ...]) -> str:
    """`cell`, if it is one of `words`; else a fault that lists them."""
    if cell not in words:
        _plain(cell)
        raise fault("unknown_value", cell, allowed=words, nearest=nearest_of(cell, words))
    return cell


def one_of(words: tuple[str, ...]) -> BeforeValidator:
    """A cell that must be one of a closed list."""
    return BeforeValidator(_required(lambda cell: known(cell, words)))


def operator_name() -> BeforeValidator:
    """A cell that must be an operator; they are read when the first row is."""
    return BeforeValidator(_required(lambda cell: known(cell, tuple(OPERATORS))))


def one_of_or_empty(words: tuple[str, ...]) -> BeforeValidator:
    """The same, or nothing."""
    return BeforeValidator(_optional(lambda cell: known(cell, words)))


Identifier = Annotated[str, BeforeValidator(_required(_read_identifier))]
OptionalIdentifier = Annotated[str | None, BeforeValidator(_optional(_read_identifier))]
Grade = Annotated[str, BeforeValidator(_required(_read_grade))]
Domain = Annotated[str, BeforeValidator(_required(_read_domain))]
Text = Annotated[str, BeforeValidator(_required(_read_text))]
OptionalText = Annotated[str | None, BeforeValidator(_optional(_read_text))]
Word = Annotated[str, BeforeValidator(_required(_read_word))]
OptionalWords = Annotated[tuple[str, ...] | None, BeforeValidator(_optional(_read_words))]
Number = Annotated[float, BeforeValidator(_required(read_number))]
OptionalNumber = Annotated[float | None, BeforeValidator(_optional(read_number))]
Positive = Annotated[float, BeforeValidator(_required(_above_zero("not_positive")))]
OptionalPositive = Annotated[float | None, BeforeValidator(_optional(_above_zero("not_positive")))]
OptionalCap = Annotated[float | None, BeforeValidator(_optional(_above_zero("negative_cap")))]
Rate = Annotated[float, BeforeValidator(_required(_between(0, 1)))]
OptionalRate = Annotated[float | None, BeforeValidator(_optional(_between(0, 1)))]
Count = Annotated[int, BeforeValidator(_required(_read_count))]
OptionalCount = Annotated[int | None, BeforeValidator(_optional(_read_count))]
Day = Annotated[date, BeforeValidator(_required(_read_day))]
OptionalDay = Annotated[date | None, BeforeValidator(_optional(_read_day))]
Flag = Annotated[bool, BeforeValidator(_required(read_boolean))]
Currency = Annotated[str, BeforeValidator(_required(_read_currency))]
