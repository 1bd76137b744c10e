"""Spark's marts against the plain Python scorer: a thousand random rule sets, as versions of one agreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reference.compare import report
from tests.reference.judged import LEADS, Judged
from tests.reference.trial import Workshop, make_trial

# half of them are those of DuckDB's first trial; all are built at once, in one session of Spark
RULE_SETS = 1_000


@pytest.mark.spark
def test_every_score_and_instant_is_that_of_the_reference(tmp_path: Path) -> None:
    trial = make_trial(1, RULE_SETS, LEADS)
    judged = Judged(trial, Workshop(tmp_path, "spark").build(trial))
    assert sum(len(said) for said in judged.marts.values()) > 400_000
    assert not judged.differences, report(trial, judged.differences)
