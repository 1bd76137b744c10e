"""Every file fault is refused with its rule and place, and nothing becomes visible."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leadloop.errors import InputRejected

HEADER = "リードID,登録日時,会社名,メール"
GOOD = f"{HEADER}\nL1,2026-10-01,甲社,a@example.jp\n"

# name: (content, rule, line, column)
CASES = {
    "empty": ("", "empty_file", None, None),
    "blank": ("\n \r\n\n", "blank_file", None, None),
    "html": (
        "\ufeff<!DOCTYPE html>\n<html><body>ログイン</body></html>\n",
        "html_page",
        1,
        None,
    ),
    "html without doctype": ("<HTML><head></head></HTML>", "html_page", 1, None),
    "json error": ('{"error":"invalid_token"}', "json_error_object", 1, None),
    "json": ('[{"リードID": "L1"}]', "json_instead_of_table", 1, None),
    "unclosed quote": (
        f'{HEADER}\nL1,2026-10-01,甲社,a@x.jp\nL2,2026-10-01,"乙社,b@x.jp\nL3,2026,丙社,c@x.jp\n',
        "unclosed_quote",
        3,
        None,
    ),
    "quote not doubled": (
        f'{HEADER}\nL1,2026-10-01,甲社,a@x.jp\nL2,2026-10-01,"乙"社",b@x.jp\n',
        "broken_quote",
        3,
        None,
    ),
    "unclosed quote in header": ('リードID,"登録日時,会社名\n', "unclosed_quote", 1, None),
    "cut": (f"{GOOD}L2,2026-10", "truncated", 3, None),
    "cut after a quoted newline": (
        f'{HEADER}\nL1,2026-10-01,"甲\n社",a@x.jp\nL2,2026-10',
        "truncated",
        4,
        None,
    ),
    "required column missing": (
        "登録日時,会社名,メール\n2026-10-01,甲社,a@x.jp\n",
        "column_missing",
        1,
        "リードID",
    ),
    "duplicate column": (
        f"{HEADER},会社名\nL1,2026-10-01,甲社,a@x.jp,乙社\n",
        "duplicate_column",
        1,
        "会社名",
    ),
    "optional column renamed": (
        "リードID,登録日時,会社名,メールアドレス,メー ル\nL1,2026-10-01,甲社,a@x.jp,\n",
        "column_renamed",
        1,
        "メール",
    ),
    "10,000 columns": (
        HEADER + "".join(f",c{i}" for i in range(10_000)) + "\n",
        "too_many_columns",
        1,
        None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fault_is_refused(bench, name):
    content, rule, line, column = CASES[name]
    bench.write("leads.csv", content)

    with pytest.raises(InputRejected) as refused:
        bench.load()

    place = refused.value.place
    assert (place.rule, place.file, place.line, place.column) == (rule, "leads.csv", line, column)
    assert refused.value.exit_code == 3
    for language in ("en", "ja"):
        assert refused.value.message[language]
        assert refused.value.next_step[language]
    assert not bench.home.raw.exists()


def test_missing_required_column_names_the_nearest(bench):
    bench.write("leads.csv", "リード_ID,登録日時,会社名,メール\nL1,2026-10-01,甲社,a@x.jp\n")
    with pytest.raises(InputRejected, match="did you mean リード_ID"):
        bench.load()


def test_alias_heals_a_renamed_column(bench):
    bench.leads["columns"]["email"] = {"column": "メール", "aliases": ["メールアドレス"]}
    bench.write("leads.csv", GOOD.replace("メール", "メールアドレス"))
    bench.load()
    assert bench.rows()[0]["email"] == "a@example.jp"


def test_wrong_slot_names_the_table_it_fits(bench):
    bench.mapping["tables"]["leads"][0]["columns"] = "same"
    bench.mapping["tables"]["deals"] = [{"file": "deals.csv", "columns": "same"}]
    deals = "deal_id,lead_id,amount,stage,created_at\nD1,L1,100,won,2026-10-01\n"
    bench.write("leads.csv", deals)
    bench.write("deals.csv", deals)
    with pytest.raises(InputRejected, match="fits deals") as refused:
        bench.load()
    assert refused.value.place.rule == "wrong_slot"
    assert refused.value.place.file == "leads.csv"


def test_missing_file_names_the_nearest(bench):
    bench.write("Leads .csv", GOOD)
    with pytest.raises(InputRejected, match=r"did you mean Leads \.csv") as refused:
        bench.load()
    assert refused.value.place.rule == "file_missing"


def _symlink_out(bench) -> str:
    outside = bench.root / "outside.csv"
    outside.write_text(GOOD, "utf-8")
    (bench.exports / "leads.csv").symlink_to(outside)
    return "outside_directory"


def _pipe(bench) -> str:
    os.mkfifo(bench.exports / "leads.csv")
    return "not_a_regular_file"


def _directory(bench) -> str:
    (bench.exports / "leads.csv").mkdir()
    return "not_a_regular_file"


def _dangling(bench) -> str:
    (bench.exports / "leads.csv").symlink_to(bench.exports / "nowhere")
    return "file_unreadable"


@pytest.mark.parametrize("make", [_symlink_out, _pipe, _directory, _dangling])
def test_only_regular_files_inside_the_directory(bench, make):
    rule = make(bench)
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == rule


def test_invisible_characters_in_a_name(bench):
    bench.leads["file"] = "leads*.csv"
    bench.write("leads\u202e.csv", GOOD)
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "bad_file_name"
    assert "\u202e" not in refused.value.render("en")


@pytest.mark.parametrize("path", ["../leads.csv", "/etc/passwd", "a/../../leads.csv"])
def test_mapping_cannot_name_a_file_outside(bench, path):
    bench.leads["file"] = path
    bench.write("leads.csv", GOOD)
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "mapping_file_outside"


def test_file_that_grows_while_it_is_read(bench):
    path = bench.write_leads(50)

    def grow(*_: object) -> None:
        with path.open("a", encoding="utf-8") as out:
            out.write("L999,2026-10-01,甲社,a@x.jp\n")

    with pytest.raises(InputRejected) as refused:
        bench.load(progress=grow)
    assert refused.value.place.rule == "file_changing"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ('{"error":"invalid_token"}\n', "json_error_object"),
        ('[{"リードID":"L1"}]', "json_array"),
        ("<html></html>", "html_page"),
    ],
)
def test_json_lines_faults(bench, content, rule):
    bench.leads["file"] = "leads.jsonl"
    bench.write("leads.jsonl", content)
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == rule


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.99])
def test_cut_parquet(bench, keep, tmp_path: Path):
    bench.write_leads(100)
    bench.load()
    whole = next((bench.home.raw / "leads").glob("crm-*.parquet")).read_bytes()
    bench.mapping["tables"]["leads"] = [{"file": "leads.parquet", "columns": "same"}]
    bench.write("leads.parquet", whole[: int(len(whole) * keep)])
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "broken_parquet"


def test_unknown_suffix(bench):
    bench.leads["file"] = "leads.dat"
    bench.write("leads.dat", GOOD)
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "unknown_format"


def test_nothing_to_load(bench):
    bench.leads["optional"] = True
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "nothing_to_load"


def test_every_text_has_both_languages():
    from leadloop.load.texts import NOTICES, REFUSALS, ROW_FAULTS

    for texts in (REFUSALS, NOTICES, ROW_FAULTS):
        assert all(text.en and text.ja for text in texts.values())
    assert all(text.next_en and text.next_ja for text in REFUSALS.values())
