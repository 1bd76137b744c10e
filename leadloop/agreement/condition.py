"""The condition that rules, criteria, disqualifiers and segments share: field, operator, value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic_core import PydanticCustomError

from leadloop.agreement.cells import (
    known,
    operator_name,
    read_boolean,
    read_number,
    read_plain_number,
)
from leadloop.agreement.findings import Problem, nearest_of
from leadloop.agreement.operators import OPERATORS, Kind, Reads, Takes
from leadloop.agreement.row import SeedRow
from leadloop.agreement.rule_language import (
    CLOSED_VALUES,
    FIELDS,
    LIST_SEPARATOR,
    operators_for,
)

OperatorName = Annotated[str, operator_name()]


class Comparison(SeedRow):
    """One comparison; unless a column says otherwise, of a field of the lead."""

    field: str
    operator: OperatorName
    # free text: an address or an answer may begin with any sign
    value: str

    @property
    def about(self) -> str:
        """The subject that is looked at."""
        return "lead"

    def problems(self) -> Iterator[Problem]:
        found = self._first_problem()
        if found:
            yield found

    def items(self) -> tuple[str, ...]:
        """The value's items: several for a list or bounds, none for an empty value."""
        if not self.value:
            return ()
        if OPERATORS[self.operator].takes in (Takes.LIST, Takes.BOUNDS):
            return tuple(self.value.split(LIST_SEPARATOR))
        return (self.value,)

    def _first_problem(self) -> Problem | None:
        # one fault a condition: a wrong field makes every later question meaningless
        return self._field_problem() or self._operator_problem() or self._value_problem()

    def _field_problem(self) -> Problem | None:
        fields = FIELDS[self.about]
        if not self.field:
            if self.operator == "exists" and self.about not in ("lead", "score", "stage_change"):
                return None
            return Problem(
                "field_required",
                "field",
                allowed=tuple(fields),
                params={"operator": self.operator, "subject": self.about},
            )
        if self.field in fields:
            return None
        if any(self.field in others for others in FIELDS.values()):
            return Problem(
                "field_not_of_subject",
                "field",
                self.field,
                allowed=tuple(fields),
                params={"subject": self.about},
            )
        every = {name for others in FIELDS.values() for name in others}
        nearest = nearest_of(self.field, fields) or nearest_of(self.field, sorted(every))
        return Problem("unknown_field", "field", self.field, tuple(fields), nearest)

    def _operator_problem(self) -> Problem | None:
        fitting = operators_for(self.about, self.field)
        if self.operator in fitting:
            return None
        where = f"{self.about}.{self.field}"
        return Problem(
            "operator_not_for_field", "operator", self.operator, fitting, params={"where": where}
        )

    def _value_problem(self) -> Problem | None:
        params: dict[str, object] = {"operator": self.operator}
        takes = OPERATORS[self.operator].takes
        if takes is Takes.NOTHING:
            if self.value:
                return Problem("value_not_allowed", "value", self.value, params=params)
            return None
        if not self.value:
            return Problem("value_missing", "value", params=params)
        if takes is Takes.ONE and LIST_SEPARATOR in self.value:
            return Problem("list_not_allowed", "value", self.value, params=params)
        items = self.items()
        if takes is Takes.BOUNDS and len(items) != 2:
            return Problem("between_bounds", "value", self.value)
        if any(not item.strip() for item in items):
            return Problem("list_item_empty", "value", self.value)
        if takes is Takes.LIST and len(set(items)) < len(items):
            return Problem("list_item_twice", "value", self.value)
        for item in items:
            if problem := self._item_problem(item):
                return problem
        if takes is Takes.BOUNDS and read_number(items[0]) > read_number(items[1]):
            return Problem("between_reversed", "value", self.value)
        return None

    def _item_problem(self, item: str) -> Problem | None:
        if item != item.strip():
            return Problem("whitespace", "value", item)
        kind = FIELDS[self.about][self.field]
        closed = CLOSED_VALUES.get(self.field)
        try:
            if kind is Kind.NUMBER and OPERATORS[self.operator].reads is Reads.TEXT:
                read_plain_number(item)
            elif kind is Kind.NUMBER:
                read_number(item)
            elif kind is Kind.BOOLEAN:
                read_boolean(item)
            elif closed and OPERATORS[self.operator].names_codes:
                known(item, closed)
        except PydanticCustomError as fault:
            context = fault.context or {}
            return Problem(fault.type, "value", item, tuple(context["allowed"]), context["nearest"])
        return None


class Condition(Comparison):
    """One condition on a lead, on its score or on what it did."""

    subject: str

    @property
    def about(self) -> str:
        return self.subject
