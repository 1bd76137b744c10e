"""A new operator is one line in one file: the check accepts it and dbt builds with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leadloop.agreement.operators import OPERATORS, OPERATORS_FILE, Operators, Takes
from leadloop.agreement.rule_language import operators_for
from leadloop.errors import LeadloopError
from leadloop.settings import PROJECT_ROOT
from tests.python.pipeline.mutant_kit import ProjectCopy

FILE = OPERATORS_FILE.relative_to(PROJECT_ROOT).as_posix()
BEFORE = "        'exists': {"
SUFFIX = (
    "        'suffix': {'takes': 'one', 'kinds': ['text'], 'reads': 'text', "
    "'holds': 'right(' ~ lower_text ~ ', length(' ~ value ~ ')) = ' ~ lower_value},\n"
)
PRICE = "v2,price_page_view,engagement,key_page_view,,exists,,"
PRICE_SUFFIX = "v2,price_page_view,engagement,key_page_view,url,suffix,/Pricing,"

# operator, value, field -> 1 it holds, 0 it does not, None nobody knows
ANSWERS = [
    ("suffix", "/pricing", "https://a.example/Pricing", 1),
    ("suffix", "/pricing", "https://a.example/pricing/faq", 0),
    ("suffix", "/pricing", None, None),
    ("prefix", "HTTPS://a", "https://a.example", 1),
    ("contains", "c.", "https://a.example", 0),
    ("in", "it|retail", "IT", 1),
    ("in", "it|retail", "i", 0),
    ("eq", "100", "100.0", 1),
    ("eq", "true", "false", 0),
    ("eq", "x", None, None),
    ("gte", "100", "99", 0),
    ("gte", "100", "100", 1),
    ("gte", "100", "many", None),
    ("lte", "100", "100.5", 0),
    ("between", "1|9", "9", 1),
    ("between", "1|9", "10", 0),
    ("exists", None, "", 1),
    ("exists", None, None, None),
    ("unknown", None, None, 1),
    ("unknown", None, "x", 0),
]


def _literal(text: str | None) -> str:
    return f"'{text}'" if text is not None else "cast(null as varchar)"


def _number(state: int | None) -> str:
    return "cast(null as int)" if state is None else str(state)


def test_the_file_as_it_is_read() -> None:
    assert operators_for("score", "total") == ("gte", "lte", "between")
    assert operators_for("lead", "is_opted_out") == ("eq", "exists", "unknown")
    assert "unknown" not in operators_for("page_view", "url")
    assert OPERATORS["between"].takes is Takes.BOUNDS
    assert [name for name, one in OPERATORS.items() if one.names_codes] == ["eq", "in"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("'takes': 'list'", "'takes': 'lots'", "'lots' is not a valid Takes"),
        ("'kinds': ['number'], 'reads': 'number', 'holds': number ~ ' <=", "'holds': number ~ ' <=",
         "kinds"),
        ("{% macro operators(", "{% macro operator(", "operators"),
        ("{{ return(", "{{ return", "Error"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = OPERATORS_FILE.read_text("utf-8")
    path = tmp_path / "operators.sql"
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")

    with pytest.raises(LeadloopError) as caught:
        tuple(Operators(path))

    assert caught.value.place.file == str(path)
    assert says in caught.value.message["en"]


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(LeadloopError, match="FileNotFoundError"):
        len(Operators(tmp_path / "operators.sql"))


def test_an_operator_of_ones_own(tmp_path: Path) -> None:
    copy = ProjectCopy(tmp_path)
    shutil.copytree(
        PROJECT_ROOT / "leadloop", tmp_path / "leadloop", ignore=shutil.ignore_patterns("*.pyc")
    )
    cases = ", ".join(
        f"({number}, '{operator}', {_literal(value)}, {_literal(field)}, {_number(state)})"
        for number, (operator, value, field, state) in enumerate(ANSWERS)
    )
    (tmp_path / "tests" / "data" / "probe_answers.sql").write_text(
        "select * from (\n"
        "select *, {{ condition_state('op', 'val', 'txt', 'try_cast(txt as double)') }} as state\n"
        f"from (values {cases}) as cases (n, op, val, txt, expected)\n"
        ") as answers where state is distinct from expected\n",
        "utf-8",
    )
    select = ("--select", "scorecards", "scoring_rules", "probe_answers")
    build = ("build", *select, "--indirect-selection", "cautious")
    with copy.edited("seeds/agreement/scoring_rules.csv", PRICE, PRICE_SUFFIX):
        assert "unknown_value" in _check(tmp_path).stdout
        before = copy.dbt(*build)
        with copy.edited(FILE, BEFORE, SUFFIX + BEFORE):
            done = _check(tmp_path)
            after = copy.dbt(*build)

    assert {name.partition("_scoring")[0] for name in before.failed} == {
        "known_operator",
        "probe_answers",
    }
    assert done.returncode == 0, done.stdout + done.stderr
    assert not after.failed
    assert {"probe_answers", "scoring_rules"} <= set(after.passed)


def _check(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leadloop.cli", "check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=root,
        env={**os.environ, "LEADLOOP_LANG": "en", "PYTHONPATH": str(root)},
        check=False,
    )
