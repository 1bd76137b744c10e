"""What the check found: the rule that a cell breaks, where, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from leadloop.agreement.messages import MESSAGES
from leadloop.errors import Place

_LONGEST_VALUE = 60


@dataclass(frozen=True)
class Problem:
    """A fault of one row, before anyone knows which file and line it is in."""

    code: str
    column: str
    value: str = ""
    allowed: tuple[str, ...] = ()
    nearest: str | None = None
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One fault of one file.

    `code` names the broken rule, `allowed` lists the values that would do where the list is
    closed, `nearest` is the one of them that was probably meant.
    """

    code: str
    file: str
    line: int | None
    column: str | None
    value: str
    allowed: tuple[str, ...]
    nearest: str | None
    message: dict[str, str]

    @property
    def place(self) -> Place:
        return Place(file=self.file, line=self.line, column=self.column, rule=self.code)

    def render(self, language: str) -> str:
        """The place and the message on one line, in 'ja' or 'en'."""
        return f"{self.place}: {self.message.get(language, self.message['en'])}"

    def sort_key(self) -> tuple[str, int, str, str]:
        return (self.file, self.line or 0, self.column or "", self.code)


def nearest_of(value: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that looks most like `value`, where one is near enough."""
    by_folded = {word.casefold(): word for word in allowed}
    found = difflib.get_close_matches(value.strip().casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def finding(problem: Problem, file: str, line: int | None) -> Finding:
    """A problem with its place and its sentences in both languages."""
    return Finding(
        code=problem.code,
        file=file,
        line=line,
        column=problem.column or None,
        value=problem.value,
        allowed=problem.allowed,
        nearest=problem.nearest,
        message={lang: _sentence(problem, lang) for lang in ("en", "ja")},
    )


def _sentence(problem: Problem, language: str) -> str:
    template = MESSAGES[problem.code][language]
    text = template.format(value=_shown(problem.value), **problem.params)
    if problem.nearest:
        hint = {"en": ' Did you mean "{}"?', "ja": " 「{}」ではありませんか。"}[language]
        text += hint.format(_shown(problem.nearest))
    if problem.allowed:
        listed = ", ".join(problem.allowed)
        text += {"en": f" Allowed: {listed}.", "ja": f" 使えるもの: {listed}"}[language]
    return text


def _shown(value: str) -> str:
    """The value as it can stand in a message: on one line, and not without end."""
    plain = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in value)
    return plain if len(plain) <= _LONGEST_VALUE else plain[:_LONGEST_VALUE] + "…"
