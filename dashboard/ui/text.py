"""Texts that come from data are data: they are shown, never interpreted."""

from __future__ import annotations

import html
import re
import unicodedata

from dashboard.ui.format import missing

# breaks what a markdown renderer would turn into links and emoji after unescaping
_JOINER = "\u2060"
# marks that turn the reading direction make a name look like another one
_DIRECTION = frozenset(map(chr, (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&:@=^])")


def clean(value: object) -> str:
    """`value` as one line without control characters; empty for None and NaN."""
    if missing(value):
        return ""
    text = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in str(value)
        if unicodedata.category(c) != "Cs" and c not in _DIRECTION
    )
    return " ".join(text.split())


def shorten(value: object, limit: int) -> str:
    """`value` cleaned and cut to `limit` characters."""
    text = clean(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def markdown(value: object, limit: int = 120) -> str:
    """`value` for a place that renders markdown: nothing in it is markup."""
    escaped = _MARKDOWN.sub(r"\\\1", shorten(value, limit))
    escaped = escaped.replace("\\:", "\\:" + _JOINER).replace("\\@", "\\@" + _JOINER)
    return re.sub(r"(?i)(www)(\\\.)", rf"\1{_JOINER}\2", escaped)


def plotly(value: object, limit: int = 24) -> str:
    """`value` for a Plotly label or hover: no tag, no link, no formula in it."""
    return html.escape(shorten(value, limit), quote=False).replace("$", "&#36;")
