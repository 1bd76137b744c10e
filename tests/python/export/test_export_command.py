"""The command: what it prints, in which language, and how it ends."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import leadloop.cli as cli
from leadloop.export.form_file import FORMS, own_form, shipped_tools
from leadloop.export.texts import MISUSE, REFUSALS, WITHHELD
from leadloop.settings import PROJECT_ROOT, Home
from tests.python.export.export_kit import EXPORT_ID, lead, publish, tree
from tests.python.export.test_export_changes import FORM, own

_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Home, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Calls the entry point in this process: exit code, stdout, stderr."""

    def call(*arguments: str, language: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("LEADLOOP_LANG", language)
        monkeypatch.setattr(
            sys, "argv", ["leadloop", "export", *arguments, "--home", str(home.root)]
        )
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        else:
            code = 0
        out, err = capfd.readouterr()
        return code, out, err

    return call


def test_new_then_changed_then_nothing(home: Home, run: Run, tmp_path: Path, monkeypatch) -> None:
    own(home)
    publish(home, lead("a", "crm", 1), lead("b", "crm", opted_out=True), run_id="20261101T000000Z")
    code, out, err = run("--tool", "hubspot", "--to", str(tmp_path / "out"))
    assert (code, err) == (0, "")
    assert re.search(r"^new +1", out, re.MULTILINE)
    assert re.search(r"^asked not to be contacted +1 +b", out, re.MULTILINE)
    assert f"{tmp_path}/out/hubspot-{EXPORT_ID}-1.csv: 1 rows, 22 bytes, utf-8" in out
    assert (
        tmp_path / "out" / f"hubspot-{EXPORT_ID}-1.csv"
    ).read_text() == "id,score,grade\na,1,B2\n"
    publish(home, lead("a", "crm", 7), run_id="20261103T000000Z")
    monkeypatch.setenv("LEADLOOP_NOW", "2026-11-04T00:00:00Z")
    code, out, _ = run("--tool", "hubspot", language="ja")
    assert code == 0
    assert re.search(r"^a +score +1 +7 *$", out, re.MULTILINE)
    code, out, _ = run("--tool", "hubspot")
    assert (code, "Nothing has changed since the last export" in out) == (0, True)
    code, out, _ = run("--tool", "hubspot", language="ja")
    assert "前回の書き出しから変更がない" in out


def test_a_dry_run_prints_the_difference_of_the_real_one(home: Home, run: Run) -> None:
    own(home)
    publish(home, lead("a", "crm", 1), lead("b", "crm", 2), lead("c", "crm", opted_out=True))
    before = tree(home.root)
    code, dry, _ = run("--tool", "hubspot", "--dry-run")
    assert code == 0
    assert tree(home.root) == before
    _, real, _ = run("--tool", "hubspot")
    # the same lines but for the directory and the last word
    assert dry.replace("Dry run: nothing was written.\n", "") == real.replace(
        f"{home.exports}/hubspot/crm/{EXPORT_ID}/", ""
    )


def test_only_so_many_leads_are_listed(home: Home, run: Run) -> None:
    own(home)
    publish(home, *(lead(f"l{n}", "crm", 9 - n) for n in range(5)))
    _, out, _ = run("--tool", "hubspot", "--dry-run", "--limit", "2")
    assert "l1" in out
    assert "l2" not in out
    assert "… and 3 more" in out
    _, out, _ = run("--tool", "hubspot", "--dry-run", "--limit", "0")
    assert "l4" in out


def test_names_and_addresses_are_masked_on_the_screen(home: Home, run: Run) -> None:
    publish(home, lead("a", "crm", stage="mql", full_name="佐藤花子", email="hanako@x.example"))
    code, out, _ = run("--tool", "handoff", "--dry-run")
    assert code == 0
    assert "佐*** (4 characters)" in out
    assert "佐藤" not in out
    assert "hanako" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--tool"),
        (("--tool", "hubspto"), "did you mean hubspot?"),
        (("--tool", "../hubspot"), "there is no form"),
        (("--tool", "salesforce", "--encoding", "cp932"), "salesforce does not take cp932"),
        (("--tool", "hubspot", "--encoding", "latin1"), "encoding"),
        (("--tool", "handoff", "--source", "crm"), "--source cannot stand beside it"),
        (("--tool", "hubspot", "--limit", "-1"), "limit"),
        (("--tool", "hubspot", "--to", __file__), "is not a directory"),
    ],
    ids=str,
)
def test_what_makes_no_sense_ends_with_2(
    home: Home, run: Run, arguments: tuple[str, ...], words: str
) -> None:
    publish(home, lead("101", "hubspot"))
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert not home.exports.exists()


def test_what_cannot_be_exported_ends_with_3(home: Home, run: Run) -> None:
    code, _, err = run("--tool", "hubspot")
    assert (code, "no published version" in err) == (3, True)
    publish(home, lead("101", "hub_spot"))
    code, _, err = run("--tool", "hubspot")
    assert code == 3
    assert "source hubspot; did you mean hub_spot?" in err
    assert "--source hub_spot" in err
    code, _, err = run("--tool", "hubspot", "--version", "20200101T000000Z")
    assert (code, "pin_unknown" in err) == (3, True)
    code, _, err = run("--tool", "mazrica", language="ja")
    assert code == 3
    assert "mazrica.yml, line 6, column <コンタクトIDの見出し>" in err
    assert str(own_form(home, "mazrica")) in err
    assert _JAPANESE.search(err.partition("次の一手")[2])


@pytest.mark.parametrize(
    ("right", "wrong", "line", "en", "ja"),
    [
        ("from: score}", "from: scroe}", 1, "there is no value scroe", "値 scroe はありません"),
        ("header: grade, from", "from", 7, "the key header is missing", "キー header がありません"),
        ("header: grade", "header: score", 1, "a header stands twice", "同じ見出しが2つあります"),
        ("other_file", "maybe", 10, "one of: empty, other_file, word", "次のどれか"),
        ("other_file", "word", 1, "with `blank: word`", "`blank: word` のとき"),
        ("[utf-8, cp932]", "[euc-jp]", 9, "one of: utf-8, utf-8-sig, cp932", "次のどれか"),
        ("from: mql_at", "from: mql_at, timezone: X", 8, "no time zone X", "ゾーン X はありません"),
        ("source_lead_id", 'source_lead_id, pattern: "("', 4, "regular expression", "正規表現"),
        ("from: source_lead_id", "from: lead_id", 1, "the list for sales", "引き渡しリスト専用"),
        ("label: Test", "label: Test\nlabell: x", 3, "unknown key labell", "知らないキー"),
        ("tool: hubspot", "tool: marketo", 1, "it is of marketo", "marketo のフォームです"),
        ("source: crm", "source: crm\nmax_rows: many", 4, "integer", "値が正しくありません"),
        ("label: Test", "label: [", 4, "the form cannot be used: ", "フォームを使えません: "),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() else "",
)
def test_a_form_with_a_fault_names_line_and_rule_in_both_languages(
    home: Home, run: Run, right: str, wrong: str, line: int, en: str, ja: str
) -> None:
    assert right in FORM
    own(home, FORM.replace(right, wrong))
    publish(home, lead("a", "crm"))
    code, _, err = run("--tool", "hubspot")
    assert (code, en in err, "rule form_unreadable" in err) == (3, True, True), err
    assert f"form.yml, line {line}" in err
    code, _, err = run("--tool", "hubspot", language="ja")
    assert (code, ja in err) == (3, True), err


def test_every_rule_speaks_both_languages_and_is_in_the_page() -> None:
    page = (PROJECT_ROOT / "docs" / "export.md").read_text("utf-8")
    for texts in (MISUSE, REFUSALS, WITHHELD):
        for rule, text in texts.items():
            assert not _JAPANESE.search(text.en + text.next_en), rule
            assert _JAPANESE.search(text.ja), rule
            assert bool(text.next_en) == bool(text.next_ja) == (texts is not WITHHELD), rule
            named = [
                {re.sub("_(en|ja)$", "", name) for name in re.findall(r"\{(\w+)\}", words)}
                for words in (text.en + text.next_en, text.ja + text.next_ja)
            ]
            assert named[0] == named[1], rule
            assert f"`{rule}`" in page, rule


def test_the_help_names_every_tool(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for tool in shipped_tools():
        assert tool in out.replace("\n", " ")
    assert {path.stem for path in FORMS.glob("*.yml")} == set(shipped_tools())
