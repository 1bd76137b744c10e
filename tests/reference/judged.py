"""A trial as an engine built it, held against the reference."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from tests.reference.compare import (
    Difference,
    Found,
    current_scores,
    current_scores_of_the_reference,
    differences,
    in_force_of_the_reference,
    instants_of,
    of_the_marts,
    of_the_reference,
)
from tests.reference.scorer import Scorer, ScorerType
from tests.reference.trial import Built, Trial

LEADS = 40


class Judged:
    """What the marts say of a trial, and where somebody else's answer differs."""

    def __init__(self, trial: Trial, built: Built) -> None:
        self.trial, self._built = trial, built
        self._instants = instants_of(trial)

    @cached_property
    def marts(self) -> dict[str, Found]:
        """Every firing, score and instant of each version, and the current scores of the one in force."""
        found: dict[str, Found] = {version: {} for version in self.trial.rule_sets}
        said = of_the_marts(self._built, self._instants) | current_scores(self._built)
        for key, values in said.items():
            found[key[2]][key] = values
        return found

    @cached_property
    def differences(self) -> list[Difference]:
        """Where the marts and the reference disagree."""
        return list(self._differences_to(Scorer))

    def _differences_to(self, scorer: ScorerType) -> Iterator[Difference]:
        now = current_scores_of_the_reference(self.trial, scorer=scorer)
        now |= in_force_of_the_reference(self.trial, scorer)
        for version, said in self.marts.items():
            found = of_the_reference(self.trial, self._instants, scorer, [version])
            yield from differences(said, found | {k: v for k, v in now.items() if k[2] == version})

    def notices(self, twin: ScorerType) -> bool:
        """Does the twin get anything wrong that the reference does not?"""
        known = {(d.what, *d.place) for d in self.differences}
        return any((d.what, *d.place) not in known for d in self._differences_to(twin))
