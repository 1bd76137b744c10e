"""Faults of the seed from which explanations are put together: each is one finding at its place."""

from __future__ import annotations

import pytest

from leadloop.agreement import check_seeds

from .seed_folder import SeedFolder

TIMES = {"part": "rule_times"}


@pytest.mark.parametrize(
    ("code", "change", "column"),
    [
        ("unknown_value", {"text_en": "{label} +{point} ({times} times)"}, "text_en"),
        ("unknown_value", {"text_ja": "{label +{points}点（{times}回）"}, "text_ja"),
        ("unknown_value", {"text_ja": "label} +{points}点（{times}回）"}, "text_ja"),
        ("unknown_value", {"part": "rule_time"}, "part"),
        ("required", {"text_ja": ""}, "text_ja"),
    ],
)
def test_one_faulty_cell_is_one_finding(
    seeds: SeedFolder, code: str, change: dict[str, str], column: str
) -> None:
    line = seeds.line("sentence_parts", **TIMES)
    seeds.change("sentence_parts", line, **change)
    found = check_seeds(seeds.root)
    assert [(f.code, f.line, f.column) for f in found] == [(code, line, column)]


def test_a_value_may_be_left_out(seeds: SeedFolder) -> None:
    """Whoever does not want the number of times may leave it out."""
    line = seeds.line("sentence_parts", **TIMES)
    seeds.change("sentence_parts", line, text_ja="{label} +{points}点", text_en="{label} +{points}")
    assert check_seeds(seeds.root) == []


def test_every_part_has_a_row(seeds: SeedFolder) -> None:
    seeds.drop("sentence_parts", **TIMES)
    found = check_seeds(seeds.root)
    assert [(f.code, f.column) for f in found] == [("missing_type", "part")]
    assert "rule_times" in found[0].message["en"]
