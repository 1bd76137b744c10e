"""Rows of the seeds about companies: what they are called, who is active and who decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from leadloop.agreement.cells import (
    LARGEST_COUNT,
    OptionalText,
    Text,
    Word,
    fault,
    known,
    one_of,
    read_number,
)
from leadloop.agreement.findings import Problem
from leadloop.agreement.row import SeedRow
from leadloop.agreement.rule_language import ACTIVITY_SUBJECTS, JOB_LEVELS, LIST_SEPARATOR

PLACES = ("either", "end", "whole")


def _days(value: str) -> None:
    days = read_number(value)
    if days != int(days) or not 1 <= days <= LARGEST_COUNT:
        raise fault("not_a_count", value)


def each_of(words: tuple[str, ...]) -> Callable[[str], None]:
    """A check that every item of a list is one of `words`."""

    def check(value: str) -> None:
        for item in value.split(LIST_SEPARATOR):
            known(item, words)

    return check


# each term with its unit and what its value may be
_TERMS: dict[str, tuple[str, Callable[[str], None]]] = {
    "active_window": ("days", _days),
    "active_events": ("subjects", each_of(ACTIVITY_SUBJECTS)),
    "decision_maker_levels": ("job_levels", each_of(JOB_LEVELS)),
}
TERMS = tuple(_TERMS)


class AccountTerm(SeedRow):
    """What makes a person of a company active, and who decides there."""

    term: Annotated[str, one_of(TERMS)]
    value: Text
    unit: Annotated[str, one_of(tuple(unit for unit, _ in _TERMS.values()))]
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        unit, check = _TERMS[self.term]
        if self.unit != unit:
            yield Problem("unknown_value", "unit", self.unit, (unit,), unit)
        try:
            check(self.value)
        except PydanticCustomError as error:
            found: dict[str, Any] = error.context or {}
            yield Problem(error.type, "value", found["value"], found["allowed"], found["nearest"])


class CompanyForm(SeedRow):
    """A word in a company's name that says what kind of company it is, or that there is none."""

    form: Word
    place: Annotated[str, one_of(PLACES)]
    reason: OptionalText
