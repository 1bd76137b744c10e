"""Tables and columns that came or went between two versions, from the headers that the loader saw."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from leadloop.load.mapping import Mapping
from leadloop.load.run import load
from leadloop.publish.inputs import loaded_files
from leadloop.publish.manifest import LoadedFile
from leadloop.publish.schema_changes import schema_changes
from leadloop.settings import Home

FIRST, LATER = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))


def file(table: str, columns: str, at: datetime | None = FIRST, source: str = "ma") -> LoadedFile:
    return LoadedFile(
        source=source,
        table_name=table,
        file=f"{table}.csv",
        sha256="x",
        rows_read=1,
        rows_loaded=1,
        rows_rejected=0,
        loaded_at=at,
        columns=columns.split(),
    )


def told(
    before: list[LoadedFile] | None, after: list[LoadedFile]
) -> list[tuple[str, str | None, bool]]:
    return [(c.table_name, c.column, c.is_added) for c in schema_changes(before, after)]


def test_columns_and_tables_that_came_and_went() -> None:
    before = [file("leads", "id mail"), file("chats", "id"), file("deals", "id", source="sfa")]
    after = [file("leads", "id budget"), file("deals", "id", source="sfa"), file("visits", "id")]
    assert told(before, after) == [
        ("chats", None, False),
        ("leads", "budget", True),
        ("leads", "mail", False),
        ("visits", None, True),
    ]


def test_a_first_version_and_an_unknown_header_are_no_change() -> None:
    assert told(None, [file("leads", "id")]) == []
    assert told([file("leads", "")], [file("leads", "id mail")]) == []
    # a table of a connector has no header that anybody kept
    assert told([file("leads", "id", None)], [file("leads", "", None)]) == []


def test_of_files_that_add_up_the_last_load_speaks() -> None:
    """The old file keeps its old header; two files of one load are one table."""
    old = file("leads", "id mail")
    after = [old, file("leads", "id mail budget", LATER), file("leads", "id mail owner", LATER)]
    assert told([old], after) == [("leads", "budget", True), ("leads", "owner", True)]
    assert told(after, after) == []


def test_the_loader_keeps_the_header_with_columns_that_nobody_reads(tmp_path: Path) -> None:
    folder, home = tmp_path / "in", Home(tmp_path / "home")
    folder.mkdir()
    (folder / "t.csv").write_text("メールアドレス,予算\na@x.example,1\n", "utf-8")
    spec = {"file": "t.csv", "mode": "snapshot", "columns": "same"}
    load(Mapping.model_validate({"source": "b", "tables": {"bownow__lead": [spec]}}), folder, home)
    kept = [f for f in loaded_files(home) if f.table_name == "bownow__lead"]
    assert [f.columns for f in kept] == [["メールアドレス", "予算"]]
    assert kept[0].loaded_at is not None
    assert kept[0].loaded_at.tzinfo is not None
    assert kept[0].rows_read == 1
