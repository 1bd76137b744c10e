"""The form of a tool's file: columns, key, encoding, limits. Data, never code."""

from __future__ import annotations

import re
from typing import Any, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Encoding = Literal["utf-8", "utf-8-sig", "cp932"]
Language = Literal["ja", "en"]
Rows = Literal["leads", "handoff"]
# What a cell holds for which there is no value and never was one:
#   empty      nothing; for tools in which an empty cell changes nothing
#   other_file the row goes into a file without that column
#   word       the word of `null_word`
Blank = Literal["empty", "other_file", "word"]

NUMBERS = ("score", "fit_score", "engagement_score", "points_to_mql")
INSTANTS = ("mql_at", "sql_at", "handed_over_at", "last_activity_at")
# texts that exist in both languages; the language of the export chooses
SPOKEN = ("reason", "why", "stage_word", "disqualified")
PLAIN = ("grade", "version", "stage", "disqualified_reason", "company_name", "email")
LEAD_VALUES = (*NUMBERS, *INSTANTS[:2], *SPOKEN, *PLAIN)
# only the list for sales has these
HANDOFF_SPOKEN = (
    "unknown",
    "opening",
    "breakdown",
    "pages",
    "documents",
    "answers",
    "framework_state",
    "next_question",
    "buying_group",
    "qualified_by",
)
HANDOFF_PLAIN = ("full_name", "job_title", "owner_id", "account_name")
HANDOFF_VALUES = (*LEAD_VALUES, *INSTANTS[2:], *HANDOFF_SPOKEN, *HANDOFF_PLAIN)
PERSONAL = ("email", "full_name")
VALUES: dict[Rows, tuple[str, ...]] = {"leads": LEAD_VALUES, "handoff": HANDOFF_VALUES}

# the time zone of the company whose data it is
BUSINESS = "business"

# `<管理番号>` in a header stands for what only the user's own tool knows
_UNFILLED = re.compile(r"<[^<>]+>")


class FormFault(ValueError):
    """A rule of the form is broken; the words exist in both languages."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.en = en
        self.ja = ja


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Words(_Strict):
    """The same text in Japanese and English."""

    ja: str
    en: str

    def in_language(self, language: Language) -> str:
        """The text in `language`."""
        return self.ja if language == "ja" else self.en


def _both(text: Any) -> Any:
    return {"ja": text, "en": text} if isinstance(text, str) else text


class Key(_Strict):
    """The column by which the tool finds its record.

    `pattern` is what an id of the tool looks like; another one is not sent.
    """

    header: Words
    value: Literal["source_lead_id", "email", "lead_id"] = Field(alias="from")
    pattern: str | None = None
    certain: bool = True

    _header = field_validator("header", mode="before")(_both)

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise FormFault(
                f"no regular expression: {error}", f"正規表現ではありません: {error}"
            ) from error
        return pattern


class Column(_Strict):
    """A column and the value that it holds.

    `watch: false` means that a change of this value alone sends no row.
    """

    header: Words
    value: str = Field(alias="from")
    prefix: str = ""
    decimals: int = Field(default=1, ge=0, le=6)
    format: str = "%Y-%m-%dT%H:%M:%SZ"
    timezone: str = "UTC"
    max_chars: int | None = Field(default=None, ge=1)
    watch: bool = True
    certain: bool = True

    _header = field_validator("header", mode="before")(_both)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone != BUSINESS and zone not in available_timezones():
            raise FormFault(
                f"there is no time zone {zone}; write for example UTC or Asia/Tokyo",
                f"タイムゾーン {zone} はありません。例: UTC, Asia/Tokyo",
            )
        return zone

    @property
    def name(self) -> str:
        """What the ledger calls the column; the same in every language."""
        return self.header.en


class Form(_Strict):
    """A whole form.

    `lead_id_prefix` is what our lead ids carry before the tool's own id. `split_by_key` gives rows
    a file of their own by how their key begins (one job a kind of record). `framework` is the
    hearing framework that the list for sales shows.
    """

    tool: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    label: Words
    rows: Rows = "leads"
    source: str = Field(default="", pattern=r"^([a-z][a-z0-9_]{0,39})?$")
    lead_id_prefix: str = ""
    key: Key
    columns: tuple[Column, ...] = Field(min_length=1)
    encodings: tuple[Encoding, ...] = Field(min_length=1)
    newline: Literal["lf", "crlf"] = "lf"
    max_rows: int | None = Field(default=None, ge=1)
    max_bytes: int | None = Field(default=None, ge=1000)
    blank: Blank
    null_word: str = ""
    split_by_key: dict[str, str] = Field(default_factory=dict)
    framework: str = "BANT"
    uncertain: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()

    _label = field_validator("label", mode="before")(_both)

    @model_validator(mode="after")
    def _consistent(self) -> Form:
        known = VALUES[self.rows]
        for column in self.columns:
            if column.value not in known:
                names = ", ".join(known)
                raise FormFault(
                    f"columns: there is no value {column.value}; allowed: {names}",
                    f"columns: 値 {column.value} はありません。使える値: {names}",
                )
        for language in ("ja", "en"):
            headers = [w.in_language(language) for w in self.headers]
            if len(set(headers)) < len(headers):
                raise FormFault(
                    "columns: a header stands twice", "columns: 同じ見出しが2つあります"
                )
        if (self.blank == "word") != bool(self.null_word):
            raise FormFault(
                "null_word: to be given with `blank: word`, and only then",
                "null_word: `blank: word` のときだけ、必ず書きます",
            )
        if (self.rows == "handoff") != (self.key.value == "lead_id"):
            raise FormFault(
                "key: `from: lead_id` is for the list for sales, which needs it",
                "key: `from: lead_id` は引き渡しリスト専用で、そこでは必須です",
            )
        return self

    @property
    def headers(self) -> tuple[Words, ...]:
        """The headers in the order of the file, the key's first."""
        return (self.key.header, *(column.header for column in self.columns))

    @property
    def is_for_people(self) -> bool:
        """Whether people read the file, rather than a tool."""
        return self.rows == "handoff"

    def unfilled(self) -> list[tuple[str, str]]:
        """Headers in which a `<mark>` still stands for what the user has to put there."""
        return [
            (words.ja, found.group(0))
            for words in self.headers
            if (found := _UNFILLED.search(words.ja))
        ]
