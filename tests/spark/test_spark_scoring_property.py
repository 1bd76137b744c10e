"""Spark's marts against the plain Python scorer: the first 400 of the thousand rule sets that DuckDB is held against.

400 take two minutes on two cores, which is what this test may take; the thousand are tried on DuckDB.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reference.compare import report
from tests.reference.judged import LEADS, Judged
from tests.reference.trial import Workshop, make_trial

RULE_SETS = 400


@pytest.mark.spark
def test_every_score_and_instant_is_that_of_the_reference(tmp_path: Path) -> None:
    trial = make_trial(1, RULE_SETS, LEADS)
    judged = Judged(trial, Workshop(tmp_path, "spark").build(trial))
    assert sum(len(said) for said in judged.marts.values()) > 100_000
    assert not judged.differences, report(trial, judged.differences)
