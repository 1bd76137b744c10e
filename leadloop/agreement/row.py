"""The base of every seed's row model, and what rows with a validity share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from leadloop.agreement.findings import Problem


class SeedRow(BaseModel):
    """A row of a seed. Its fields are the seed's columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def problems(self) -> Iterator[Problem]:
        """Faults between the cells of this row; each cell alone is sound."""
        yield from ()


def reversed_validity(valid_from: date | None, valid_to: date | None) -> Iterator[Problem]:
    """The end must come after the beginning: a row that holds on no day says nothing."""
    if valid_from and valid_to and valid_to <= valid_from:
        yield Problem(
            "reversed_validity", "valid_to", str(valid_to), params={"valid_from": str(valid_from)}
        )


def read_row(model: type[SeedRow], cells: dict[str, str]) -> tuple[SeedRow | None, list[Problem]]:
    """The typed row, or None with what is wrong about its cells."""
    try:
        row = model.model_validate(cells)
    except ValidationError as error:
        return None, [_problem(fault) for fault in error.errors(include_url=False)]
    return row, list(row.problems())


def _problem(fault: object) -> Problem:
    details: dict = fault  # type: ignore[assignment]
    context = details.get("ctx", {})
    return Problem(
        code=details["type"],
        column=str(details["loc"][0]),
        value=context["value"],
        allowed=tuple(context["allowed"]),
        nearest=context["nearest"],
        params=dict(context["params"]),
    )
