"""The catalogue of faults is complete: every id of reliability.md sections 3 A and B has one test, no more."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
MODULES = {"a": ("test_file_faults.py", 38), "b": ("test_meaning_faults.py", 22)}
CLASSES = re.compile(r"\b[RQWH]\b")


def _tests(module: str) -> list[ast.FunctionDef]:
    tree = ast.parse((HERE / module).read_text("utf-8"))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


@pytest.mark.parametrize("letter", MODULES)
def test_every_id_has_one_test(letter: str) -> None:
    module, count = MODULES[letter]
    ids = Counter(test.name.split("_")[1] for test in _tests(module))
    assert ids == Counter(f"{letter}{number:02}" for number in range(1, count + 1))


@pytest.mark.parametrize("letter", MODULES)
def test_every_test_says_in_one_line_what_must_happen(letter: str) -> None:
    for test in _tests(MODULES[letter][0]):
        text = ast.get_docstring(test) or ""
        assert text, test.name
        assert "\n" not in text, test.name
        # B21's NULL and B14's single instant are classes too; each line names at least one
        assert CLASSES.search(text), test.name


@pytest.mark.parametrize("letter", MODULES)
def test_no_test_is_skipped_or_empty(letter: str) -> None:
    module = MODULES[letter][0]
    text = (HERE / module).read_text("utf-8")
    assert not re.search(r"\b(skip|skipif|xfail)\b", text)
    for test in _tests(module):
        calls = [n for n in ast.walk(test) if isinstance(n, ast.Call)]
        names = {getattr(call.func, "id", "") for call in calls}
        asserts = any(isinstance(node, ast.Assert) for node in ast.walk(test))
        assert asserts or "_refusal" in names, test.name
