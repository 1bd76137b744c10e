"""Takes one source file to one Parquet file: checks, reads, transforms, writes, counts."""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pyarrow.parquet as pq

from leadloop.load.blocks import Block, Tally
from leadloop.load.csv_exact import read_exact
from leadloop.load.csv_fast import NotPlain, read_fast
from leadloop.load.encodings import TextInput, settle_encoding
from leadloop.load.faults import Notice, did_you_mean, nearest, notice, refuse, shortened
from leadloop.load.header import (
    Columns,
    Header,
    check_names,
    choose_header,
    header_fits,
    match_columns,
)
from leadloop.load.history import Facts
from leadloop.load.hubspot import collect_names, read_objects
from leadloop.load.jsonl import collect_keys, read_jsonl
from leadloop.load.kintone import collect_codes, read_records, record_marks, rows_that_count
from leadloop.load.parquet_in import open_parquet, read_parquet
from leadloop.load.scan import Advance, Scan, scan
from leadloop.load.source_files import SourceFile, opened, refuse_if_changed
from leadloop.load.transform import Transform, raw_schema

# How compressed files begin: gzip, zip (an Excel workbook is one), bzip2, xz, zstd, 7z. None is
# unpacked: what becomes of ten megabytes is not known before it fills the disk.
_COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf")
# formats of records: how their columns are found, and how their rows are read
_OF_RECORDS = {
    "kintone_json": (collect_codes, read_records),
    "hubspot_json": (collect_names, read_objects),
}
_ERROR_KEYS = {"error", "errors", "error_description", "errorcode", "message"}


@dataclass(frozen=True)
class Ingested:
    """One source file as Parquet in the staging directory, and what was counted."""

    file: SourceFile
    sha256: str
    encoding: str
    parquet: Path
    tally: Tally
    notices: tuple[Notice, ...]
    facts: Facts


@dataclass(frozen=True)
class _Opened:
    """A file whose columns are matched, ready to be read (again, if need be)."""

    names: tuple[str, ...]
    columns: Columns
    encoding: str
    read: Callable[[Tally], Iterator[Block]]
    read_exactly: Callable[[Tally], Iterator[Block]] | None
    notices: tuple[Notice, ...] = ()
    written: tuple[str, ...] = ()  # the header as it stands in the file


class Ingest:
    """Reads the files of one load.

    Args:
        files: every file of the load, to recognise swapped ones.
        source: the name for `_source`.
        loaded_at: the instant of the load, UTC without zone.
        staging: an empty directory on the home's file system.
        is_known: tells whether a file with this hash is loaded already under its mapping.
        advance: is told the bytes read.
    """

    def __init__(
        self,
        files: tuple[SourceFile, ...],
        source: str,
        loaded_at: datetime,
        staging: Path,
        is_known: Callable[[SourceFile, str], bool],
        advance: Advance,
    ) -> None:
        self._files = files
        self._source = source
        self._loaded_at = loaded_at
        self._staging = staging
        self._is_known = is_known
        self._advance = advance
        self._count = 0

    def take(self, file: SourceFile) -> Ingested | str:
        """The file as Parquet, or its hash where it is loaded already.

        Raises:
            InputRejected: the file breaks a rule.
        """
        with opened(file) as stream:
            before = os.fstat(stream.fileno())
            scanned = scan(stream, before.st_size, self._advance)
            refuse_if_changed(stream, file.name, before)
            if self._is_known(file, scanned.sha256):
                return scanned.sha256
            self._count += 1
            ready = self._open(stream, scanned, file)
            parquet = self._staging / f"{self._count}.parquet"
            try:
                tally, transform = self._write(file, scanned, ready, ready.read, parquet)
            except NotPlain:
                assert ready.read_exactly is not None
                tally, transform = self._write(file, scanned, ready, ready.read_exactly, parquet)
        notices = (
            *ready.notices,
            *ready.columns.notices,
            *_row_notices(file, tally),
            *transform.notices(),
        )
        has_lines = ready.encoding not in ("parquet", "utf-16")
        facts = Facts(
            self._loaded_at.isoformat(),
            transform.newest,
            scanned.ends_with_newline if has_lines else None,
            transform.padded_ids(),
            columns=tuple(name for name in ready.names if name),
        )
        return Ingested(file, scanned.sha256, ready.encoding, parquet, tally, notices, facts)

    def _write(
        self,
        file: SourceFile,
        scanned: Scan,
        ready: _Opened,
        read: Callable[[Tally], Iterator[Block]],
        parquet: Path,
    ) -> tuple[Tally, Transform]:
        tally = Tally(file.name)
        transform = Transform(file, ready.columns, self._source, self._loaded_at)
        meta = {
            "leadloop.source": self._source,
            "leadloop.file": file.name,
            "leadloop.sha256": scanned.sha256,
            "leadloop.mapping": file.spec.identity(),
        }
        if ready.written != ready.names:
            # a file to be read back by the tool needs its own header, with the numbers of items
            meta["leadloop.header"] = json.dumps(ready.written, ensure_ascii=False)
        schema = raw_schema(file.table).with_metadata(meta)
        try:
            with pq.ParquetWriter(parquet, schema, compression="zstd") as writer:
                for block in read(tally):
                    if block.rows:
                        writer.write_table(transform.apply(block))
            tally.finish()
            return tally, transform
        finally:
            transform.close()

    def _open(self, stream: BinaryIO, scanned: Scan, file: SourceFile) -> _Opened:
        if scanned.head.startswith(_COMPRESSED):
            raise refuse("compressed_file", file.name)
        kind = file.spec.format_of(file.name)
        if kind is None:
            raise refuse("unknown_format", file.name)
        if scanned.size == 0:
            raise refuse("empty_file", file.name)
        if scanned.is_blank:
            raise refuse("blank_file", file.name)
        if kind == "parquet":
            return self._open_parquet(stream, file)
        _refuse_foreign(scanned.head, file, kind)
        if kind == "jsonl":
            return self._open_jsonl(stream, scanned, file)
        if kind in _OF_RECORDS:
            return self._open_records(stream, scanned, file, *_OF_RECORDS[kind])
        return self._open_csv(stream, scanned, file)

    def _text(self, stream: BinaryIO, scanned: Scan, file: SourceFile, fits) -> TextInput:
        spare = self._staging / f"{self._count}.utf8"
        return settle_encoding(
            stream, scanned, file.name, file.spec.encoding, fits, spare, self._advance
        )

    def _open_csv(self, stream: BinaryIO, scanned: Scan, file: SourceFile) -> _Opened:
        text = self._text(stream, scanned, file, lambda head: header_fits(head, file))
        header = choose_header(text.head, file)
        columns = match_columns(header.names, file, self._files, header.first_row_line - 1)
        marks = _marks(header, file)
        needed = tuple(sorted({*columns.needed, *marks}))

        def fast(tally: Tally) -> Iterator[Block]:
            with _at_rows(stream, text, header) as rows:
                blocks = read_fast(rows, header, needed, tally, text.has_nul, self._advance)
                yield from _counted(blocks, marks, file, tally)

        def exact(tally: Tally) -> Iterator[Block]:
            with _at_rows(stream, text, header) as rows:
                blocks = read_exact(
                    rows, header, tally, text.has_nul, scanned.ends_with_newline, self._advance
                )
                yield from _counted(blocks, marks, file, tally)

        notices = [*_text_notices(file, text, scanned), *_delimiter_notice(file, header)]
        return _Opened(
            header.names, columns, text.encoding, fast, exact, tuple(notices), header.written
        )

    def _open_jsonl(self, stream: BinaryIO, scanned: Scan, file: SourceFile) -> _Opened:
        text = self._text(stream, scanned, file, lambda head: False)
        start = Header((), "", 1, 0)
        with _at_rows(stream, text, start) as lines:
            keys = collect_keys(lines, file.name, set(_asked(file)))
        check_names(keys, file, None)
        columns = match_columns(keys, file, self._files, None)

        def read(tally: Tally) -> Iterator[Block]:
            with _at_rows(stream, text, start) as lines:
                yield from read_jsonl(lines, keys, columns.needed, tally, self._advance)

        notices = tuple(_text_notices(file, text, scanned))
        return _Opened(keys, columns, text.encoding, read, None, notices, keys)

    def _open_records(
        self,
        stream: BinaryIO,
        scanned: Scan,
        file: SourceFile,
        collect: Callable[..., tuple[str, ...]],
        read_rows: Callable[..., Iterator[Block]],
    ) -> _Opened:
        text = self._text(stream, scanned, file, lambda head: False)
        start, rows_of = Header((), "", 1, 0), file.spec.rows_of
        with _at_rows(stream, text, start) as lines:
            codes = collect(lines, file.name, rows_of, _asked(file))
        check_names(codes, file, None)
        columns = match_columns(codes, file, self._files, None)

        def read(tally: Tally) -> Iterator[Block]:
            with _at_rows(stream, text, start) as lines:
                yield from read_rows(lines, codes, columns.needed, rows_of, tally, self._advance)

        notices = tuple(_text_notices(file, text, scanned))
        return _Opened(codes, columns, text.encoding, read, None, notices, codes)

    def _open_parquet(self, stream: BinaryIO, file: SourceFile) -> _Opened:
        stream.seek(0)
        source = open_parquet(stream, file.name)
        names = tuple(source.schema_arrow.names)
        check_names(names, file, None)
        columns = match_columns(names, file, self._files, None)

        def read(tally: Tally) -> Iterator[Block]:
            return read_parquet(source, names, columns.needed, tally)

        return _Opened(names, columns, "parquet", read, None, written=names)


def _asked(file: SourceFile) -> tuple[str, ...]:
    """The source columns that the mapping names, the first names first."""
    specs = file.spec.columns.values()
    first = [name for spec in specs for name in (spec.column, *spec.hash_of) if name]
    return (*first, *(name for spec in specs for name in spec.aliases))


def _marks(header: Header, file: SourceFile) -> tuple[int, ...]:
    """The column that tells which rows of a kintone CSV count."""
    if file.spec.format != "kintone_csv":
        return ()
    rows_of = file.spec.rows_of
    marks = record_marks(header.names, rows_of)
    if rows_of and not marks:
        raise refuse(
            "column_missing",
            file.name,
            header.first_row_line - 1,
            rows_of,
            table=file.table,
            raw="rows_of",
            header=shortened([name for name in header.names if name]),
            **did_you_mean(nearest(rows_of, header.names)),
        )
    return marks


def _counted(
    blocks: Iterator[Block], marks: tuple[int, ...], file: SourceFile, tally: Tally
) -> Iterator[Block]:
    return rows_that_count(blocks, marks[0], file.spec.rows_of, tally) if marks else blocks


class _at_rows:
    """The UTF-8 bytes of a text input from its first row on."""

    def __init__(self, stream: BinaryIO, text: TextInput, header: Header) -> None:
        self._stream = stream
        self._text = text
        self._offset = text.bom + header.first_row_offset
        self._copy: BinaryIO | None = None

    def __enter__(self) -> BinaryIO:
        if self._text.path is not None:
            self._copy = self._text.path.open("rb", buffering=0)  # type: ignore[assignment]
        rows = self._copy or self._stream
        rows.seek(self._offset)
        return rows

    def __exit__(self, *_: object) -> None:
        if self._copy is not None:
            self._copy.close()


def _refuse_foreign(head: bytes, file: SourceFile, kind: str) -> None:
    """HTML pages and JSON answers under the name of an export."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    low = start[:1024].lower()
    if low.startswith((b"<!doctype html", b"<html")) or (low.startswith(b"<") and b"<html" in low):
        raise refuse("html_page", file.name, 1)
    if kind in ("jsonl", *_OF_RECORDS) or not start.startswith((b"{", b"[")):
        return
    try:
        value = json.loads(start)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict) and {str(key).casefold() for key in value} & _ERROR_KEYS:
        raise refuse("json_error_object", file.name, 1, keys=shortened(map(str, value)))
    if value is not None or start[:2] in (b'{"', b"[{"):
        raise refuse("json_instead_of_table", file.name, 1, format=kind)


def _text_notices(file: SourceFile, text: TextInput, scanned: Scan) -> Iterator[Notice]:
    if text.replacement_characters:
        yield notice("replacement_characters", file.name, count=text.replacement_characters)
    if text.encoding == "utf-16":
        return  # its line ends are two bytes each
    if not scanned.ends_with_newline:
        yield notice("no_final_newline", file.name)
    ends = scanned.line_ends
    if ends.are_mixed:
        yield notice("mixed_line_ends", file.name, crlf=ends.crlf, lf=ends.lf, cr=ends.cr)


def _delimiter_notice(file: SourceFile, header: Header) -> Iterator[Notice]:
    expected = "\t" if file.spec.format_of(file.name) == "tsv" else ","
    if file.spec.delimiter is None and header.delimiter != expected:
        yield notice(
            "other_delimiter",
            file.name,
            header.first_row_line - 1,
            delimiter=ascii(header.delimiter),
            expected=ascii(expected),
        )


def _row_notices(file: SourceFile, tally: Tally) -> Iterator[Notice]:
    if tally.read == 0:
        yield notice("no_rows", file.name)
    if tally.rejects:
        yield notice(
            "rows_rejected", file.name, count=len(tally.rejects), examples=tally.examples()
        )
