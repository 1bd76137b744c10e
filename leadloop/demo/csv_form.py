"""The files such a company exports: Japanese headers and words, local times, two encodings."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from leadloop.demo import vocabulary as words
from leadloop.demo.draw import JST_OFFSET, Span, jst_day
from leadloop.demo.raw_form import UNREADABLE_INSTANT

_CHANNEL_WORDS = {w.code: w.label for w in words.CHANNELS}
_TYPE_WORDS = {w.code: w.label for w in words.ACTIVITY_TYPES}
_PRODUCT_WORDS = dict(zip(words.PRODUCTS, words.PRODUCT_LABELS, strict=True))
_REASON_WORDS = {w.code: w.label for w in words.RETURN_REASONS}
_FLAG = {"true": "1", "false": "0"}
_YES = {"true": "はい", "false": "いいえ"}


@dataclass(frozen=True)
class Column:
    """A column of an export: its header, and the export's own words for our codes."""

    raw: str
    header: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Export:
    """How one raw table leaves the company's tools."""

    stem: str
    encoding: str  # utf-8, utf-8-sig or cp932
    seconds: bool  # whether times carry seconds
    columns: tuple[Column, ...]
    quoting: str = "needed"


def _columns(*specs: tuple[str, str] | tuple[str, str, Mapping[str, str]]) -> tuple[Column, ...]:
    return tuple(Column(*spec) for spec in specs)


EXPORTS: dict[str, Export] = {
    "leads": Export(
        "leads",
        "utf-8-sig",
        False,
        _columns(
            ("lead_id", "リードID"),
            ("email", "メールアドレス"),
            ("full_name", "氏名"),
            ("company_name", "会社名"),
            ("company_domain", "会社ドメイン"),
            ("job_title", "役職"),
            ("department", "部署"),
            ("industry", "業種"),
            ("employee_count", "従業員数"),
            ("country", "国"),
            ("prefecture", "都道府県"),
            ("created_at", "作成日時"),
            ("updated_at", "更新日時"),
            ("source_channel", "獲得チャネル", _CHANNEL_WORDS),
            ("source_campaign", "獲得キャンペーン"),
            ("source_content", "獲得コンテンツ"),
            ("product", "関心製品", _PRODUCT_WORDS),
            ("owner_id", "担当IS"),
            ("is_opted_out", "配信停止", _FLAG),
            ("merged_into_lead_id", "統合先リードID"),
            ("is_deleted", "削除フラグ", _FLAG),
        ),
    ),
    "activities": Export(
        "activities",
        "utf-8",
        True,
        _columns(
            ("activity_id", "activity_id"),
            ("lead_id", "lead_id"),
            ("activity_type", "種別", _TYPE_WORDS),
            ("occurred_at", "発生日時"),
            ("content_id", "content_id"),
            ("content_name", "コンテンツ名"),
            ("content_type", "content_type"),
            ("url", "url"),
            ("channel", "流入元", _CHANNEL_WORDS),
            ("campaign", "campaign"),
            ("answer", "回答", _REASON_WORDS),
            ("session_id", "session_id"),
            ("actor", "実施者"),
        ),
        quoting="none",
    ),
    "deals": Export(
        "deals",
        "cp932",
        False,
        _columns(
            ("deal_id", "商談ID"),
            ("lead_id", "リードID"),
            ("account_id", "取引先ID"),
            ("name", "商談名"),
            ("amount", "金額"),
            ("currency", "通貨"),
            ("gross_margin_rate", "粗利率"),
            ("stage", "フェーズ"),
            ("is_closed", "完了", _YES),
            ("is_won", "受注", _YES),
            ("created_at", "作成日時"),
            ("closed_at", "完了日時"),
            ("lost_reason", "失注理由"),
            ("owner_id", "営業担当"),
            ("product", "製品", _PRODUCT_WORDS),
            ("updated_at", "最終更新日時"),
        ),
    ),
    "deal_contacts": Export(
        "deal_contacts",
        "cp932",
        False,
        _columns(
            ("deal_id", "商談ID"),
            ("lead_id", "リードID"),
            ("role", "役割"),
            ("added_at", "追加日時"),
        ),
    ),
    "stage_changes": Export(
        "stage_changes",
        "cp932",
        False,
        _columns(
            ("entity_id", "商談ID"),
            ("from_status", "変更前フェーズ"),
            ("to_status", "変更後フェーズ"),
            ("changed_at", "変更日時"),
            ("reason", "理由"),
            ("changed_by", "変更者"),
        ),
    ),
    "marketing_costs": Export(
        "marketing_costs",
        "utf-8-sig",
        False,
        _columns(
            ("cost_id", "請求ID"),
            ("channel", "チャネル", _CHANNEL_WORDS),
            ("campaign", "キャンペーン"),
            ("starts_on", "開始日"),
            ("ends_on", "終了日"),
            ("amount", "金額"),
            ("currency", "通貨"),
            ("kind", "費目"),
        ),
    ),
}


def _local_text(at: pa.ChunkedArray, seconds: bool, fill: str | None) -> pa.ChunkedArray:
    """`2026/10/31 23:59` in Japan time; an unreadable required instant keeps its text."""
    shifted = pc.add(at.cast(pa.timestamp("s")).cast(pa.int64()), JST_OFFSET)
    text = shifted.cast(pa.timestamp("s")).cast(pa.string())
    text = pc.binary_replace_slice(text, 4, 5, "/")
    text = pc.binary_replace_slice(text, 7, 8, "/")
    if not seconds:
        text = pc.utf8_slice_codeunits(text, 0, 16)
    return pc.fill_null(text, fill) if fill else text


def _in_own_words(values: pa.ChunkedArray, own: Mapping[str, str]) -> pa.ChunkedArray:
    """The dictionary's codes replaced by the export's words."""
    if not pa.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    chunks = []
    for chunk in values.chunks:
        labels = [own.get(code, code) for code in chunk.dictionary.to_pylist()]
        swapped = pa.DictionaryArray.from_arrays(chunk.indices, pa.array(labels, pa.string()))
        chunks.append(swapped.dictionary_decode())
    return pa.chunked_array(chunks, pa.string())


def exported(name: str, table: pa.Table) -> pa.Table:
    """A canonical table as text in the words and with the headers of its export."""
    export = EXPORTS[name]
    columns: dict[str, pa.ChunkedArray] = {}
    for column in export.columns:
        values = table[column.raw]
        if pa.types.is_timestamp(values.type):
            fill = UNREADABLE_INSTANT if column.raw in ("created_at", "occurred_at") else None
            values = _local_text(values, export.seconds, fill)
        elif column.words:
            values = _in_own_words(values, column.words)
        elif name == "marketing_costs" and column.raw in ("starts_on", "ends_on"):
            values = pc.replace_substring(values, "-", "/")
        columns[column.header] = values.cast(pa.string())
    return pa.table(columns)


class _File:
    """One CSV file, written piece by piece."""

    def __init__(self, path: Path, export: Export) -> None:
        self.path, self._export = path, export
        self._sink = path.open("wb")
        self._writer: csv.CSVWriter | None = None
        if export.encoding == "utf-8-sig":
            self._sink.write(b"\xef\xbb\xbf")

    def write(self, table: pa.Table) -> None:
        options = csv.WriteOptions(
            include_header=self._writer is None, quoting_style=self._export.quoting
        )
        if self._export.encoding == "cp932":
            buffer = io.BytesIO()
            csv.write_csv(table, buffer, options)
            self._sink.write(buffer.getvalue().decode("utf-8").encode("cp932"))
            self._writer = self._writer or _Started()
            return
        if self._writer is None:
            self._writer = csv.CSVWriter(self._sink, table.schema, write_options=options)
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._sink.close()


class _Started:
    """Marks that the header of a re-encoded file is written."""

    def close(self) -> None:
        return None


class CsvWriter:
    """Writes the exports; activities go into one file a quarter of Japan time."""

    def __init__(self, out_dir: Path, span: Span) -> None:
        self._out_dir, self._span = out_dir, span
        self._open: dict[str, _File] = {}
        for export in EXPORTS.values():
            for old in out_dir.glob(f"{export.stem}*.csv"):
                old.unlink()

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(self._open[stem].path for stem in sorted(self._open))

    def __enter__(self) -> CsvWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._open.values():
            file.close()

    def write(self, name: str, table: pa.Table) -> None:
        """Appends a part of a raw table to its file or files."""
        if name != "activities":
            self._append(name, EXPORTS[name].stem, exported(name, table))
            return
        for quarter, part in self._by_quarter(table):
            self._append(name, f"activities_{quarter}", exported(name, part))

    def _append(self, name: str, stem: str, table: pa.Table) -> None:
        if stem not in self._open:
            self._open[stem] = _File(self._out_dir / f"{stem}.csv", EXPORTS[name])
        self._open[stem].write(table)

    def _by_quarter(self, table: pa.Table) -> list[tuple[str, pa.Table]]:
        # a row with an unreadable date was exported with the first quarter
        at = pc.fill_null(table["occurred_at"].cast(pa.int64()), self._span.start).to_numpy()
        month = jst_day(at).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        quarter = month // 3
        parts = []
        for value in np.unique(quarter).tolist():
            name = f"{1970 + value // 4}q{value % 4 + 1}"
            parts.append((name, table.filter(pa.array(quarter == value))))
        return parts
