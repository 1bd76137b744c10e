"""Rows as the bytes of files: columns, encoding, line ends, limits."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from leadloop.errors import InputRejected
from leadloop.export.faults import refuse
from leadloop.export.form import Encoding, Form, Language
from leadloop.export.plan import Row

# The same sign under two code points: CP932 knows the one, other software writes the other. They
# look alike and mean the same; no other character is ever replaced.
SAME_SIGN = str.maketrans("〜−‖—¢£¬", "～－∥―￠￡￢")
_NEWLINES = {"lf": "\n", "crlf": "\r\n"}


@dataclass(frozen=True)
class WrittenFile:
    """A file for the tool."""

    name: str
    rows: int
    size: int


@dataclass(frozen=True)
class _Group:
    """Rows that may stand in one file: the same kind of record, the same columns."""

    kind: str
    filled: tuple[int, ...]


def write_files(
    form: Form,
    rows: Iterable[Row],
    stem: str,
    encoding: Encoding,
    language: Language,
    open_file: Callable[[str], BinaryIO],
) -> list[WrittenFile]:
    """Writes the rows, split as the form asks; `open_file` gives the place for a name.

    Raises:
        InputRejected: a character does not exist in the encoding, or a row is longer than a file.
    """
    groups: dict[_Group, list[Row]] = {}
    for row in rows:
        groups.setdefault(_group_of(form, row), []).append(row)
    names = _names(stem)
    written: list[WrittenFile] = []
    for group in sorted(groups, key=lambda g: (g.kind, -len(g.filled), g.filled)):
        writer = _Writer(form, group, encoding, language)
        written += writer.write(groups[group], names, open_file)
    return written


def _names(stem: str) -> Callable[[str], str]:
    count = iter(range(1, 1_000_000))

    def name(kind: str) -> str:
        middle = f"-{kind}" if kind else ""
        return f"{stem}{middle}-{next(count)}.csv"

    return name


def _group_of(form: Form, row: Row) -> _Group:
    kind = next((k for start, k in form.split_by_key.items() if row.key.startswith(start)), "")
    filled = range(len(row.cells))
    if form.blank == "other_file":
        return _Group(kind, tuple(n for n in filled if row.cells[n] is not None))
    return _Group(kind, tuple(filled))


class _Writer:
    """Writes the files of one group."""

    def __init__(self, form: Form, group: _Group, encoding: Encoding, language: Language) -> None:
        self._form = form
        self._group = group
        # the mark goes before the first header only
        self._mark = b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b""
        self._codec = "utf-8" if encoding == "utf-8-sig" else encoding
        columns = [form.columns[n].header for n in group.filled]
        self._headers = [w.in_language(language) for w in (form.key.header, *columns)]

    def write(
        self, rows: list[Row], names: Callable[[str], str], open_file: Callable[[str], BinaryIO]
    ) -> Iterator[WrittenFile]:
        form = self._form
        blank = form.null_word if form.blank == "word" else ""
        waiting = iter(rows)
        row = next(waiting, None)
        while row is not None:
            name = names(self._group.kind)
            head = self._mark + self._line(self._headers, name, 1)
            count, size = 0, len(head)
            with open_file(name) as file:
                file.write(head)
                while row is not None and (form.max_rows is None or count < form.max_rows):
                    cells = [row.cells[n] for n in self._group.filled]
                    texts = [row.key, *(blank if c is None else c for c in cells)]
                    line = self._line(texts, name, count + 2)
                    if form.max_bytes is not None and size + len(line) > form.max_bytes:
                        if count == 0:
                            raise refuse(
                                "row_too_long",
                                name,
                                2,
                                limit=form.max_bytes,
                                tool=form.tool,
                                own=f"exports/{form.tool}/form.yml",
                            )
                        break
                    file.write(line)
                    count, size = count + 1, size + len(line)
                    row = next(waiting, None)
            yield WrittenFile(name, count, size)

    def _line(self, texts: list[str], name: str, number: int) -> bytes:
        if self._codec == "cp932":
            texts = [text.translate(SAME_SIGN) for text in texts]
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator=_NEWLINES[self._form.newline]).writerow(texts)
        try:
            return buffer.getvalue().encode(self._codec)
        except UnicodeEncodeError as error:
            raise self._not_in_encoding(texts, name, number) from error

    def _not_in_encoding(self, texts: list[str], name: str, number: int) -> InputRejected:
        at, character = next(
            (n, character)
            for n, text in enumerate(texts)
            for character in text
            if not _has(self._codec, character)
        )
        can_be_utf8 = any(encoding.startswith("utf-8") for encoding in self._form.encodings)
        return refuse(
            "not_in_encoding" if can_be_utf8 else "not_in_only_encoding",
            name,
            number,
            self._headers[at],
            character=f"{character} (U+{ord(character):04X})",
            encoding=self._codec,
        )


def _has(codec: str, character: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
