"""Files people take away: CSV that a spreadsheet opens as text, never as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

import pandas as pd

from dashboard.ui.format import missing
from dashboard.ui.i18n import Translator

# a file is made in one piece while other readers wait; this many rows take some ten seconds
MOST_ROWS = 200_000
BOM = "\ufeff"
# what spreadsheets take for the start of a formula, full-width forms included
_FORMULA = re.compile("^[\\s\u3000]*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]")


def neutral(value: object) -> object:
    """`value` as a spreadsheet may see it: numbers stay numbers, texts stay texts."""
    if missing(value):
        return ""
    if isinstance(value, bool | int | float):
        return value
    text = str(value)
    guarded = f"'{text}" if _FORMULA.match(text) or text[:1] in ("\t", "\r", "\0") else text
    return _CONTROL.sub("", guarded)


def extent(total: int, tr: Translator) -> str:
    """How many of `total` rows a file holds, in words; for the page and for the file itself."""
    key = "export.whole" if total <= MOST_ROWS else "export.cut"
    return tr(key, total=f"{total:,}", most=f"{MOST_ROWS:,}")


def to_csv(frame: pd.DataFrame, conditions: Sequence[tuple[str, str]] = ()) -> bytes:
    """UTF-8 with BOM; the conditions of the view follow the rows, so line 1 is the header."""
    buffer = io.StringIO()
    buffer.write(BOM)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutral(str(c)) for c in frame.columns])
    rows: Iterable[tuple[object, ...]] = frame.itertuples(index=False, name=None)
    for row in rows:
        writer.writerow([neutral(v) for v in row])
    if conditions:
        writer.writerow([])
        for name, text in conditions:
            writer.writerow([neutral(name), neutral(text)])
    return buffer.getvalue().encode("utf-8")
