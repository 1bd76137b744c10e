"""The 38 faults of files of reliability.md section 3 A, one test each: R refuse, Q set aside, H heal, W warn."""

from __future__ import annotations

import gzip
import io
import os
import random
import resource
import zipfile
from pathlib import Path
from typing import Any

import company_kit as kit
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from company_kit import Company, line_of, refused

from leadloop.errors import InputRejected
from leadloop.load import parquet_in
from leadloop.load.run import LoadReport
from tests.python.load.conftest import HEADER, Bench

ROW = "L1,2026-10-01,㈱髙島①製作所～山﨑,a@example.jp"
NAME = "㈱髙島①製作所～山﨑"


def _csv(*rows: str, end: str = "\n", header: str = HEADER) -> str:
    return end.join([header, *rows]) + end


def _good(count: int) -> list[str]:
    return [f"L{n},2026-10-01,会社{n},a{n}@x.jp" for n in range(1, count + 1)]


def _refusal(bench: Bench, rule: str, **options: Any) -> InputRejected:
    """The load is refused by this rule, in two languages with a next step; what was loaded stays as it was."""
    before = bench.state()
    with pytest.raises(InputRejected) as caught:
        bench.load(**options)
    error = caught.value
    assert error.place.rule == rule, error.render("en")
    assert error.exit_code == 3
    for language in ("ja", "en"):
        assert error.message[language]
        assert error.next_step[language]
    assert bench.state() == before
    return error


def _words(report: LoadReport, rule: str) -> str:
    """The warning of this rule; it is there in both languages."""
    (found,) = [n for n in report.notices if n.rule == rule]
    assert found.render("ja") != found.render("en")
    return found.render("en")


def _set_aside(bench: Bench) -> list[tuple[str, int, str | None]]:
    return [(r["rule"], r["line"], r["column_name"]) for r in bench.rows("load_rejects")]


def test_a01_cp932_with_its_own_letters(bench: Bench) -> None:
    """CP932 with ㈱, ①, ～, 髙 and 﨑: H, and the account names the encoding."""
    bench.write("leads.csv", _csv(ROW), "cp932")
    assert bench.load().files[0].encoding == "cp932"
    assert bench.rows()[0]["company_name"] == NAME
    assert bench.rows("load_files")[0]["encoding"] == "cp932"


def test_a02_utf8_with_a_mark(bench: Bench) -> None:
    """UTF-8 that begins with a byte order mark: H, the mark is no part of the first column's name."""
    bench.write("leads.csv", _csv(ROW), "utf-8-sig")
    bench.load()
    assert (bench.rows()[0]["lead_id"], bench.rows()[0]["company_name"]) == ("L1", NAME)


def test_a03_utf16_with_a_mark(bench: Bench) -> None:
    """UTF-16, little and big end first, with a mark: H, both load to the last letter."""
    bench.leads["mode"] = "snapshot"
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        bench.write("leads.csv", mark + _csv(ROW, f"X-{codec},2026-10-01,,").encode(codec))
        bench.load()
        names = {row["lead_id"]: row["company_name"] for row in bench.rows()}
        assert names == {"L1": NAME, f"X-{codec}": None}


def test_a04_euc_jp_is_refused(bench: Bench) -> None:
    """EUC-JP, which decodes as CP932 without a complaint, and UTF-8 once saved as CP932: R."""
    bench.write("leads.csv", _csv("L1,2026-10-01,株式会社製作所,a@x.jp"), "euc_jp")
    error = _refusal(bench, "encoding_unclear")
    assert "EUC-JP" in error.message["en"]
    assert "文字コードを確認" in error.message["ja"]
    garbled = "リードデータ".encode().decode("cp932", "ignore")
    bench.leads["columns"] = {"lead_id": "lead_id", "created_at": "created_at", "company_name": "n"}
    rows = [f"L{n},2026-10-01,{garbled}" for n in range(5)]
    bench.write("leads.csv", _csv(*rows, header="lead_id,created_at,n"))
    _refusal(bench, "mojibake")


def test_a05_invalid_byte_in_the_middle(bench: Bench) -> None:
    """A byte that no UTF-8 has, in line 51: R with line and offset, nothing is replaced."""
    before = _csv(*_good(49)).encode()
    bench.write("leads.csv", before + b"L50,2026-10-01,\xff,x@x.jp\n" + ROW.encode() + b"\n")
    error = _refusal(bench, "invalid_byte")
    assert error.place.line == 51
    assert f"offset {len(before) + 15} " in error.message["en"]
    assert "\ufffd" not in error.message["en"]


def test_a06_mixed_line_ends(bench: Bench) -> None:
    """CRLF, LF and CR in one file: H, and the report counts each kind."""
    bench.write("leads.csv", f"{HEADER}\r\n{ROW}\n{ROW}\r{ROW}\r\n")
    words = _words(bench.load(), "mixed_line_ends")
    assert "2 CRLF, 1 LF, 1 CR" in words
    assert [row["_line"] for row in bench.rows()] == [2, 3, 4]


def test_a07_unclosed_quote(bench: Bench) -> None:
    """A quote that is opened and never closed: R with its line, the file may have been cut."""
    bench.write("leads.csv", _csv(*_good(3), 'L9,2026-10-01,"乙社,b@x.jp', *_good(2)))
    error = _refusal(bench, "unclosed_quote")
    assert error.place.line == 5
    assert "途中で切れた可能性" in error.message["ja"]


def test_a08_file_that_was_cut(bench: Bench, tmp_path: Path) -> None:
    """Cut at 50 places: R, but for a cut between rows (A38's) and, in the first load of all, in the last column: W."""
    bench.leads["mode"] = "snapshot"
    whole = _csv(*_good(200)).encode()
    first_rows = len(_csv(*_good(150)).encode())
    places = random.Random(8).sample(range(first_rows, len(whole) - 1), 50)
    bench.write("leads.csv", whole)
    bench.load()
    between_rows = 0
    for place in places:
        bench.write("leads.csv", whole[:place])
        if whole[place - 1 : place] == b"\n":
            between_rows += 1
            continue
        before = bench.state()
        with pytest.raises(InputRejected) as caught:
            bench.load()
        cut = ("truncated", "line_end_missing", "invalid_byte", "unclosed_quote")
        assert caught.value.place.rule in cut, place
        assert bench.state() == before
    assert between_rows < 5

    fresh_root = tmp_path / "fresh"
    fresh_root.mkdir()
    fresh = Bench(fresh_root)
    fresh.write("leads.csv", whole[:-5])
    assert "check that the file is complete" in _words(fresh.load(), "no_final_newline")


def test_a09_file_that_still_grows(bench: Bench) -> None:
    """Written to while it is read: R for the whole load (all or nothing, decisions.md), nothing partial; the next run takes it."""
    path = bench.write_leads(50)

    def grow(*_: object) -> None:
        with path.open("a", encoding="utf-8") as out:
            out.write("L999,2026-10-01,甲社,a@x.jp\n")

    _refusal(bench, "file_changing", progress=grow)
    assert bench.load().files[0].rows_loaded == len(path.read_text("utf-8").splitlines()) - 1


def test_a10_empty_file(bench: Bench) -> None:
    """A file of no bytes: R."""
    bench.write("leads.csv", b"")
    assert "空のファイル" in _refusal(bench, "empty_file").message["ja"]


def test_a11_header_only(bench: Bench) -> None:
    """A header and no rows: fine to append, W; R where a snapshot would replace rows by nothing."""
    bench.write("leads.csv", HEADER + "\n")
    _words(bench.load(), "no_rows")
    bench.leads["mode"] = "snapshot"
    bench.write_leads(3)
    bench.load()
    bench.write("leads.csv", HEADER + "\n\n")
    error = _refusal(bench, "empty_snapshot")
    assert "3 rows" in error.message["en"]


def test_a12_only_blank_lines(bench: Bench) -> None:
    """Nothing but blank lines: R."""
    bench.write("leads.csv", "\n  \r\n\n")
    _refusal(bench, "blank_file")


def test_a13_login_page(bench: Bench) -> None:
    """An HTML page under the name of a CSV: R, it says what it probably is."""
    page = "\n<!doctype HTML>\n<html><body>ログイン</body></html>\n"
    bench.write("leads.csv", page)
    assert "ログイン画面" in _refusal(bench, "html_page").message["ja"]


def test_a14_error_answer_of_a_service(bench: Bench) -> None:
    """{"error":"invalid_token"} as JSON lines, and as CSV: R, its keys are named."""
    bench.write("leads.csv", '{"error":"invalid_token"}')
    _refusal(bench, "json_error_object")
    bench.leads["file"] = "leads.jsonl"
    bench.write("leads.jsonl", '{"error":"invalid_token"}\n')
    assert "keys: error" in _refusal(bench, "json_error_object").message["en"]


def test_a15_cut_json_array(bench: Bench) -> None:
    """A JSON array cut at 50 places: R with the byte where it ends. A whole array: R too, with how to convert it."""
    bench.leads["file"] = "leads.jsonl"
    records = [f'{{"リードID":"L{n}","登録日時":"2026-10-01"}}' for n in range(20)]
    whole = ("[\n" + ",\n".join(records) + "\n]").encode()
    for place in random.Random(15).sample(range(40, len(whole) - 1), 50):
        cut = whole[:place].decode("utf-8", "ignore").encode()
        bench.write("leads.jsonl", cut)
        error = _refusal(bench, "json_cut")
        offset = int(error.message["en"].split("byte ")[1].split(";")[0])
        assert len(cut) - 60 <= offset <= len(cut)
    bench.write("leads.jsonl", whole)
    assert "jq" in _refusal(bench, "json_array").next_step["en"]


def _jsonl(bench: Bench, odd: str) -> None:
    """99 good lines and an odd one on line 50."""
    bench.leads["file"] = "leads.jsonl"
    lines = [
        f'{{"リードID":"L{n}","登録日時":"2026-10-01","会社名":"甲","メール":"a"}}'
        for n in range(99)
    ]
    bench.write("leads.jsonl", "\n".join([*lines[:49], odd, *lines[49:]]) + "\n")


def test_a16_one_broken_json_line(bench: Bench) -> None:
    """One line of JSON lines that is none: Q that line, the others load."""
    _jsonl(bench, '{"リードID": "L10", ')
    assert bench.load().files[0].rows_loaded == 99
    assert _set_aside(bench) == [("broken_json_line", 50, None)]


def test_a17_json_key_twice(bench: Bench) -> None:
    """An object with one key twice: Q, neither value is chosen."""
    _jsonl(bench, '{"リードID":"L1","登録日時":"2026-10-01","リードID":"L2"}')
    bench.load()
    assert _set_aside(bench) == [("duplicate_json_key", 50, "リードID")]


def test_a18_deeply_nested_json(bench: Bench) -> None:
    """Nested 20,000 deep: Q in a line of its own, R as an array; no traceback, and less than 50 MB more memory."""
    deep = "[" * 20_000 + "]" * 20_000
    _jsonl(bench, f'{{"リードID":"L1","登録日時":{deep}}}')
    bench.load()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bench.home.root.rename(bench.root / "first_home")
    bench.load()
    assert _set_aside(bench) == [("broken_json_line", 50, None)]
    bench.write("leads.jsonl", deep)
    _refusal(bench, "json_array")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_a19_nul_byte(bench: Bench) -> None:
    """A NUL byte in a value: Q the row."""
    bench.write("leads.csv", _csv(*_good(60), "L9,2026-10-01,甲\0社,a@x.jp", *_good(60)))
    assert bench.load().files[0].rows_loaded == 120
    assert _set_aside(bench) == [("nul_byte", 62, "会社名")]


def test_a20_very_long_value(bench: Bench) -> None:
    """A value of 3 MB: Q the row, the file goes on; 65,536 characters are the declared limit."""
    at_limit, over = "あ" * 65_536, "あ" * 65_537
    rows = [*_good(100), f"X,2026-10-01,{at_limit},", f"Y,2026-10-01,{over},"]
    bench.write("leads.csv", _csv(*rows, f"Z,2026-10-01,{'x' * 3_000_000},"))
    assert bench.load().files[0].rows_loaded == 101
    assert _set_aside(bench) == [
        ("field_too_long", 103, "会社名"),
        ("field_too_long", 104, "会社名"),
    ]


def test_a21_ten_thousand_columns(bench: Bench) -> None:
    """10,000 columns: R."""
    bench.write("leads.csv", HEADER + "".join(f",c{n}" for n in range(10_000)) + "\n")
    assert "10004" in _refusal(bench, "too_many_columns").message["en"]


def test_a22_missing_columns(bench: Bench) -> None:
    """A required column is missing: R with its name. An optional one: W, and NULL."""
    bench.write("leads.csv", _csv("L1,甲社,a@x.jp", header="リードID,会社名,メール"))
    assert _refusal(bench, "column_missing").place.column == "登録日時"
    bench.write("leads.csv", _csv("L1,2026-10-01,甲社", header="リードID,登録日時,会社名"))
    assert "メール" in _words(bench.load(), "optional_column_missing")
    assert bench.rows()[0]["email"] is None


def test_a23_renamed_column(bench: Bench) -> None:
    """A column has a new name: R with the nearest one; H where the mapping has it among its aliases."""
    text = _csv("L1,2026-10-01,甲社,a@x.jp", header=HEADER.replace("登録日時", "登録日"))
    bench.write("leads.csv", text)
    assert "登録日 ですか" in _refusal(bench, "column_missing").message["ja"]
    bench.leads["columns"]["created_at"] = {"column": "登録日時", "aliases": ["登録日"]}
    bench.load()
    assert bench.rows()[0]["created_at"] == "2026-10-01"


def test_a24_more_columns(bench: Bench) -> None:
    """Columns that the mapping does not know: W with their names, not loaded."""
    bench.write("leads.csv", _csv(f"{ROW},x,y", header=f"{HEADER},備考,血液型"))
    assert "備考, 血液型" in _words(bench.load(), "extra_columns")
    assert not {"備考", "血液型", "x", "y"} & {*bench.rows()[0], *bench.rows()[0].values()}


def test_a25_column_name_twice(bench: Bench) -> None:
    """Two columns of one name: R, none is guessed."""
    bench.write("leads.csv", _csv(f"{ROW},乙社", header=f"{HEADER},会社名"))
    assert _refusal(bench, "duplicate_column").place.column == "会社名"


def test_a26_columns_in_another_order(bench: Bench) -> None:
    """The columns shuffled: H, the same rows to the last value."""
    bench.leads["mode"] = "snapshot"

    def loaded(order: list[int]) -> list[dict[str, Any]]:
        lines = [HEADER, *_good(50)]
        cells = [line.split(",") for line in lines]
        bench.write("leads.csv", "".join(",".join(row[n] for n in order) + "\n" for row in cells))
        bench.load()
        return [{k: v for k, v in row.items() if k != "_loaded_at"} for row in bench.rows()]

    straight = loaded([0, 1, 2, 3])
    assert len(straight) == 50
    for order in ([3, 2, 1, 0], [1, 3, 0, 2]):
        assert loaded(order) == straight


def test_a27_rows_too_long_and_too_short(bench: Bench) -> None:
    """A row with a column too many, one with too few: Q both, the others load."""
    bench.write("leads.csv", _csv(*_good(100), "L9,2026-10-01", "L9,2026-10-01,甲社,a@x.jp,余分"))
    assert bench.load().files[0].rows_loaded == 100
    assert _set_aside(bench) == [("row_too_short", 102, None), ("row_too_long", 103, None)]


def test_a28_other_delimiters(bench: Bench) -> None:
    """Semicolons or tabs: H where the header then fits, with a word about it; R where it does not."""
    bench.leads["mode"] = "snapshot"
    for delimiter in (";", "\t"):
        bench.write("leads.csv", _csv(*_good(3)).replace(",", delimiter))
        _words(bench.load(), "other_delimiter")
        assert [row["lead_id"] for row in bench.rows()] == ["L1", "L2", "L3"]
    bench.write("leads.csv", _csv(*_good(3)).replace(",", "|"))
    _refusal(bench, "column_missing")


def test_a29_wrong_types(company: Company) -> None:
    """Words for a number, a time, a yes or no: Q with column, rule and masked value."""
    for column, (text, rule) in kit.WRONG_TYPES.items():
        line = line_of("leads", "lead_id", f"a29-{column}")
        masked = f"{text[0]}***({len(text)})"
        assert refused(company.first, "leads", line) == (rule, column, masked)


def test_a30_numbers_as_people_write_them(company: Company) -> None:
    """33 ways to write a number: H the Japanese forms, Q the rest; never infinite, never another value."""
    counts = dict(
        company.first.rows(
            "select lead_id, employee_count from marts.dim_leads where lead_id like 'a30-%'"
        )
    )
    meant = {f"a30-{n}": value for n, value in enumerate(kit.NUMBERS.values())}
    assert counts == {name: value for name, value in meant.items() if value is not None}
    for name, value in meant.items():
        found = refused(company.first, "leads", line_of("leads", "lead_id", name))
        assert (found[:2] if found else None) == (
            None if value is not None else ("not_a_number", "employee_count")
        ), name


def test_a31_dates_as_people_write_them(company: Company, bench: Bench) -> None:
    """24 ways to write a date: H the Japanese forms, 和暦 among them; Q what is ambiguous or no day. A serial only if declared."""
    made = dict(
        company.first.rows(
            "select lead_id, strftime(created_at, '%Y-%m-%d %H:%M') from marts.dim_leads "
            "where lead_id like 'a31-%'"
        )
    )
    meant = {f"a31-{n}": value for n, value in enumerate(kit.TIMES.values())}
    assert made == {name: value for name, value in meant.items() if value is not None}
    for name, value in meant.items():
        found = refused(company.first, "leads", line_of("leads", "lead_id", name))
        assert (found[:2] if found else None) == (
            None if value is not None else ("not_a_time", "created_at")
        ), name

    bench.leads["columns"]["created_at"] = {
        "column": "登録日時",
        "format": "excel_serial",
        "timezone": "Asia/Tokyo",
    }
    serials = ["46327", "46327.375", "12", "あした"]
    bench.write("leads.csv", _csv(*(f"L{n},{text},," for n, text in enumerate(serials))))
    bench.load()
    read = [row["created_at"] for row in bench.rows()]
    assert read == ["2026-11-01", "2026-11-01T00:00:00Z", "12", "あした"]


def test_a32_ids_damaged_by_excel(bench: Bench) -> None:
    """1E+05, rounded after 15 digits, leading zeros gone: ids stay text as they are, and W for each kind."""
    bench.leads["mode"] = "snapshot"

    def load(*ids: str) -> LoadReport:
        bench.write("leads.csv", _csv(*(f"{name},2026-10-01,," for name in ids)))
        return bench.load()

    plain = [f"{n:06}" for n in range(100)]
    assert not [n for n in load(*plain).notices if n.rule.endswith(("_ids", "_zeros"))]
    assert bench.rows()[7]["lead_id"] == "000007"
    words = _words(load(*(str(n) for n in range(100))), "lost_leading_zeros")
    assert "Excel" in words
    assert "2 of 102" in _words(load(*plain, "1E+05", "1.2E+07"), "excel_damaged_ids")
    rounded = ["1234567890123450000", "9876543210987650"]
    assert "2 of 102" in _words(load(*plain, *rounded), "rounded_ids")
    assert [row["lead_id"] for row in bench.rows()][-2:] == rounded
    # one in a hundred is an accident
    assert not [n for n in load(*plain, "1E+05").notices if n.rule == "excel_damaged_ids"]


def test_a33_bombs_and_slips(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """gzip, zip (one with ../ in it) and a Parquet file that unpack to much more: R, nothing is unpacked."""
    zeros = gzip.compress(b"0" * 50_000_000)
    assert len(zeros) < 100_000
    slip = io.BytesIO()
    with zipfile.ZipFile(slip, "w") as archive:
        archive.writestr("../../evil.csv", _csv(ROW))
    for name, content in (
        ("leads.csv", zeros),
        ("leads.csv.gz", zeros),
        ("leads.csv", slip.getvalue()),
        ("leads.xlsx", slip.getvalue()),
    ):
        bench.leads["file"] = name
        bench.write(name, content)
        _refusal(bench, "compressed_file")
    assert not list(bench.root.parent.rglob("evil.csv"))

    monkeypatch.setattr(parquet_in, "MAX_UNPACKED", 1 << 20)
    bench.leads.update(file="leads.parquet", columns="same")
    values = ["x" * 60_000] * 200
    columns = {"lead_id": [str(n) for n in range(200)], "created_at": values, "email": values}
    pq.write_table(
        pa.table(columns),
        bench.exports / "leads.parquet",
        compression="zstd",
        use_dictionary=False,
    )
    assert (bench.exports / "leads.parquet").stat().st_size < 200_000
    assert "22 MB" in _refusal(bench, "unpacks_too_large").message["en"]
    assert not (bench.home.root / "load-work").exists()


def test_a34_names_that_lead_elsewhere(bench: Bench) -> None:
    """../, absolute, a link out, a device, a pipe, 300 letters, invisible letters: R, only files inside are read."""
    outside = bench.root / "outside.csv"
    outside.write_text(_csv(ROW), "utf-8")
    path = bench.exports / "leads.csv"
    for name in ("../outside.csv", str(outside), "a/../../outside.csv"):
        bench.leads["file"] = name
        _refusal(bench, "mapping_file_outside")
    bench.leads["file"] = "leads.csv"
    for target in (outside, Path("/dev/zero")):
        path.symlink_to(target)
        _refusal(bench, "outside_directory")
        path.unlink()
    os.mkfifo(path)
    _refusal(bench, "not_a_regular_file")
    path.unlink()
    bench.leads["file"] = "l" * 300 + ".csv"
    _refusal(bench, "file_missing")
    bench.leads["file"] = "leads*.csv"
    for hidden in ("\u202e", "\u200b"):
        odd = bench.write(f"leads{hidden}.csv", _csv(ROW))
        assert hidden not in _refusal(bench, "bad_file_name").render("ja")
        odd.unlink()


def test_a35_deals_in_the_place_of_leads(bench: Bench) -> None:
    """The deals under the name of the leads: R, it says where they belong."""
    bench.mapping["tables"]["leads"][0]["columns"] = "same"
    bench.mapping["tables"]["deals"] = [{"file": "deals.csv", "columns": "same"}]
    for name in ("leads.csv", "deals.csv"):
        bench.write(name, "deal_id,lead_id,amount,stage,created_at\nD1,L1,100,won,2026-10-01\n")
    error = _refusal(bench, "wrong_slot")
    assert "its header fits deals" in error.message["en"]
    assert error.place.file == "leads.csv"


def test_a36_same_file_twice(bench: Bench) -> None:
    """The same bytes again, also under another name: H, nothing changes to the last byte, and the report says so."""
    bench.leads["file"] = "leads*.csv"
    bench.write_leads(3)
    bench.load()
    before = bench.state()
    bench.write_leads(3, "leads_again.csv")
    report = bench.load()
    assert [file.state for file in report.files] == ["unchanged", "unchanged"]
    assert not report.changed
    assert bench.state() == before


def test_a37_older_export(bench: Bench) -> None:
    """An export that ends before the one that is loaded: R, unless --allow-older; other files may be as old as they like."""
    bench.leads["columns"]["updated_at"] = "更新日時"
    header = f"{HEADER},更新日時"

    def write(day: str, name: str = "leads.csv") -> None:
        rows = [f"{ROW},{day}T01:00:00Z", "L2,2026-09-01,,,2099-01-01T00:00:00Z"]
        bench.write(name, _csv(*rows, header=header))

    for mode in ("append", "snapshot"):
        bench.leads["mode"] = mode
        write("2026-10-05")
        bench.load()
        write("2026-10-04")
        error = _refusal(bench, "older_export")
        assert "古いファイル" in error.message["ja"]
        assert "2026-10-04 01:00" in error.message["en"]
        assert "2026-10-05 01:00" in error.message["en"]
        assert "--allow-older" in error.next_step["en"]
        bench.load(allow_older=True)
        assert "2026-10-04T01:00:00Z" in {row["updated_at"] for row in bench.rows()}
    # an older month beside the newer one is no older export of it
    bench.leads.update(mode="append", file="leads*.csv")
    write("2026-08-01", "leads_august.csv")
    assert bench.load().changed


def test_a38_volume_out_of_all_proportion(bench: Bench) -> None:
    """20 times or 40% of the median of the loads before: R with the figures, until --accept-volume; half as many: W."""
    bench.leads["mode"] = "snapshot"
    for count in (1000, 1010, 990):
        bench.write_leads(count)
        assert not [n for n in bench.load().notices if n.rule == "volume_changed"]
    bench.write_leads(400)
    error = _refusal(bench, "volume_held")
    assert "400 rows, 40% of the median of 1000 rows in the last 3 loads" in error.message["en"]
    assert "--accept-volume" in error.next_step["ja"]
    bench.write_leads(20_000)
    assert "2000%" in _refusal(bench, "volume_held").message["en"]
    bench.write_leads(401)
    _words(bench.load(), "volume_changed")
    bench.write_leads(300)
    _refusal(bench, "volume_held")
    bench.load(accept_volume=True)
    bench.write_leads(310)
    assert bench.load().changed, "what was accepted is the measure from then on"
