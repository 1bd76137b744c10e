"""A bad mapping is refused with its file, line and key, and what would be allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadloop.errors import InputRejected, UsageError
from leadloop.load.mapping_file import bundled_mappings, read_mapping

GOOD = """source: crm
company:
  name: 甲社
timezone: Asia/Tokyo
tables:
  leads:
    - file: leads.csv
      columns:
        lead_id: id
        created_at: {column: made, format: "%Y/%m/%d"}
  activities: none
  deals: none
"""

# name: (old, new, rule, line, words of the message)
CASES = {
    "unknown key": ("  name: 甲社", "  nmae: 甲社", "mapping_key", 3, "did you mean name"),
    "unknown file key": ("      columns:", "      colums:", "mapping_key", 8, "allowed: columns"),
    "unknown column key": ("format:", "fromat:", "mapping_key", 10, "did you mean format"),
    "unknown table": ("  deals: none", "  deels: none", "mapping_table", 12, "deal_contacts"),
    "unknown raw column": ("lead_id: id", "lead: id", "mapping_column", 9, "has no column lead"),
    "table not mapped": ("  deals: none\n", "", "mapping_table_missing", 5, "`deals: none`"),
    "required column": ("        lead_id: id\n", "", "mapping_column_missing", 8, "lead_id"),
    "bad format": ("%Y/%m/%d", "%Y/%Q", "mapping_date_format", 10, "strptime"),
    "format without a year": ("%Y/%m/%d", "%H:%M", "mapping_date_format", 10, "no year"),
    "time zone": ("Asia/Tokyo", "Asia/Tokio", "mapping_timezone", 4, "Asia/Tokyo"),
    "source": ("source: crm", "source: My CRM", "mapping_value", 1, "source"),
    "no source": ("source: crm\n", "", "mapping_key_missing", None, "source is missing"),
    "file format": (
        "    - file: leads.csv",
        "    - file: leads.csv\n      format: xlsx",
        "mapping_value",
        8,
        "csv, tsv, parquet, jsonl",
    ),
    "encoding": (
        "    - file: leads.csv",
        "    - file: leads.csv\n      encoding: euc-jp",
        "mapping_value",
        8,
        "auto, utf-8, cp932",
    ),
    "delimiter": (
        "    - file: leads.csv",
        "    - file: leads.csv\n      delimiter: '||'",
        "mapping_delimiter",
        8,
        "one character",
    ),
    "two origins": (
        "column: made",
        "const: x, column: made",
        "mapping_column_origin",
        10,
        "one of",
    ),
    "const with map": ("{column: made, ", "{const: x, ", "mapping_column_origin", 10, "const"),
    "key twice": ("  activities: none", "  deals: none", "mapping_syntax", 12, "stands twice"),
    "not YAML": ("source: crm", "source: [crm", "mapping_syntax", 2, "cannot be read"),
}


@pytest.mark.parametrize("name", CASES)
def test_fault_names_its_place(tmp_path: Path, name):
    old, new, rule, line, words = CASES[name]
    assert GOOD.count(old) == 1
    path = tmp_path / "crm.yml"
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(InputRejected) as refused:
        read_mapping(path)
    place = refused.value.place
    assert (place.file, place.rule) == ("crm.yml", rule)
    assert line is None or place.line == line
    assert words in refused.value.render("en")
    assert refused.value.render("ja") != refused.value.render("en")


def test_good_mapping(tmp_path: Path):
    path = tmp_path / "crm.yml"
    path.write_text(GOOD, "utf-8")
    mapping = read_mapping(path)
    spec = mapping.resolved(mapping.tables["leads"][0])
    assert spec.columns["lead_id"].is_plain
    assert spec.columns["created_at"].timezone == "Asia/Tokyo"


@pytest.mark.parametrize("name", bundled_mappings())
def test_bundled_mappings_are_good(name):
    assert read_mapping(name).tables


def test_unknown_name_offers_the_bundled_ones():
    with pytest.raises(UsageError, match="did you mean canonical"):
        read_mapping("canonicl")


@pytest.mark.parametrize("text", ["", "[]", "text", "source: crm\ntables: []\n"])
def test_no_mapping_at_all(tmp_path: Path, text):
    path = tmp_path / "crm.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputRejected):
        read_mapping(path)


def test_alias_bomb_is_refused(tmp_path: Path):
    path = tmp_path / "crm.yml"
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(InputRejected, match="too large"):
        read_mapping(path)


def test_identity_ignores_where_the_file_lies_and_how_it_is_added(tmp_path: Path):
    path = tmp_path / "crm.yml"
    path.write_text(GOOD, "utf-8")
    spec = read_mapping(path).tables["leads"][0]
    same = spec.model_copy(update={"file": ("other.csv",), "mode": "snapshot"})
    other = spec.model_copy(update={"skip_rows": 1})
    assert same.identity() == spec.identity()
    assert other.identity() != spec.identity()
