"""The file of each tool, byte for byte, from the five leads of export_kit.company.

Worked out by hand. 1 has 62.5 points (Marketo's integer: 63) and became an MQL at 03:04:05 UTC, 12:04 in Japan. 2 is no
MQL, and its reason would be a formula in a spreadsheet. 3 is a competitor at -5. 4 is opted out; 5 went into 1. Where a
blank could overwrite, the rows without an MQL instant are in a file without that column.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from leadloop.export.form_file import FORMS, own_form, parse_form, shipped_tools
from leadloop.export.run import Request, export
from leadloop.settings import PROJECT_ROOT, Home
from tests.python.export.export_kit import EXPORT_ID, company, publish

GOLDEN = Path(__file__).resolve().parent / "golden"
TOOLS = [tool for tool in shipped_tools() if tool != "handoff"]
SALESFORCE_IDS = (
    "00Q5g00000AAAAAEA1",
    "00Q5g00000BBBBBEA1",
    "0035g00000CCCCCEA1",
    "00Q5g00000DDDDDEA1",
    "00Q5g00000EEEEEEA1",
)
NUMBERS = ("101", "102", "103", "104", "105")


def fill_mazrica(home: Home) -> None:
    """What a user of Mazrica does: a copy of the form with the numbers of their own fields."""
    text = (FORMS / "mazrica.yml").read_text("utf-8")
    marks = {
        "<コンタクトIDの見出し>": "コンタクトID",
        "<スコアの管理番号>": "1001",
        "<グレードの管理番号>": "1002",
        "<版の管理番号>": "1003",
        "<理由の管理番号>": "1004",
        "<MQL日時の管理番号>": "1005",
    }
    for mark, number in marks.items():
        assert mark in text
        text = text.replace(mark, number)
    own = own_form(home, "mazrica")
    own.parent.mkdir(parents=True)
    own.write_text(text, "utf-8")


def prepared(home: Home, tool: str) -> None:
    """The five leads, published as leads of `tool`."""
    if tool == "mazrica":
        fill_mazrica(home)
    publish(home, *company(tool, SALESFORCE_IDS if tool == "salesforce" else NUMBERS))


@pytest.mark.parametrize("tool", TOOLS)
def test_the_files_of_a_tool_to_the_byte(home: Home, tool: str) -> None:
    prepared(home, tool)
    report = export(home, Request(tool, "ja"))
    assert report.directory == home.exports / tool / tool / EXPORT_ID
    written = {file.name: (report.directory / file.name).read_bytes() for file in report.files}
    expected = {
        path.name.replace(tool, f"{tool}-{EXPORT_ID}", 1): path.read_bytes()
        for path in GOLDEN.glob(f"{tool}-*.csv")
    }
    assert expected
    assert written == expected
    assert [file.size for file in report.files] == [len(written[f.name]) for f in report.files]
    assert {reason: len(leads) for reason, leads in report.plan.withheld.items()} == {
        "opted_out": 1,
        "merged": 1,
    }


@pytest.mark.parametrize("tool", TOOLS)
def test_no_blank_where_a_blank_could_overwrite(home: Home, tool: str) -> None:
    prepared(home, tool)
    report = export(home, Request(tool, "ja"))
    form = report.form
    for file in report.files:
        lines = (report.directory / file.name).read_text(report.encoding).splitlines()
        blanks = any(",," in line or line.endswith(",") for line in lines)
        assert not blanks or form.blank == "empty", file.name
    # the one tool of which it is documented that an empty cell changes nothing
    assert (form.blank == "empty") == (tool == "salesforce")


@pytest.mark.parametrize("tool", TOOLS)
def test_exporting_again_writes_nothing(home: Home, tool: str) -> None:
    prepared(home, tool)
    export(home, Request(tool, "ja"))
    again = export(home, Request(tool, "ja"))
    assert (again.files, again.directory, again.plan.unchanged) == ([], None, 3)


def test_reasons_in_english(home: Home) -> None:
    prepared(home, "hubspot")
    report = export(home, Request("hubspot", "en"))
    text = (report.directory / report.files[1].name).read_text("utf-8")
    assert "Disqualified: Competitor / en:メール +1" in text


def test_the_shipped_forms_keep_to_what_is_documented() -> None:
    forms = {tool: parse_form(FORMS / f"{tool}.yml") for tool in shipped_tools()}
    assert {t: (f.max_rows, f.max_bytes) for t, f in forms.items()} == {
        "salesforce": (None, 150_000_000),
        "hubspot": (1_000_000, 512_000_000),
        "marketo": (None, 9_500_000),
        "account_engagement": (None, 100_000_000),
        "kintone": (100_000, 100_000_000),
        "mazrica": (5_000, None),
        "bownow": (10_000, None),
        "handoff": (None, None),
    }
    assert {tool for tool, form in forms.items() if form.unfilled()} == {"mazrica"}
    # an address as the key could make a person of somebody unknown
    assert {tool for tool, form in forms.items() if form.key.value == "email"} == {"bownow"}


def test_the_page_has_every_tool_and_everything_uncertain() -> None:
    page = (PROJECT_ROOT / "docs" / "export.md").read_text("utf-8")
    for tool in shipped_tools():
        form = parse_form(FORMS / f"{tool}.yml")
        assert f"`{tool}`" in page
        for header in form.headers:
            assert header.en in page or header.ja in page, header
        for words in form.uncertain:
            assert words.en in page, words.en
