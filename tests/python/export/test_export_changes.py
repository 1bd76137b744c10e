"""Only what has changed, never a blank over a value, and a dry run that says what the real one does."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from leadloop.errors import InputRejected
from leadloop.export import run
from leadloop.export.form import Form
from leadloop.export.form_file import own_form
from leadloop.export.run import Report, Request, export
from leadloop.settings import Home
from tests.python.export.export_kit import RUN_ID, lead, ledger_of, publish, tree

FORM = """\
tool: hubspot
label: Test
source: crm
key: {header: id, from: source_lead_id}
columns:
  - {header: score, from: score}
  - {header: grade, from: grade}
  - {header: at, from: mql_at}
encodings: [utf-8, cp932]
blank: other_file
"""


def own(home: Home, text: str = FORM, tool: str = "hubspot") -> None:
    path = own_form(home, tool)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def go(home: Home, **options: Any) -> Report:
    return export(home, Request("hubspot", **options))


def rows(report: Report) -> list[list[str]]:
    """Every row of every file, with the headers, in order."""
    found = []
    for file in report.files:
        text = (report.directory / file.name).read_text(report.encoding)
        found += list(csv.reader(io.StringIO(text)))
    return found


def day(n: int) -> str:
    return f"202611{n:02d}T000000Z"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    def set_day(n: int) -> None:
        monkeypatch.setenv("LEADLOOP_NOW", f"2026-11-{n:02d}T12:00:00Z")

    return set_day


def test_a_row_goes_out_when_a_value_differs(home: Home, at) -> None:
    own(home)
    a, b, c = (lead(name, "crm", 10, "B2") for name in ("a", "b", "c"))
    publish(home, a, b, c, run_id=day(1))
    assert rows(go(home)) == [
        ["id", "score", "grade"], ["a", "10", "B2"], ["b", "10", "B2"], ["c", "10", "B2"],
    ]  # fmt: skip
    # b gains points, d is new
    publish(home, a, lead("b", "crm", 11, "B2"), c, lead("d", "crm", 1), run_id=day(2))
    at(3)
    report = go(home)
    assert rows(report) == [["id", "score", "grade"], ["d", "1", "B2"], ["b", "11", "B2"]]
    assert report.plan.unchanged == 2
    assert [report.plan.changes(row) for row in report.plan.changed] == [[("score", "10", "11")]]
    # 11.04 is 11.0 to one decimal: no change for the tool
    publish(home, a, lead("b", "crm", 11.04), c, lead("d", "crm", 1), run_id=day(4))
    assert go(home).files == []


def test_a_lost_value_is_kept_and_counted(home: Home, at) -> None:
    own(home)
    publish(home, lead("a", "crm", 60, "A1", mql_at="2026-10-01 00:00:00"), run_id=day(1))
    go(home)
    # neither grade nor MQL any more: that alone sends nothing
    publish(home, lead("a", "crm", 60, None), run_id=day(2))
    at(3)
    report = go(home)
    assert report.files == []
    assert dict(report.plan.kept) == {"grade": 1, "at": 1}
    # with another score the row goes out, and holds what the tool has
    publish(home, lead("a", "crm", 5, None), run_id=day(4))
    at(5)
    assert rows(go(home)) == [
        ["id", "score", "grade", "at"],
        ["a", "5", "A1", "2026-10-01T00:00:00Z"],
    ]
    # and the grade is still known as the last written one
    publish(home, lead("a", "crm", 5, "A1"), run_id=day(6))
    assert go(home).files == []


@pytest.mark.parametrize(
    ("blank", "expected"),
    [
        ("blank: other_file", [["id", "score"], ["a", "1"]]),
        ("blank: empty", [["id", "score", "grade", "at"], ["a", "1", "", ""]]),
        (
            'blank: word\nnull_word: "#N/A"',
            [["id", "score", "grade", "at"], ["a", "1", "#N/A", "#N/A"]],
        ),
    ],
    ids=lambda text: text[:14] if isinstance(text, str) else "",
)
def test_what_a_cell_without_a_value_holds(home: Home, blank: str, expected: list) -> None:
    own(home, FORM.replace("blank: other_file", blank))
    publish(home, lead("a", "crm", 1, None))
    report = go(home)
    assert rows(report) == expected
    # the word is no value: the first real one is a change
    assert ledger_of(report.directory) == {("a", "score"): "1"}


def test_who_may_not_go_out(home: Home) -> None:
    own(
        home,
        FORM.replace(
            "{header: id, from: source_lead_id}",
            '{header: id, from: source_lead_id, pattern: "[-=a-z]+"}',
        ),
    )
    publish(
        home,
        lead("fine", "crm"),
        lead("optedout", "crm", opted_out=True),
        lead("deleted", "crm", counts=False),
        lead("survivor", "crm", ids=(("crm", "survivor"), ("crm", "dead"))),
        lead("=cmd", "crm"),
        lead("N0T OURS", "crm"),
        lead("empty", "crm", None, None),
        lead("other", "ma"),
    )
    report = go(home)
    assert rows(report) == [
        ["id", "score", "grade"],
        ["fine", "10", "B2"],
        ["survivor", "10", "B2"],
    ]
    assert report.plan.withheld == {
        "opted_out": ["optedout"],
        "not_in_version": ["deleted"],
        "merged": ["survivor"],
        "formula_key": ["=cmd"],
        "foreign_id": ["N0T OURS"],
        "nothing_to_say": ["empty"],
    }


def test_an_id_that_lives_on_in_its_own_tool_goes_back_to_it(home: Home) -> None:
    """The survivor is the CRM's; the MA tool knows the same person by two ids of its own."""
    own(home)
    publish(home, lead("crm9", "crm", 40, ids=(("crm", "crm9"), ("ma", "m1"), ("ma", "m2"))))
    assert rows(go(home, source="ma"))[1:] == [["m1", "40", "B2"], ["m2", "40", "B2"]]
    assert rows(go(home))[1:] == [["crm9", "40", "B2"]]
    assert {p.name for p in (home.exports / "hubspot").iterdir()} == {"crm", "ma", "form.yml"}


def test_a_prefix_of_our_ids_is_taken_off(home: Home) -> None:
    own(home, FORM + 'lead_id_prefix: "hs:"\n')
    publish(home, lead("hs:7", "crm"), lead("8", "crm"))
    report = go(home)
    assert rows(report)[1:] == [["7", "10", "B2"]]
    assert report.plan.withheld == {"foreign_id": ["8"]}


def test_of_two_leads_with_one_address_the_higher_score_goes(home: Home) -> None:
    own(home, FORM.replace("from: source_lead_id", "from: email"))
    publish(
        home,
        lead("a", "crm", 5, email="info@x.example"),
        lead("b", "crm", 50, email="info@x.example"),
        lead("c", "crm", 7),
        # the survivor is another tool's, and so is the address
        lead("ma1", "ma", 9, email="ma@x.example", ids=(("ma", "ma1"), ("crm", "d"))),
        lead("e", "crm", 9, email="=1@x.example"),
    )
    report = go(home)
    assert rows(report)[1:] == [["info@x.example", "50", "B2"]]
    assert report.plan.withheld == {
        "duplicate_key": ["a"],
        "no_key": ["c"],
        "other_address": ["ma1"],
        "formula_key": ["e"],
    }


def test_who_was_written_and_may_not_any_more_is_counted(home: Home, at) -> None:
    own(home)
    publish(home, lead("a", "crm"), lead("b", "crm"), run_id=day(1))
    go(home)
    publish(home, lead("a", "crm"), lead("b", "crm", 99, opted_out=True), run_id=day(2))
    at(3)
    report = go(home)
    assert (report.files, report.plan.gone) == ([], 1)


def test_a_column_that_is_not_watched_sends_no_row(home: Home, at) -> None:
    own(home, FORM.replace("from: score}", "from: score, watch: false}"))
    publish(home, lead("a", "crm", 1), run_id=day(1))
    go(home)
    publish(home, lead("a", "crm", 2), run_id=day(2))
    at(3)
    assert go(home).files == []
    publish(home, lead("a", "crm", 2, "A1"), run_id=day(4))
    at(5)
    assert rows(go(home))[1:] == [["a", "2", "A1"]]


def test_a_new_column_sends_every_row(home: Home, at) -> None:
    own(home)
    publish(home, lead("a", "crm", 1))
    go(home)
    own(
        home,
        FORM.replace("  - {header: at,", "  - {header: version, from: version}\n  - {header: at,"),
    )
    at(3)
    assert rows(go(home)) == [["id", "score", "grade", "version"], ["a", "1", "B2", "v2"]]


def test_taking_an_export_away_undoes_it(home: Home, at) -> None:
    own(home)
    publish(home, lead("a", "crm", 1), run_id=day(1))
    go(home)
    publish(home, lead("a", "crm", 2), run_id=day(2))
    at(3)
    second = go(home)
    for path in second.directory.iterdir():
        path.unlink()
    second.directory.rmdir()
    at(4)
    third = go(home)
    assert [third.plan.changes(row) for row in third.plan.changed] == [[("score", "1", "2")]]


def test_a_dry_run_says_what_the_real_one_does_and_writes_nothing(home: Home, at) -> None:
    own(home)
    publish(
        home, lead("a", "crm", 1), lead("b", "crm", 2, mql_at="2026-10-01 00:00:00"), run_id=day(1)
    )
    go(home)
    publish(
        home,
        lead("a", "crm", 3),
        lead("b", "crm", 2),
        lead("c", "crm", 4),
        lead("d", "crm", opted_out=True),
        run_id=day(2),
    )
    at(3)
    before = tree(home.root)
    dry = go(home, dry_run=True)
    assert tree(home.root) == before
    real = go(home)
    assert dry.plan == real.plan
    assert dry.files == real.files
    assert len(real.files) == 1
    assert dry.directory is None


def test_a_dry_run_of_a_home_without_exports_makes_no_directory(home: Home) -> None:
    publish(home, lead("101", "hubspot"))
    assert len(go(home, dry_run=True).files) == 1
    assert not home.exports.exists()


def test_files_are_split_by_rows(home: Home) -> None:
    own(home, FORM + "max_rows: 2\n")
    publish(home, *(lead(f"l{n}", "crm", 100 - n) for n in range(5)))
    report = go(home)
    assert [file.rows for file in report.files] == [2, 2, 1]
    assert rows(report) == [
        ["id", "score", "grade"], ["l0", "100", "B2"], ["l1", "99", "B2"],
        ["id", "score", "grade"], ["l2", "98", "B2"], ["l3", "97", "B2"],
        ["id", "score", "grade"], ["l4", "96", "B2"],
    ]  # fmt: skip


def test_files_are_split_by_bytes(home: Home) -> None:
    own(home, FORM + "max_bytes: 1000\n")
    publish(home, *(lead(f"l{n:03d}", "crm", 10, "B2") for n in range(200)))
    report = go(home)
    assert len("id,score,grade\n") == 15
    assert len("l000,10,B2\n") == 11
    # (1000 - 15) / 11 = 89.5
    assert [file.rows for file in report.files] == [89, 89, 22]
    assert all(file.size <= 1000 for file in report.files)
    assert sorted(row[0] for row in rows(report) if row[0] != "id") == [
        f"l{n:03d}" for n in range(200)
    ]


def test_a_row_longer_than_a_file_is_refused(home: Home) -> None:
    own(home, FORM.replace("from: grade}", "from: reason}") + "max_bytes: 1000\n")
    publish(home, lead("a", "crm", reason="x" * 2000))
    with pytest.raises(InputRejected) as refused:
        go(home)
    assert refused.value.place.rule == "row_too_long"
    assert not [p for p in home.exports.rglob("*") if p.suffix in {".csv", ".parquet"}]


def test_another_version_than_the_one_asked_for_is_never_exported(home: Home) -> None:
    """A page falls back to an older version; a tool would get its values back."""
    own(home)
    publish(home, lead("a", "crm", 1), run_id=day(1))
    publish(home, lead("a", "crm", 2), run_id=day(2))
    assert rows(go(home, run_id=day(1)))[1:] == [["a", "1", "B2"]]
    warehouse = home.versions / day(2) / "warehouse.duckdb"
    warehouse.write_bytes(b"x" + warehouse.read_bytes()[1:])
    for run_id, problem in ((None, "checksum_mismatch"), (day(9), "pin_unknown")):
        with pytest.raises(InputRejected, match=problem) as refused:
            go(home, run_id=run_id)
        assert refused.value.place.rule == "version_not_readable"


def test_a_version_of_an_earlier_leadloop(home: Home) -> None:
    own(home)
    publish(home, without="lead_identities")
    with pytest.raises(InputRejected) as refused:
        go(home)
    assert refused.value.place.rule == "version_too_old"


def test_a_damaged_ledger_stops_the_export(home: Home) -> None:
    own(home)
    publish(home, lead("a", "crm", 1))
    ledger = go(home).directory / "ledger.parquet"
    ledger.write_bytes(ledger.read_bytes()[:-20])
    with pytest.raises(InputRejected) as refused:
        go(home)
    assert (refused.value.place.rule, refused.value.place.file) == ("ledger_damaged", str(ledger))


def test_the_pinned_version_is_in_the_report(home: Home) -> None:
    own(home)
    publish(home, lead("a", "crm"))
    report = go(home)
    assert report.version.run_id == RUN_ID
    assert f'"run_id": "{RUN_ID}"' in (report.directory / "export.json").read_text("utf-8")
    assert isinstance(report.form, Form)
    assert run.EVERY_SOURCE not in {p.name for p in Path(report.directory).parent.parent.iterdir()}
