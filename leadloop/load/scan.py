"""One pass over the bytes of a file: its hash, its encoding faults, its shape."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 8 * 1024 * 1024
HEAD = 1024 * 1024
_REPLACEMENT = "�".encode()

Advance = Callable[[int], None]


@dataclass(frozen=True)
class ByteFault:
    """A byte that is not valid in an encoding: its offset, its physical line, its value."""

    offset: int
    line: int
    byte: int


@dataclass(frozen=True)
class LineEnds:
    """How many of each kind; those inside quotes are among them."""

    crlf: int
    lf: int
    cr: int

    @property
    def are_mixed(self) -> bool:
        return sum(count > 0 for count in (self.crlf, self.lf, self.cr)) > 1


@dataclass(frozen=True)
class Scan:
    """What one pass over the bytes found."""

    size: int
    sha256: str
    head: bytes
    utf8_fault: ByteFault | None
    around_fault: bytes
    has_nul: bool
    is_blank: bool
    replacement_characters: int
    ends_with_newline: bool
    line_ends: LineEnds


def blocks(stream: BinaryIO, size: int = BLOCK) -> Iterator[bytes]:
    """The stream from where it stands, in blocks."""
    while block := stream.read(size):
        yield block


def scan(stream: BinaryIO, limit: int, advance: Advance) -> Scan:
    """Reads the stream once, up to `limit` bytes: a file that grows must not hold us."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    head, around, last = b"", b"", b""
    fault: ByteFault | None = None
    size = newlines = replacements = crlf = returns = 0
    has_nul, is_blank = False, True
    for block in blocks(stream):
        digest.update(block)
        if len(head) < HEAD:
            head += block[: HEAD - len(head)]
        if fault is None:
            fault = _step(decoder, block, size, newlines)
            if fault is not None:
                # from a line start: a sample that begins inside a character misleads
                start = block.find(b"\n", max(0, fault.offset - size - HEAD // 2)) + 1
                start = start if start <= fault.offset - size else 0
                around = block[start : start + HEAD]
        has_nul = has_nul or b"\0" in block
        is_blank = is_blank and not block.strip()
        # one that is cut by the block's end stays uncounted: the count is for a notice only
        replacements += block.count(_REPLACEMENT)
        newlines += block.count(b"\n")
        returns += block.count(b"\r")
        crlf += block.count(b"\r\n") + (last == b"\r" and block[:1] == b"\n")
        size += len(block)
        last = block[-1:]
        advance(len(block))
        if size > limit:
            break
    if fault is None and decoder.getstate()[0]:
        pending = decoder.getstate()[0]
        fault = ByteFault(size - len(pending), newlines + 1, pending[0])
        around = head[-HEAD:]
    return Scan(
        size,
        digest.hexdigest(),
        head,
        fault,
        around,
        has_nul,
        is_blank,
        replacements,
        last in (b"\n", b"\r"),
        LineEnds(crlf, newlines - crlf, returns - crlf),
    )


def _step(
    decoder: codecs.IncrementalDecoder, block: bytes, base: int, newlines: int
) -> ByteFault | None:
    pending = len(decoder.getstate()[0])
    try:
        decoder.decode(block)
    except UnicodeDecodeError as error:
        offset = error.start - pending
        byte = error.object[error.start]
        line = newlines + block[: max(offset, 0)].count(b"\n") + 1
        return ByteFault(base + offset, line, byte)
    return None
