"""The catalogue is complete in both languages, and the pages hold no words of their own."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from dashboard.data.queries import QUERIES
from dashboard.ui import fields, i18n

ROOT = Path(__file__).resolve().parents[2] / "dashboard"
SOURCES = sorted(ROOT.rglob("*.py"))
PAGES = sorted((ROOT / "app_pages").glob("*.py"))
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys():
    ja, en = (i18n.catalogue(code) for code in ("ja", "en"))
    assert set(ja) == set(en)
    assert len(ja) > 200


def test_both_languages_have_the_same_slots():
    for key, text in i18n.catalogue("ja").items():
        assert slots(text) == slots(i18n.catalogue("en")[key]), key


def test_english_holds_no_japanese():
    # a language is called by its own name everywhere
    odd = {k for k, v in i18n.catalogue("en").items() if JAPANESE.search(v)}
    assert odd == {"language.ja"}


def test_every_metric_is_defined_in_both_languages():
    needed = {*fields.GAP_METRICS, *fields.STEP_METRICS.values(), "returned", "cost_per_sql", "roi"}
    assert needed <= set(i18n.metrics())
    for key, entry in i18n.metrics().items():
        assert set(entry) == set(i18n.LANGUAGES), key
        for definition in entry.values():
            assert definition["name"]
            assert definition["formula"]
            assert definition["date"]


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_every_key_that_the_code_names_exists():
    known = i18n.catalogue("ja")
    found = 0
    for path in SOURCES:
        for call in calls(ast.parse(path.read_text("utf-8"))):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            name = call.func.id if isinstance(call.func, ast.Name) else name
            if name != "tr" or not call.args:
                continue
            key = call.args[0]
            if isinstance(key, ast.Constant):
                found += 1
                assert key.value in known, f"{path.name}: {key.value}"
    assert found > 150


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_pages_hold_no_words(path):
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef) and ast.get_docstring(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            assert not JAPANESE.search(node.value), node.value
            # keys and codes are one word; a sentence has spaces
            assert " " not in node.value.strip(), node.value


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_pages_are_short(path):
    assert len(path.read_text("utf-8").splitlines()) <= 120


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_keep_their_walls(path):
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    inside = path.relative_to(ROOT).as_posix()
    if inside != "data/repo.py":
        assert "duckdb" not in imported(tree)
    if inside.startswith("ui/figures/"):
        assert "streamlit" not in imported(tree)
    if inside != "ui/charts.py":
        assert "plotly_chart(" not in source
    assert "unsafe_allow_html" not in source
    for call in calls(tree):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        assert name != "html" or ast.unparse(call.func).startswith("html."), inside
        assert name != "execute" or inside == "data/repo.py"
    # SQL lives in files; no Python text is put together into a query
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.match(r"(?is)\s*(select|with|insert)\b.*\bfrom\b", node.value), inside


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_queries_read_marts_with_bound_parameters_only(name):
    query = QUERIES[name]
    used = set(re.findall(r"\$(\w+)", query.sql))
    assert used == set(query.parameters)
    assert "{" not in query.sql
    tables = set(re.findall(r"(?:from|join)\s+(\w+)\.", query.sql))
    assert tables == {"marts"}
    assert query.sql.startswith("--")
