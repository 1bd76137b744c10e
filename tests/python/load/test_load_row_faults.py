"""A bad row is set aside, masked and counted; too many refuse the file."""

from __future__ import annotations

import pytest

from leadloop.errors import InputRejected

HEADER = "リードID,登録日時,会社名,メール"
BAD_ROWS = {
    "row_too_long": ("L9,2026-10-01,甲社,a@x.jp,余分", None),
    "row_too_short": ("L9,2026-10-01", None),
    "nul_byte": ("L9,2026-10-01,甲\0社,a@x.jp", "会社名"),
    "field_too_long": (f"L9,2026-10-01,{'あ' * 65_537},a@x.jp", "会社名"),
}


def _csv(bad: str, before: int = 60, after: int = 60) -> str:
    rows = [f"L{i},2026-10-01,会社{i},a@x.jp" for i in range(before + after)]
    return "\n".join([HEADER, *rows[:before], bad, *rows[before:]]) + "\n"


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("rule", BAD_ROWS)
def test_bad_row_is_set_aside(bench, rule, exact):
    bad, column = BAD_ROWS[rule]
    text = _csv(bad)
    if exact:  # a line break inside quotes sends the file to the exact reader
        text += 'L900,2026-10-01,"甲\n社",a@x.jp\n'
    bench.write("leads.csv", text)

    report = bench.load()

    result = report.files[0]
    assert (result.rows_read, result.rows_loaded, result.rows_rejected) == (
        121 + exact,
        120 + exact,
        1,
    )
    (reject,) = bench.rows("load_rejects")
    assert (reject["rule"], reject["line"], reject["column_name"]) == (rule, 62, column)
    assert reject["file"] == "leads.csv"
    assert reject["value"] is None or len(reject["value"]) < 40
    loaded = bench.rows()
    assert [row["_line"] for row in loaded[:61]] == [*range(2, 62), 63]
    assert "L9" not in {row["lead_id"] for row in loaded} - {f"L{i}" for i in range(120)}
    (account,) = bench.rows("load_files")
    assert account["rows_read"] == account["rows_loaded"] + account["rows_rejected"] == 121 + exact


def test_value_of_exactly_the_limit_loads(bench):
    bench.write("leads.csv", _csv(f"L9,2026-10-01,{'あ' * 65_536},a@x.jp"))
    assert bench.load().files[0].rows_rejected == 0


def test_very_long_field_does_not_stop_the_file(bench):
    bench.write("leads.csv", _csv(f"L9,2026-10-01,{'x' * 3_000_000},a@x.jp"))
    assert bench.load().files[0].rows_rejected == 1


def test_damage_in_a_column_that_is_not_mapped(bench):
    rows = [f"L{i},2026-10-01,会社{i},a@x.jp,メモ" for i in range(100)]
    rows[10] = "L10,2026-10-01,会社10,a@x.jp,メ\0モ"
    bench.write("leads.csv", "\n".join([f"{HEADER},備考", *rows]) + "\n")
    bench.load()
    (reject,) = bench.rows("load_rejects")
    assert (reject["rule"], reject["line"], reject["column_name"]) == ("nul_byte", 12, "備考")


def test_two_percent_is_the_limit(bench):
    good = [f"L{i},2026-10-01,会社{i},a@x.jp" for i in range(98)]
    bench.write("leads.csv", "\n".join([HEADER, *good, "x", "y"]) + "\n")
    assert bench.load().files[0].rows_rejected == 2
    bench.write("leads.csv", "\n".join([HEADER, *good, "x", "y", "z"]) + "\n")
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "too_many_rejects"
    assert refused.value.place.line == 100
    assert "3 of 101 rows" in str(refused.value)


def test_five_hundred_rows_is_the_limit(bench):
    good = "L1,2026-10-01,甲社,a@x.jp\n" * 60_000
    bench.write("leads.csv", f"{HEADER}\n{good}" + "x\n" * 500)
    assert bench.load().files[0].rows_rejected == 500
    bench.write("leads.csv", f"{HEADER}\n{good}" + "x\n" * 501)
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "too_many_rejects"


def test_broken_json_lines(bench):
    bench.leads["file"] = "leads.jsonl"
    lines = [
        f'{{"リードID":"L{i}","登録日時":"2026-10-01","会社名":null,"メール":{i}.50}}'
        for i in range(250)
    ]
    lines[10] = '{"リードID": "L10", '
    lines[20] = '{"リードID":"L20","登録日時":"2026-10-01","リードID":"L21"}'
    lines[30] = '{"リードID":"L30","登録日時":' + "[" * 20_000 + "]" * 20_000 + "}"
    lines[40] = '"text"'
    lines[50] = '{"リードID":"L50","登録日時":"\\ud800"}'
    bench.write("leads.jsonl", "\n".join(lines) + "\n")

    bench.load()

    assert [(r["line"], r["rule"], r["column_name"]) for r in bench.rows("load_rejects")] == [
        (11, "broken_json_line", None),
        (21, "duplicate_json_key", "リードID"),
        (31, "broken_json_line", None),
        (41, "broken_json_line", None),
        (51, "broken_json_line", None),
    ]
    first = bench.rows()[0]
    assert first["email"] == "0.50"
    assert first["company_name"] is None


def test_messages_mask_values(bench):
    bench.write("leads.csv", _csv("L9,2026-10-01,秘密\0の会社,a@x.jp"))
    report = bench.load()
    (reject,) = bench.rows("load_rejects")
    assert reject["value"] == "秘*** (6 characters)"
    shown = " ".join(n.render(language) for n in report.notices for language in ("en", "ja"))
    assert "秘密" not in shown
