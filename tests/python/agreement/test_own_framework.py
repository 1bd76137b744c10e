"""A company adds a framework of its own with rows, its own questions included."""

from __future__ import annotations

from leadloop.agreement import check_seeds

from .seed_folder import SeedFolder

_HEADER = (
    "framework",
    "position",
    "element",
    "question",
    "required_for_sql",
    "is_gate",
    "label_ja",
    "label_en",
)
_OURS = (
    ("OURS", "1", "Pain", "challenge", "true", "true", "困りごと", "Pain"),
    ("OURS", "2", "Champion", "champion", "false", "false", "推進役", "Champion"),
    ("OURS", "3", "Date", "timing", "true", "false", "期日", "Date"),
)


def _add_framework(seeds: SeedFolder) -> int:
    """Writes the framework below the shipped ones; the line of its first row."""
    rows = seeds.read("frameworks")
    assert tuple(rows[0]) == _HEADER
    seeds.write("frameworks", [*rows, *map(list, _OURS)])
    return len(rows) + 1


def _add_question(seeds: SeedFolder) -> None:
    like = seeds.line("code_labels", kind="question", code="need")
    seeds.append(
        "code_labels", like, code="champion", label_ja="推進役は誰か", label_en="Champion?"
    )


def test_a_framework_with_a_question_of_its_own_is_sound(seeds: SeedFolder) -> None:
    _add_framework(seeds)
    _add_question(seeds)

    assert check_seeds(seeds.root) == []


def test_the_question_needs_words(seeds: SeedFolder) -> None:
    """Without them a misspelt question would pass for a new one and never have an answer."""
    first = _add_framework(seeds)

    found = check_seeds(seeds.root)

    assert [(f.code, f.line, f.column) for f in found] == [("unknown_value", first + 1, "question")]
    assert "challenge" in found[0].allowed


def test_a_definition_may_ask_for_the_own_question(seeds: SeedFolder) -> None:
    _add_question(seeds)
    line = seeds.line("stage_definitions", version="v2", criterion="budget")
    seeds.change("stage_definitions", line, value="champion:confirmed")

    assert check_seeds(seeds.root) == []


def test_a_framework_may_take_the_place_of_the_shipped_ones(seeds: SeedFolder) -> None:
    seeds.write("frameworks", [list(_HEADER), *map(list, _OURS)])
    _add_question(seeds)

    assert check_seeds(seeds.root) == []


def test_the_words_of_a_shipped_question_are_not_left_out(seeds: SeedFolder) -> None:
    seeds.drop("code_labels", kind="question", code="urgency")

    line = seeds.line("frameworks", question="urgency")
    found = check_seeds(seeds.root)
    assert [(f.code, f.line, f.column) for f in found] == [("unknown_value", line, "question")]
