"""Rows of the seeds about identity: when leads of several tools are one person, and who is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from leadloop.agreement.cells import (
    LARGEST_COUNT,
    Day,
    Flag,
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
from leadloop.agreement.rule_language import LIST_SEPARATOR

DECISIONS = ("same", "different")
FILL_ORDERS = ("newest_first", "source_order")


def _count(value: str) -> None:
    count = read_number(value)
    if count != int(count) or not 1 <= count <= LARGEST_COUNT:
        raise fault("not_a_count", value)


def _sources(value: str) -> None:
    names = value.split(LIST_SEPARATOR)
    if any(not name or name != name.strip() for name in names):
        raise fault("list_item_empty", value)
    if len(set(names)) < len(names):
        raise fault("list_item_twice", value)


def _fill_order(value: str) -> None:
    known(value, FILL_ORDERS)


# each rule with what its value may be; None where it is only on or off
_RULES: dict[str, Callable[[str], None] | None] = {
    "claims_per_id": _count,
    "email": None,
    "plus_tags_removed": None,
    "names_per_address": _count,
    "same_source_email": _sources,
    "source_order": _sources,
    "fill_empty": _fill_order,
}
RULES = tuple(_RULES)


class IdentityRule(SeedRow):
    """One of the rules by which leads become one person."""

    rule: Annotated[str, one_of(RULES)]
    is_on: Flag
    value: OptionalText
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        check = _RULES[self.rule]
        if check is None:
            if self.value is not None:
                params: dict[str, object] = {"rule": self.rule}
                yield Problem("value_not_for_rule", "value", self.value, params=params)
        elif self.value is None:
            # a rule that is off may keep its value or have none
            if self.is_on:
                yield Problem("required", "value")
        else:
            try:
                check(self.value)
            except PydanticCustomError as error:
                found: dict[str, Any] = error.context or {}
                yield Problem(
                    error.type, "value", found["value"], found["allowed"], found["nearest"]
                )


class IdentityException(SeedRow):
    """What somebody decided about two lead ids."""

    lead_id_a: Text
    lead_id_b: Text
    decision: Annotated[str, one_of(DECISIONS)]
    decided_by: Text
    decided_on: Day
    reason: Text

    @property
    def pair(self) -> frozenset[str]:
        """The two leads, whichever is named first."""
        return frozenset((self.lead_id_a, self.lead_id_b))

    def problems(self) -> Iterator[Problem]:
        if self.lead_id_a == self.lead_id_b:
            yield Problem("pair_of_one", "lead_id_b", self.lead_id_b)


class SharedMailbox(SeedRow):
    """The local part of addresses that several people read."""

    local_part: Word
    reason: Text

    def problems(self) -> Iterator[Problem]:
        for sign in "@+ ":
            if sign in self.local_part:
                params: dict[str, object] = {"sign": sign}
                yield Problem("not_a_local_part", "local_part", self.local_part, params=params)
                return


def _read_character(cell: str) -> str:
    """One character as it is: compatibility characters are what the seed is about."""
    if not cell:
        raise fault("required", cell)
    if len(cell) != 1:
        raise fault("not_one_character", cell)
    return cell


_Character = Annotated[str, BeforeValidator(_read_character)]


class CharacterForm(SeedRow):
    """An old or variant form of a character and the usual one."""

    old_form: _Character
    new_form: _Character
    reason: OptionalText
