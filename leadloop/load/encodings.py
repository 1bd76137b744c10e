"""Decides the encoding of a text file, strictly, and turns other encodings into UTF-8.

Order: a byte order mark, strict UTF-8, then CP932, which is taken only when the header matches
the mapping and the text reads like Japanese: EUC-JP and Latin-1 bytes are often valid CP932 too.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from leadloop.load.faults import refuse
from leadloop.load.scan import HEAD, Advance, Scan, blocks

HeaderFits = Callable[[str], bool]

_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Python's CP932 passes these single bytes through; no Japanese tool writes them.
_NOT_REALLY_CP932 = re.compile("[\x80\xa0\uf8f1-\uf8f3]")
# kana, full-width forms and punctuation; kanji are judged by their CP932 row
_COMMON = re.compile(r"[　-ヿ！-～￥㈱㈲①-⑳]")
# UTF-8 kana read as CP932, and UTF-8 Japanese or accents read as Latin-1
_GARBLED_CP932 = re.compile("[縺繧繝]")
_GARBLED_LATIN = re.compile("[ãÃâ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]")


@dataclass(frozen=True)
class TextInput:
    """A text file as UTF-8: where it lies, how many bytes of mark come first, its encoding."""

    path: Path | None  # None: the source file itself is UTF-8
    bom: int
    encoding: str
    head: str
    replacement_characters: int
    has_nul: bool


def settle_encoding(
    stream: BinaryIO,
    scanned: Scan,
    name: str,
    declared: str,
    fits: HeaderFits,
    spare: Path,
    advance: Advance,
) -> TextInput:
    """The file as UTF-8 text; `spare` takes the UTF-8 copy of another encoding.

    Raises:
        InputRejected: a byte is invalid, or no encoding can be trusted.
    """
    encoding = _declared_or_marked(scanned, declared)
    if encoding in ("utf-8", "utf-8-sig") or (encoding is None and scanned.utf8_fault is None):
        return _utf8(scanned, name, encoding or "utf-8", fits)
    if encoding is not None:
        text = _transcode(stream, scanned, name, encoding, spare, advance)
        _check_alternative(scanned, name, encoding, text.head, fits)
        return text
    return _cp932_or_refuse(stream, scanned, name, fits, spare, advance)


def _declared_or_marked(scanned: Scan, declared: str) -> str | None:
    if scanned.head.startswith(codecs.BOM_UTF8) and declared in ("auto", "utf-8"):
        return "utf-8-sig"
    if scanned.head.startswith(_UTF16_BOMS) and declared in ("auto", "utf-16"):
        return "utf-16"
    return None if declared == "auto" else declared


def _utf8(scanned: Scan, name: str, encoding: str, fits: HeaderFits) -> TextInput:
    fault = scanned.utf8_fault
    bom = 3 if encoding == "utf-8-sig" else 0
    if fault is not None:
        head = _try_decode(scanned.head, "cp932")
        if bom == 0 and head is not None and not _mostly_utf8(scanned) and fits(head):
            raise refuse("wrong_encoding", name, fault.line, encoding="utf-8", better="cp932")
        raise _invalid_byte(name, fault.line, fault.offset, fault.byte, "UTF-8")
    head = _decode_head(scanned.head[bom:], "utf-8")
    if "\0" in head[: head.find("\n") + 1]:
        # UTF-16 without its mark is valid UTF-8 full of NUL
        raise _unclear(name, 1, scanned.head.index(b"\0"), "UTF-16")
    _refuse_garbled(name, head)
    return TextInput(None, bom, encoding, head, scanned.replacement_characters, scanned.has_nul)


def _cp932_or_refuse(
    stream: BinaryIO,
    scanned: Scan,
    name: str,
    fits: HeaderFits,
    spare: Path,
    advance: Advance,
) -> TextInput:
    fault = scanned.utf8_fault
    assert fault is not None
    if _mostly_utf8(scanned):
        raise _invalid_byte(name, fault.line, fault.offset, fault.byte, "UTF-8")
    guess = "EUC-JP" if _looks_like_euc_jp(scanned) else None
    head = _try_decode(scanned.head, "cp932")
    around = _try_decode(scanned.around_fault, "cp932")
    if head is None or around is None:
        if guess:
            raise _unclear(name, fault.line, fault.offset, guess)
        raise _invalid_byte(name, fault.line, fault.offset, fault.byte, "UTF-8")
    if not fits(head) or not _reads_like_japanese(head, around):
        raise _unclear(name, fault.line, fault.offset, guess)
    return _transcode(stream, scanned, name, "cp932", spare, advance)


def _transcode(
    stream: BinaryIO, scanned: Scan, name: str, encoding: str, spare: Path, advance: Advance
) -> TextInput:
    """Copies the file as UTF-8 to `spare`; the first invalid byte refuses it."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    stream.seek(0)
    base = newlines = replacements = 0
    has_nul = False
    head: list[str] = []
    with spare.open("wb") as copy:
        for block in _with_end(stream):
            pending = _pending(decoder)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, "ignore")
                raise _invalid_byte(
                    name,
                    newlines + before.count("\n") + 1,
                    base - pending + error.start,
                    error.object[error.start],
                    encoding.upper(),
                ) from error
            if encoding == "cp932":
                _refuse_lone_bytes(name, text, newlines, base - pending)
            if sum(map(len, head)) < HEAD:
                head.append(text)
            newlines += text.count("\n")
            replacements += text.count("�")
            has_nul = has_nul or "\0" in text
            copy.write(text.encode())
            base += len(block)
            advance(len(block))
    text_head = "".join(head)[:HEAD]
    if encoding != "cp1252":
        _refuse_garbled(name, text_head)
    return TextInput(spare, 0, encoding, text_head, replacements, has_nul)


def _with_end(stream: BinaryIO):
    yield from blocks(stream)
    yield b""  # lets the decoder complain about a character cut in half


def _pending(decoder: codecs.IncrementalDecoder) -> int:
    return len(decoder.getstate()[0])


def _refuse_lone_bytes(name: str, text: str, newlines: int, base: int) -> None:
    found = _NOT_REALLY_CP932.search(text)
    if found is None:
        return
    before = text[: found.start()]
    byte = found.group().encode("cp932")[0]
    offset = base + len(before.encode("cp932"))
    raise _invalid_byte(name, newlines + before.count("\n") + 1, offset, byte, "CP932")


def _check_alternative(
    scanned: Scan, name: str, encoding: str, head: str, fits: HeaderFits
) -> None:
    """A declared encoding under which the header is wrong, while UTF-8 makes it right."""
    if fits(head) or scanned.utf8_fault is not None:
        return
    if fits(_decode_head(scanned.head.removeprefix(codecs.BOM_UTF8), "utf-8")):
        raise refuse("wrong_encoding", name, 1, encoding=encoding, better="utf-8")


def _mostly_utf8(scanned: Scan) -> bool:
    """More real UTF-8 characters than stray bytes around the fault: damaged, not CP932."""
    good = bad = 0
    for sample in (scanned.head, scanned.around_fault):
        text = sample.decode("utf-8", "surrogateescape")
        strange = [c for c in text if not c.isascii()]
        stray = sum("\udc80" <= c <= "\udcff" for c in strange)
        bad += stray
        good += len(strange) - stray
    return good > bad


def _looks_like_euc_jp(scanned: Scan) -> bool:
    text = _try_decode(scanned.head, "euc_jp")
    return text is not None and _common_share(text) > 0.5


def _reads_like_japanese(*samples: str) -> bool:
    strange = "".join(c for sample in samples for c in sample if not c.isascii())
    return not strange or _common_share(strange) >= 0.5


def _common_share(text: str) -> float:
    """The share of characters outside ASCII that Japanese business text mostly consists of."""
    strange = [c for c in text if not c.isascii()]
    if not strange:
        return 0.0
    common = sum(bool(_COMMON.match(c)) or _is_everyday_kanji(c) for c in strange)
    return common / len(strange)


def _is_everyday_kanji(character: str) -> bool:
    # level 1 of JIS X 0208 has the lead bytes 0x88 to 0x97 (and the start of 0x98)
    code = character.encode("cp932", "ignore")
    return len(code) == 2 and (0x88 <= code[0] <= 0x97 or (code[0] == 0x98 and code[1] <= 0x72))


def _refuse_garbled(name: str, head: str) -> None:
    strange = sum(not c.isascii() for c in head)
    for pattern, share in ((_GARBLED_CP932, 0.05), (_GARBLED_LATIN, 0.10)):
        found = list(pattern.finditer(head))
        if len(found) >= 3 and len(found) > share * strange:
            start = found[0].start()
            line = head.count("\n", 0, start) + 1
            example = re.match(r"[^\s,\"]{1,6}", head[start : start + 6])
            raise refuse("mojibake", name, line, example=example.group() if example else "")


def _decode_head(head: bytes, encoding: str) -> str:
    """The head as text; a character cut by its end is left out."""
    return codecs.getincrementaldecoder(encoding)("strict").decode(head)


def _try_decode(head: bytes, encoding: str) -> str | None:
    try:
        text = _decode_head(head, encoding)
    except UnicodeDecodeError:
        return None
    return None if encoding == "cp932" and _NOT_REALLY_CP932.search(text) else text


def _invalid_byte(name: str, line: int, offset: int, byte: int, encoding: str) -> Exception:
    return refuse("invalid_byte", name, line, byte=f"{byte:02X}", offset=offset, encoding=encoding)


def _unclear(name: str, line: int, offset: int, guess: str | None) -> Exception:
    return refuse(
        "encoding_unclear",
        name,
        line,
        offset=offset,
        guess_en=f"; it looks like {guess}" if guess else "",
        guess_ja=f"（{guess} のようです）" if guess else "",
    )
