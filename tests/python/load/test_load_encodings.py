"""Encodings: found out where it is certain, refused where it is not."""

from __future__ import annotations

import pytest

from leadloop.errors import InputRejected

HEADER = "リードID,登録日時,会社名,メール"
ROW = "L1,2026-10-01,㈱髙島①製作所～山﨑,a@example.jp"
TEXT = f"{HEADER}\n{ROW}\n"
ASCII_HEADER = "lead_id,created_at,company_name"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp932", "cp932"), ("utf-16", "utf-16")],
)
def test_found_out(bench, encoding, shown):
    bench.write("leads.csv", TEXT, encoding)
    assert bench.load().files[0].encoding == shown
    assert bench.rows()[0]["company_name"] == "㈱髙島①製作所～山﨑"
    assert bench.rows()[0]["lead_id"] == "L1"


@pytest.mark.parametrize("declared", ["cp932", "Shift_JIS", "windows-31j"])
def test_declared(bench, declared):
    bench.leads["encoding"] = declared
    bench.write("leads.csv", TEXT, "cp932")
    bench.load()
    assert bench.rows()[0]["company_name"] == "㈱髙島①製作所～山﨑"


def _ascii_header(bench) -> None:
    bench.leads["columns"] = {name: name for name in ASCII_HEADER.split(",")}


def test_cp932_under_an_ascii_header(bench):
    _ascii_header(bench)
    bench.write("leads.csv", f"{ASCII_HEADER}\nL1,2026-10-01,髙島の製作所\n", "cp932")
    assert bench.load().files[0].encoding == "cp932"


def test_euc_jp_is_refused(bench):
    bench.write("leads.csv", f"{HEADER}\nL1,2026-10-01,株式会社製作所,a@x.jp\n", "euc_jp")
    with pytest.raises(InputRejected, match="EUC-JP") as refused:
        bench.load()
    assert refused.value.place.rule == "encoding_unclear"


def test_euc_jp_under_an_ascii_header_is_refused(bench):
    _ascii_header(bench)
    rows = "".join(f"L{i},2026-10-01,株式会社データの製作所\n" for i in range(20))
    bench.write("leads.csv", f"{ASCII_HEADER}\n{rows}", "euc_jp")
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "encoding_unclear"


def test_latin_1_is_not_taken_for_cp932(bench):
    _ascii_header(bench)
    bench.write("leads.csv", f"{ASCII_HEADER}\nL1,2026-10-01,Jérôme\n", "latin-1")
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "encoding_unclear"
    assert refused.value.place.line == 2


@pytest.mark.parametrize("rows_before", [3, 400_000])
def test_invalid_byte_in_utf8(bench, rows_before):
    before = (f"{HEADER}\n" + "L1,2026-10-01,甲社,a@x.jp\n" * rows_before).encode()
    bench.write("leads.csv", before + b"L2,2026-10-01,\xff,b@x.jp\n" + ROW.encode() + b"\n")
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "invalid_byte"
    assert refused.value.place.line == rows_before + 2
    assert f"offset {len(before) + 14} " in str(refused.value)
    assert "0xFF" in str(refused.value)


def test_character_cut_at_the_end(bench):
    bench.write("leads.csv", TEXT.encode()[:-1] + "社".encode()[:2])
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule == "invalid_byte"
    assert refused.value.place.line == 2


def test_invalid_byte_in_declared_cp932(bench):
    bench.leads["encoding"] = "cp932"
    start = f"{HEADER}\nL1,2026-10-01,甲社,a@x.jp\nL2,2026-10-01,".encode("cp932")
    bench.write("leads.csv", start + b"\x81\x20,b@x.jp\n")
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert (refused.value.place.rule, refused.value.place.line) == ("invalid_byte", 3)
    assert f"offset {len(start)} " in str(refused.value)


def test_lone_byte_that_python_lets_through_as_cp932(bench):
    bench.leads["encoding"] = "cp932"
    start = f"{HEADER}\nL1,2026-10-01,".encode("cp932")
    bench.write("leads.csv", start + b"\xfd,a@x.jp\n")
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert (refused.value.place.rule, refused.value.place.line) == ("invalid_byte", 2)
    assert f"offset {len(start)} " in str(refused.value)


@pytest.mark.parametrize(("declared", "real"), [("cp932", "utf-8"), ("utf-8", "cp932")])
def test_wrong_declared_encoding(bench, declared, real):
    bench.leads["encoding"] = declared
    bench.write("leads.csv", f"{HEADER}\nL1,2026-10-01,製作所,a@x.jp\n", real)
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert refused.value.place.rule in ("wrong_encoding", "invalid_byte")


@pytest.mark.parametrize(("wrong", "garbled"), [("cp932", "繝"), ("cp1252", "ã")])
def test_mojibake_is_refused(bench, wrong, garbled):
    _ascii_header(bench)
    damaged = "リードデータ".encode().decode(wrong, "ignore")
    assert garbled in damaged
    rows = "".join(f"L{i},2026-10-01,{damaged}\n" for i in range(5))
    bench.write("leads.csv", f"{ASCII_HEADER}\n{rows}")
    with pytest.raises(InputRejected) as refused:
        bench.load()
    assert (refused.value.place.rule, refused.value.place.line) == ("mojibake", 2)


def test_replacement_characters_are_counted(bench):
    bench.write("leads.csv", f"{HEADER}\nL1,2026-10-01,甲\ufffd社,a@x.jp\n")
    (seen,) = [n for n in bench.load().notices if n.rule == "replacement_characters"]
    assert seen.message["en"].startswith("1 ")


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(bench, end, encoding):
    bench.write("leads.csv", end.join([HEADER, ROW, "", ROW, ""]), encoding)
    bench.load()
    assert [row["_line"] for row in bench.rows()] == [2, 4]
    assert {row["email"] for row in bench.rows()} == {"a@example.jp"}


def test_mixed_line_ends(bench):
    bench.write("leads.csv", f"{HEADER}\r\n{ROW}\n{ROW}\r{ROW}\r\n")
    bench.load()
    assert [row["_line"] for row in bench.rows()] == [2, 3, 4]


def test_utf16_without_its_mark_is_refused(bench):
    _ascii_header(bench)
    bench.write("leads.csv", f"{ASCII_HEADER}\nL1,2026-10-01,ACME\n", "utf-16-le")
    with pytest.raises(InputRejected, match="UTF-16") as refused:
        bench.load()
    assert (refused.value.place.rule, refused.value.place.line) == ("encoding_unclear", 1)
