"""Values as the text of cells: numbers, instants, formulas, characters of CP932."""

from __future__ import annotations

from datetime import datetime

import pytest

from leadloop.errors import InputRejected
from leadloop.export.cells import begins_like_a_formula, instant, neutralised, number
from leadloop.export.files import SAME_SIGN
from leadloop.export.run import Request, export
from leadloop.settings import Home
from tests.python.export.export_kit import lead, publish
from tests.python.export.test_export_changes import FORM, own, rows

REASON = FORM.replace("from: grade}", "from: reason}")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (62.5, 0, "63"),
        (-62.5, 0, "-63"),
        (0.05, 1, "0.1"),
        (10.0, 1, "10"),
        (100.0, 0, "100"),
        (-0.04, 1, "0"),
        (1e21, 0, "1000000000000000000000"),
        (12.345, 2, "12.35"),
    ],
)
def test_numbers(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


def test_instants_are_turned_into_the_zone_that_the_tool_wants() -> None:
    moment = datetime.fromisoformat("2026-10-31T15:30:59")
    assert instant(moment, "%Y-%m-%dT%H:%M:%SZ", "UTC") == "2026-10-31T15:30:59Z"
    # past midnight in Japan: another day, another month
    assert instant(moment, "%Y-%m-%d %H:%M", "Asia/Tokyo") == "2026-11-01 00:30"


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+81 3", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "−1"),
        *(" =1", "　=1", "\ufeff=1", "\u00a0@x", "\u200b=1"),
    ],
    ids=ascii,
)
def test_what_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert begins_like_a_formula(text)
    assert neutralised(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "A1", "資料 +10", "a=b", "'=1", "1-2", "ー長音", "・点"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutralised(text) == text


def test_a_score_below_zero_is_a_number_and_no_formula(home: Home) -> None:
    own(home)
    publish(home, lead("a", "crm", -20))
    assert rows(export(home, Request("hubspot")))[1:] == [["a", "-20", "B2"]]


def test_a_cell_for_a_tool_is_one_line_without_controls(home: Home) -> None:
    own(home, REASON)
    publish(
        home,
        lead("a", "crm", 3, reason="ページ\r\n\x00=1\t+2\x07"),
        lead("b", "crm", 2, reason="\t=cmd"),
        lead("c", "crm", 1, reason="\x00 "),
    )
    report = export(home, Request("hubspot"))
    assert rows(report) == [
        ["id", "score", "grade"],
        ["a", "3", "ページ =1 +2"],
        ["b", "2", "' =cmd"],
        ["id", "score"],
        ["c", "1"],
    ]


def test_a_text_longer_than_the_field_ends_with_dots(home: Home) -> None:
    own(home, REASON.replace("from: reason}", "from: reason, max_chars: 5}"))
    publish(home, lead("a", "crm", reason="123456"), lead("b", "crm", reason="12345"))
    assert [row[2] for row in rows(export(home, Request("hubspot")))[1:]] == ["1234…", "12345"]


def test_cp932_has_the_characters_of_japanese_names(home: Home) -> None:
    own(home, REASON)
    publish(home, lead("a", "crm", reason="㈱①髙﨑～Ⅲ"))
    report = export(home, Request("hubspot", encoding="cp932"))
    content = (report.directory / report.files[0].name).read_bytes()
    # NEC row 13, the NEC selection of IBM extensions, and the full-width tilde
    assert b"\x87\x8a\x87\x40\xee\xe0\xed\x95\x81\x60\x87\x56" in content


def test_only_the_same_sign_is_replaced(home: Home) -> None:
    own(home, REASON)
    publish(home, lead("a", "crm", reason="x〜−‖—¢£¬"))
    report = export(home, Request("hubspot", encoding="cp932"))
    assert rows(report)[1][2] == "x～－∥―￠￡￢"
    assert len(SAME_SIGN) == 7


def test_a_character_that_cp932_lacks_stops_the_export_and_utf8_has_it(home: Home) -> None:
    own(home, REASON)
    publish(home, lead("a", "crm", 9, reason="メール"), lead("b", "crm", 8, reason="𠮷野家"))
    for dry_run in (True, False):
        with pytest.raises(InputRejected) as refused:
            export(home, Request("hubspot", encoding="cp932", dry_run=dry_run))
        error = refused.value
        assert error.exit_code == 3
        assert (error.place.line, error.place.column, error.place.rule) == (
            3,
            "grade",
            "not_in_encoding",
        )
        assert "𠮷 (U+20BB7) does not exist in cp932" in error.render("en")
        assert "`--encoding utf-8`" in error.render("ja")
    assert not list(home.exports.rglob("*.csv")), "nothing is left of it"
    assert rows(export(home, Request("hubspot")))[2][2] == "𠮷野家"


def test_a_form_that_knows_cp932_only(home: Home) -> None:
    own(home, REASON.replace("[utf-8, cp932]", "[cp932]"))
    publish(home, lead("a", "crm", reason="😀"))
    with pytest.raises(InputRejected) as refused:
        export(home, Request("hubspot"))
    assert refused.value.place.rule == "not_in_only_encoding"
    assert "add utf-8 to `encodings`" in refused.value.render("en")
