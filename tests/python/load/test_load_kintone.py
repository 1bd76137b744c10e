"""kintone: real records and the documented CSV forms become rows, of a record or of its table."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from leadloop.errors import InputRejected
from leadloop.load.mapping import Mapping
from leadloop.load.run import load
from leadloop.settings import Home


def _rows(tmp_path: Path, folder: Path, file: str, columns: dict, **more: object) -> list[dict]:
    """What a file becomes as a look-up table whose columns are any three texts."""
    spec = {"file": file, "columns": columns, **more}
    mapping = Mapping.model_validate(
        {"source": "kintone", "tables": {"hubspot__deal_pipeline_stage": [spec]}}
    )
    home = Home(tmp_path / "home")
    report = load(mapping, folder, home)
    found = pq.read_table(home.raw / "hubspot__deal_pipeline_stage").to_pylist()
    # lines that only repeat a record are no rows that were read
    assert report.files[0].rows_read == report.files[0].rows_loaded == len(found)
    return [{name: row[name] for name in (*columns, "_line")} for row in found]


def _texts(tmp_path: Path, text: str, columns: dict, **more: object) -> list[dict]:
    (tmp_path / "app.txt").write_text(text, "utf-8")
    return _rows(tmp_path, tmp_path, "app.txt", columns, **more)


def test_real_records_are_one_row_each(shared_data: Path, tmp_path: Path) -> None:
    """embulk-output-kintone's own expected records: six, the fourth number empty nowhere."""
    folder = shared_data / "kintone/embulk_output_kintone/task/skip"
    columns = {"stage_id": "long_number", "label": "string_single_line_text"}
    rows = _rows(
        tmp_path, folder, "insert_add_records.jsonl",
        {**columns, "pipeline_id": "timestamp_datetime"}, format="kintone_json",
    )  # fmt: skip
    assert len(rows) == 6
    assert rows[0] == {
        "stage_id": "123",
        "label": "abc",
        "pipeline_id": "1999-12-31T23:59:59Z",
        "_line": 1,
    }
    # the second record's text is the empty one: no value
    assert (rows[1]["stage_id"], rows[1]["label"]) == ("0", None)
    assert (rows[2]["stage_id"], rows[2]["label"]) == ("456", "def")


def test_rows_of_a_real_table_stand_beside_their_record(shared_data: Path, tmp_path: Path) -> None:
    """Of six records the first two have rows in json_subtable: counted in the file by hand, with
    the ids 666 of record 123.0, 333 of record 456.0 first."""
    folder = shared_data / "kintone/embulk_output_kintone/task/reduce_subtable"
    rows = _rows(
        tmp_path, folder, "insert_add_records.jsonl",
        {"stage_id": "json_subtable", "label": "double_single_line_text"},
        format="kintone_json", rows_of="json_subtable",
    )  # fmt: skip
    assert rows[0] == {"stage_id": "666", "label": "123.0", "_line": 1}
    assert next(row["stage_id"] for row in rows if row["_line"] == 2) == "333"
    assert {row["_line"] for row in rows} == {1, 2}


@pytest.mark.parametrize("file", ["table_single.csv", "table_multi.csv"])
def test_a_record_of_several_lines_is_one_row(shared_data: Path, tmp_path: Path, file: str) -> None:
    folder = shared_data / "kintone/cli_kintone_doc_examples"
    rows = _rows(tmp_path, folder, file, {"stage_id": "Text"}, format="kintone_csv")
    assert rows == [{"stage_id": "first", "_line": 2}]


@pytest.mark.parametrize(
    ("table", "value", "expected"),
    [("Table", "TextInTable", ["alice", "bob"]), ("Table_1", "NumberInTable", ["10", "20"])],
)
def test_each_table_of_a_record_has_its_own_lines(
    shared_data: Path, tmp_path: Path, table: str, value: str, expected: list[str]
) -> None:
    folder = shared_data / "kintone/cli_kintone_doc_examples"
    rows = _rows(
        tmp_path, folder, "table_multi.csv", {"stage_id": value, "label": "Text"},
        format="kintone_csv", rows_of=table,
    )  # fmt: skip
    assert [(row["stage_id"], row["label"]) for row in rows] == [(v, "first") for v in expected]


def test_choices_and_users_stay_apart(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "kintone/cli_kintone_doc_examples"
    rows = _rows(
        tmp_path, folder, "user_selection.csv", {"stage_id": "userSelectionField"},
        format="kintone_csv",
    )  # fmt: skip
    assert rows == [{"stage_id": "John\nBob", "_line": 2}]


def test_an_answer_of_the_api_is_read_as_it_came(tmp_path: Path) -> None:
    text = """{"records": [
      {"$id": {"type": "__ID__", "value": "7"},
       "担当者": {"type": "USER_SELECT", "value": [{"code": "sato", "name": "佐藤"}, {"code": "mori", "name": "森"}]},
       "作成者": {"type": "CREATOR", "value": {"code": "ueda", "name": "上田"}}},
      {"$id": {"type": "__ID__", "value": "8"},
       "担当者": {"type": "USER_SELECT", "value": []},
       "作成者": {"type": "CREATOR", "value": {"code": "ueda", "name": "上田"}}}
    ], "totalCount": null}"""
    columns = {"stage_id": "$id", "label": "担当者", "pipeline_id": "作成者"}
    assert _texts(tmp_path, text, columns, format="kintone_json") == [
        {"stage_id": "7", "label": "sato\nmori", "pipeline_id": "ueda", "_line": 1},
        {"stage_id": "8", "label": None, "pipeline_id": "ueda", "_line": 2},
    ]


def test_a_table_that_nobody_filled_gives_no_row(tmp_path: Path) -> None:
    text = '{"$id":{"value":"1"},"活動":{"type":"SUBTABLE","value":[]}}\n'
    assert _texts(tmp_path, text, {"stage_id": "活動"}, format="kintone_json", rows_of="活動") == []


@pytest.mark.parametrize(
    "text",
    [
        '{"code":"CB_VA01","id":"x","message":"入力内容が正しくありません。"}\n',
        '[{"$id":1}]\n',
        "{",
    ],
)
def test_what_is_no_record_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputRejected) as refused:
        _texts(tmp_path, text, {"stage_id": "$id"}, format="kintone_json")
    assert refused.value.place.rule == "json_error_object"


def test_the_form_of_the_user_interface(tmp_path: Path) -> None:
    """Its mark is called レコードの開始行, and it has no ids of the rows of a table."""
    text = "レコードの開始行,会社,活動日時\n*,㈱甲,2026/10/01\n,㈱甲,2026/10/02\n*,乙,\n"
    columns = {"stage_id": "会社", "label": "活動日時"}
    records = _texts(tmp_path, text, columns, format="kintone_csv")
    assert [row["stage_id"] for row in records] == ["㈱甲", "乙"]


def test_rows_of_the_user_interface_are_those_with_a_value(tmp_path: Path) -> None:
    text = "レコードの開始行,会社,活動日時\n*,㈱甲,2026/10/01\n,㈱甲,2026/10/02\n*,乙,\n"
    columns = {"stage_id": "会社", "label": "活動日時"}
    rows = _texts(tmp_path, text, columns, format="kintone_csv", rows_of="活動日時")
    assert [(row["stage_id"], row["label"]) for row in rows] == [
        ("㈱甲", "2026/10/01"),
        ("㈱甲", "2026/10/02"),
    ]


def test_a_table_that_the_csv_does_not_have_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRejected) as refused:
        _texts(
            tmp_path, "*,会社\n*,甲\n", {"stage_id": "会社"}, format="kintone_csv", rows_of="活動"
        )
    assert refused.value.place.rule == "column_missing"
    assert "活動" in str(refused.value)
