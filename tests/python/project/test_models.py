"""The models keep the house rules: names, layers, sizes, keys, engines."""

from __future__ import annotations

import re
import statistics
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from leadloop.raw.contract import LOAD_FILES_COLUMNS, LOAD_REJECTS_COLUMNS, TABLES
from leadloop.settings import PROJECT_ROOT

MODELS = PROJECT_ROOT / "models"
MACROS = PROJECT_ROOT / "macros"

_FILES = sorted(MODELS.rglob("*.sql"))
_MACRO_FILES = sorted(MACROS.rglob("*.sql"))
_JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_SQL_COMMENT = re.compile(r"--.*$", re.MULTILINE)
_REF = re.compile(r"\bref\(\s*'([^']+)'")

# Models without a key test of their own, and why none is needed.
WITHOUT_KEY = {
    "int_rejects": "a row of a file may be refused for more than one reason",
    "quarantine": "one row a refused row; what the loader refuses has no key of its own",
    "int_deal_people_resolved": "rows as they came, refused ones too; int_deal_people has the key",
    "int_stage_changes": "a tool may write the same change down twice in one second",
    "int_stage_changes_resolved": "rows as they came, refused ones too",
    "int_copies_at_odds": "rows of files: one line that two mappings read is two rows",
    "int_lead_warnings": "rows of files, too; mart_data_warnings counts them and has the key",
    "int_event_warnings": "what has no place in a file has no key; mart_data_warnings has it",
    "fct_score_ledger": "activity_id is NULL for attributes: assert_a_firing_is_in_the_ledger_once",
    "fct_touchpoints": "deal_id is NULL without a deal: assert_a_touch_is_in_a_deal_once",
    "int_identity_claims": "a tool may hold one id in two fields; int_identity_edges has the key",
    # Steps between tables whose keys are tested, with as many rows as there are events: at a hundred million
    # of them a key test costs as much as the step.
    "scoring_firings": "fct_score_ledger has a row for each of its rows",
    "scoring_evidence": "its group by is its key",
    "scoring_criterion_counts": "one row a row of scoring_things; only held_from and held_until are read",
    "scoring_criterion_spans": "spans may overlap and repeat: they are asked for their existence",
    "scoring_capped_points": "fct_score_ledger has a row for each of its rows",
    "scoring_path_spans": "the spans of scoring_criterion_spans, for each path that asks",
    "scoring_candidates": "moments may repeat; funnel_qualifications takes the first and has the key",
    "feedback_rule_points": "rule_id is NULL where nothing had fired; feedback_moments has the key of its sums",
    "scoring_lead_conditions": "a union of conditions crossed with leads: distinct by construction",
}
# Staging and the rooms of the tools pass keys on as they are: uniqueness is proven where rows have become leads,
# activities and deals.
_TOOLS = tuple(p.name for p in sorted((MODELS / "staging").iterdir()) if p.name != "canonical")
_KEYLESS_FOLDERS = ("staging", "rows", *_TOOLS)

# Words of one engine. They belong into macros/engine, behind a name of our own.
_ENGINE_WORDS = re.compile(
    r"\b(epoch_us|timezone\(|unix_micros|from_utc_timestamp|to_utc_timestamp|regexp_matches|rlike|"
    r"to_days|to_months|to_minutes|strftime|date_format|list_(?!item)\w+\(|unnest|asof|generate_series|"
    r"read_parquet|hash\(|timestampadd|datediff\()",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(current_date|current_timestamp|now\(|getdate|sysdate|localtimestamp|today\(|run_started_at|"
    r"modules\.datetime(?!\.datetime\())",  # a stated date is none
    re.IGNORECASE,
)


def _name(path: Path) -> str:
    return path.relative_to(PROJECT_ROOT).as_posix()


def _code(path: Path) -> str:
    """The text without its comments."""
    return _SQL_COMMENT.sub("", _JINJA_COMMENT.sub("", path.read_text("utf-8")))


def _refs(path: Path) -> set[str]:
    return set(_REF.findall(_code(path)))


@cache
def _properties(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.with_suffix(".yml").read_text("utf-8"))


def _model(path: Path) -> dict[str, Any]:
    return next(m for m in _properties(path)["models"] if m["name"] == path.stem)


def _tests(model: dict[str, Any]) -> list[str]:
    """The names of the data tests of a model and of its columns."""
    found = list(model.get("data_tests", []))
    for column in model.get("columns", []):
        found += column.get("data_tests", [])
    return [next(iter(test)) if isinstance(test, dict) else test for test in found]


def _is_step(path: Path) -> bool:
    return "steps" in path.parts


def _marts() -> list[Path]:
    return [p for p in _FILES if "marts" in p.parts and not _is_step(p)]


def _seeds() -> set[str]:
    return {p.stem for p in (PROJECT_ROOT / "seeds").rglob("*.csv")}


def test_there_are_models() -> None:
    assert len(_FILES) > 50
    assert len(_marts()) > 15


@pytest.mark.parametrize("path", _FILES, ids=_name)
def test_a_model_has_its_properties_beside_it_and_says_its_grain(path: Path) -> None:
    assert path.with_suffix(".yml").exists()
    assert [m["name"] for m in _properties(path)["models"]] == [path.stem]
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(_model(path)["description"].split()))
    assert sentences[-1].startswith("One row per "), sentences[-1]
    assert len(sentences) > 1, "the grain alone does not say what it is for"


@pytest.mark.parametrize("path", _FILES, ids=_name)
def test_a_model_proves_its_key(path: Path) -> None:
    has_key = {"unique_key", "unique"} & set(_tests(_model(path)))
    is_excused = path.stem in WITHOUT_KEY or bool(set(_KEYLESS_FOLDERS) & set(path.parts))
    assert has_key or is_excused, "a unique_key test, or a line with a reason in WITHOUT_KEY"
    assert not (has_key and path.stem in WITHOUT_KEY), "it has a key now: take it off the list"


def test_excuses_are_for_models_that_exist() -> None:
    assert set(WITHOUT_KEY) <= {path.stem for path in _FILES}


def test_models_are_short() -> None:
    """120 lines at most; the median counts lines of SQL, without blank lines and comments."""
    lines = {path.stem: len(path.read_text("utf-8").splitlines()) for path in _FILES}
    assert {name: n for name, n in lines.items() if n > 120} == {}
    code = [sum(bool(line.strip()) for line in _code(path).splitlines()) for path in _FILES]
    assert statistics.median(code) <= 45


@pytest.mark.parametrize("path", _FILES, ids=_name)
def test_a_model_ends_with_its_last_step(path: Path) -> None:
    assert _code(path).rstrip().endswith("select * from final")


@pytest.mark.parametrize("path", [*_FILES, *_MACRO_FILES], ids=_name)
def test_nobody_asks_the_clock(path: Path) -> None:
    found = _CLOCK.search(_code(path))
    assert not found, f"{found[0]}: use as_of()"


@pytest.mark.parametrize(
    "path", [*_FILES, *(p for p in _MACRO_FILES if "engine" not in p.parts)], ids=_name
)
def test_words_of_an_engine_stay_in_macros_engine(path: Path) -> None:
    found = _ENGINE_WORDS.search(_code(path))
    assert not found, f"{found[0]}: put it behind a macro in macros/engine"


@pytest.mark.parametrize("path", sorted((PROJECT_ROOT / "tests/data").glob("*.sql")), ids=_name)
def test_a_singular_test_says_what_it_detects(path: Path) -> None:
    text = path.read_text("utf-8")
    assert path.stem.startswith("assert_")
    assert re.match(r"-- Detects: .+", text)
    assert re.search(r"^-- Because: .+", text, re.MULTILINE)
    assert re.search(r"^-- A row means: .+", text, re.MULTILINE)
    assert not _ENGINE_WORDS.search(_code(path))
    assert not _CLOCK.search(_code(path))


@pytest.mark.parametrize("path", [p for p in _FILES if "staging" in p.parts], ids=_name)
def test_staging_joins_nothing_and_reads_no_seed(path: Path) -> None:
    code = _code(path)
    assert not re.search(r"\bjoin\b", code, re.IGNORECASE)
    assert not _refs(path) & _seeds()


@pytest.mark.parametrize("path", _FILES, ids=_name)
def test_a_room_knows_the_room_to_its_left_only(path: Path) -> None:
    layer = path.relative_to(MODELS).parts[0]
    by_name = {p.stem: p.relative_to(MODELS).parts[0] for p in _FILES}
    seen = {by_name[ref] for ref in _refs(path) if ref in by_name}
    allowed = {
        "staging": {"staging"},
        "intermediate": {"staging", "intermediate"},
        "marts": {"intermediate", "marts"},
    }[layer]
    assert seen <= allowed, f"{layer} reads {seen - allowed}"
    reads_raw = "source(" in _code(path)
    # what the loader counted is read where rows are accounted for
    # and what an earlier version hands on is of our own making: nothing is left to stage
    accounts = path.stem in {"mart_row_balance", "int_rejects", "int_frozen_scores"}
    assert not reads_raw or layer == "staging" or accounts


def test_every_ref_is_a_model_or_a_seed() -> None:
    known = {p.stem for p in _FILES} | _seeds()
    for path in _FILES:
        # a name that is put together begins with its room
        whole = {ref for ref in _refs(path) if not ref.endswith("_")}
        assert whole <= known, path.name


def test_every_model_is_read_or_published() -> None:
    """A model that nobody reads and that is no mart is left over."""
    read = set().union(
        *(_refs(path) for path in [*_FILES, *(PROJECT_ROOT / "tests/data").glob("*.sql")])
    )
    # what rows_of_every_tool puts one under the other
    tables = set(re.findall(r"rows_of_every_tool\('(\w+)'\)", "\n".join(map(_code, _FILES))))
    # and claims_of_every_tool, which is for one table
    tables.add("identity_claims")
    read |= {path.stem for path in _FILES if path.stem.rpartition("__")[2] in tables}
    # what int_row_statuses counts of the tables in which others look things up
    lookups = (MACROS / "rows.sql").read_text("utf-8").split("macro lookup_tables()")[1]
    names = set(re.findall(r"'(\w+)':", lookups))
    read |= {path.stem for path in _FILES if path.stem.rpartition("__")[2] in names}
    # what tools say of each other's ids, for the room that joins persons
    read |= {path.stem for path in _FILES if path.stem.endswith("__identity_claims")}
    # refs that macros and loops make from a variable
    text = "\n".join(path.read_text("utf-8") for path in [*_FILES, *_MACRO_FILES])
    marts = {path.stem for path in _marts()}
    left = {
        path.stem
        for path in _FILES
        if path.stem not in marts | read and f"'{path.stem}'" not in text
    }
    assert left == set()


@pytest.mark.parametrize("path", _marts(), ids=_name)
def test_a_mart_has_a_whole_contract_with_run_id_first(path: Path) -> None:
    columns = _model(path)["columns"]
    assert columns[0]["name"] == "run_id"
    for column in columns:
        assert column.get("data_type"), column["name"]
        assert len(column.get("description", "")) > 3, column["name"]
    project = yaml.safe_load((PROJECT_ROOT / "dbt_project.yml").read_text("utf-8"))
    assert project["models"]["leadloop"]["marts"]["+contract"] == {"enforced": True}
    own = _model(path).get("config", {})
    assert own.get("contract", {"enforced": True})["enforced"] is True


@pytest.mark.parametrize(
    "path",
    sorted((PROJECT_ROOT / "seeds").rglob("*.csv")),
    ids=_name,
)
def test_a_seed_has_its_properties_beside_it(path: Path) -> None:
    header = path.read_text("utf-8").partition("\n")[0].strip().split(",")
    seed = _properties(path)["seeds"][0]
    assert seed["name"] == path.stem
    assert seed.get("description")
    described = {column["name"] for column in seed.get("columns", [])}
    assert described <= set(header)


def _lists_of(macro: str) -> dict[str, tuple[str, ...]]:
    text = (MACROS / "raw/raw_columns.sql").read_text("utf-8")
    body = text.split(f"macro {macro}()")[1].split("endmacro")[0]
    return {
        name: tuple(columns.split())
        for name, columns in re.findall(r"'(\w+)':\s*'([^']+)'\.split\(\)", body)
    }


def test_the_raw_contract_is_one() -> None:
    """The loader's lists and dbt's: same tables, same columns, same order."""
    assert _lists_of("raw_columns") == {name: table.columns for name, table in TABLES.items()}
    assert _lists_of("raw_load_columns") == {
        "load_files": LOAD_FILES_COLUMNS,
        "load_rejects": LOAD_REJECTS_COLUMNS,
    }


def test_required_columns_are_the_ones_staging_requires() -> None:
    rules = (MACROS / "staged.sql").read_text("utf-8").split("macro staged_rules()")[1]
    for name, table in TABLES.items():
        assert set(table.required) <= set(table.columns), name
        one = rules.split(f"'{name}': {{")[1]
        required = re.search(r"'required': \[([^]]*)\]", one)
        assert required is not None
        assert tuple(re.findall(r"'(\w+)'", required.group(1))) == table.required, name
