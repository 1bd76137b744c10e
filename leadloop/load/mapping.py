"""The mapping: which file feeds which raw table, and which column is which."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, Literal
from zoneinfo import ZoneInfo

import duckdb
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from leadloop.raw.contract import TABLES, RawTable
from leadloop.raw.tools import raw_table, raw_tables

Format = Literal["csv", "tsv", "parquet", "jsonl", "kintone_json", "kintone_csv", "hubspot_json"]
Encoding = Literal["auto", "utf-8", "cp932", "utf-16", "cp1252"]
Mode = Literal["append", "snapshot"]

SUFFIXES: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
# What users call these encodings; the value is Python's codec.
_ENCODING_NAMES = {
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf_8": "utf-8",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "ms932": "cp932",
    "windows-31j": "cp932",
    "utf16": "utf-16",
    "windows-1252": "cp1252",
}
# numbers that stand for instants; a serial of Excel is local time, as its cells are
_EPOCHS = ("epoch_s", "epoch_ms", "excel_serial")
_ISO_FORMATS = (
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f%z",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
)
# Changes when the same file and mapping would give other Parquet, so that it is read again.
_LOADER_FORM = 2


class MappingFault(ValueError):
    """A rule of the mapping is broken; the words exist in both languages.

    `at` leads from the key that pydantic was checking to the key that is wrong.
    """

    def __init__(self, rule: str, en: str, ja: str, at: tuple[str | int, ...] = ()) -> None:
        super().__init__(en)
        self.at = at
        self.rule = rule
        self.en = en
        self.ja = ja


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class ColumnSpec(_Strict):
    """Where the values of one raw column come from.

    Applied in this order: column, strip, remove, lower or upper, map, format, default.
    """

    column: str | None = None
    aliases: tuple[str, ...] = ()
    const: str | None = None
    hash_of: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    timezone: str | None = None
    map: dict[str, str] = Field(default_factory=dict)
    default: str | None = None
    remove: tuple[str, ...] = ()
    lower: bool = False
    upper: bool = False
    strip: bool = False
    optional: bool | None = None

    _lists = field_validator("aliases", "hash_of", "format", "remove", mode="before")(_as_list)

    @field_validator("format")
    @classmethod
    def _known_formats(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for form in formats:
            if form in _EPOCHS:
                continue
            problem = _format_problem(form)
            if problem:
                raise MappingFault(
                    "mapping_date_format",
                    f"the date format '{form}' cannot be used: {problem}; allowed: strptime "
                    f"formats such as '%Y/%m/%d %H:%M', or {', '.join(_EPOCHS)}",
                    f"日付の形式 '{form}' は使えません（{problem}）。'%Y/%m/%d %H:%M' のような"
                    f"strptimeの形式か {', '.join(_EPOCHS)} を書いてください",
                )
        return formats

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        return _check_zone(zone)

    @model_validator(mode="after")
    def _one_origin(self) -> ColumnSpec:
        origins = [n for n in ("column", "const", "hash_of") if getattr(self, n)]
        if len(origins) != 1:
            raise MappingFault(
                "mapping_column_origin",
                "give exactly one of column, const, hash_of",
                "column, const, hash_of のうち1つだけを書いてください",
            )
        extras = self.model_fields_set - {"const", "hash_of", "optional"}
        if origins[0] != "column" and extras:
            raise MappingFault(
                "mapping_column_origin",
                f"{', '.join(sorted(extras))} cannot stand beside {origins[0]}",
                f"{origins[0]} と {', '.join(sorted(extras))} は同時に書けません",
            )
        return self

    @property
    def is_plain(self) -> bool:
        """Whether the source column is taken over as it is."""
        changed = self.model_fields_set - {"column", "aliases", "optional"}
        return bool(self.column) and not changed

    def formats(self) -> tuple[str, ...]:
        """The formats to try; ISO 8601 where only a time zone is declared."""
        if self.format:
            return self.format
        return _ISO_FORMATS if self.timezone else ()


class FileSpec(_Strict):
    """A file, or the files of a glob, that feed one raw table."""

    file: tuple[str, ...]
    format: Format | None = None
    encoding: Encoding = "auto"
    delimiter: str | None = None
    skip_rows: int = Field(default=0, ge=0, le=1000)
    mode: Mode = "append"
    optional: bool = False
    rows_of: str | None = None
    timezone: str | None = None
    columns: dict[str, ColumnSpec]

    _lists = field_validator("file", mode="before")(_as_list)

    @field_validator("file")
    @classmethod
    def _inside(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            path = PurePosixPath(pattern.replace("\\", "/"))
            if not pattern or path.is_absolute() or ".." in path.parts or "**" in path.parts:
                raise MappingFault(
                    "mapping_file_outside",
                    f"'{pattern}' must be a name inside the directory of --from",
                    f"'{pattern}' は --from のディレクトリの中の名前にしてください",
                )
        return patterns

    @field_validator("encoding", mode="before")
    @classmethod
    def _encoding_name(cls, name: Any) -> Any:
        return _ENCODING_NAMES.get(name.lower(), name.lower()) if isinstance(name, str) else name

    @field_validator("delimiter")
    @classmethod
    def _one_character(cls, delimiter: str | None) -> str | None:
        delimiter = {"tab": "\t", "\\t": "\t"}.get(delimiter or "", delimiter)
        if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n\0'):
            raise MappingFault(
                "mapping_delimiter",
                "the delimiter is one character, for example ',' ';' or 'tab'",
                "区切り文字は ',' ';' 'tab' のような1文字です",
            )
        if delimiter is not None and not delimiter.isascii():
            raise MappingFault(
                "mapping_delimiter",
                "the delimiter must be an ASCII character",
                "区切り文字はASCII文字にしてください",
            )
        return delimiter

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        return _check_zone(zone)

    @field_validator("columns", mode="before")
    @classmethod
    def _short_form(cls, columns: Any) -> Any:
        if isinstance(columns, dict):
            return {k: {"column": v} if isinstance(v, str) else v for k, v in columns.items()}
        return columns

    @model_validator(mode="after")
    def _tables_of_records(self) -> FileSpec:
        if self.rows_of and self.format not in ("kintone_json", "kintone_csv", "hubspot_json"):
            raise MappingFault(
                "mapping_rows_of",
                "rows_of stands beside format: kintone_json, kintone_csv or hubspot_json only",
                "rows_of は format が kintone_json、kintone_csv、hubspot_json のときだけ書けます",
            )
        return self

    def format_of(self, name: str) -> Format | None:
        """The declared format, else the one of the suffix."""
        return self.format or SUFFIXES.get(PurePosixPath(name).suffix.lower())

    def identity(self) -> str:
        """A hash of all that decides what a file becomes; file names and modes do not."""
        # a key that came later is left out where it is not used: what is loaded stays known
        later = set() if self.rows_of else {"rows_of"}
        content = self.model_dump(mode="json", exclude={"file", "mode", "optional"} | later)
        text = json.dumps([_LOADER_FORM, content], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()


class CompanySettings(_Strict):
    """The part of settings.Company that a mapping states; what it leaves out stays."""

    name: str | None = None
    as_of: datetime | None = None
    business_timezone: str | None = None
    base_currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    is_demo: bool | None = None

    @field_validator("business_timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        return _check_zone(zone)

    def changes(self, default_zone: str) -> dict[str, Any]:
        """The stated settings; a naive as_of is a time of the business time zone."""
        stated = {k: v for k, v in self.model_dump().items() if v is not None}
        if self.as_of is not None:
            moment = self.as_of
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=ZoneInfo(self.business_timezone or default_zone))
            stated["as_of"] = moment.astimezone(UTC)
        return stated


class Mapping(_Strict):
    """A whole mapping; `tables` has every table, an empty tuple where it is `none`."""

    source: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    company: CompanySettings = CompanySettings()
    timezone: str | None = None
    tables: dict[str, tuple[FileSpec, ...]]

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        return _check_zone(zone)

    @field_validator("tables", mode="before")
    @classmethod
    def _tables(cls, tables: Any) -> Any:
        if not isinstance(tables, dict):
            return tables
        _check_table_names(tables)
        return {name: _file_specs(raw_table(name), given) for name, given in tables.items()}

    @model_validator(mode="after")
    def _consistent(self) -> Mapping:
        for name, specs in self.tables.items():
            for index, spec in enumerate(specs):
                _check_columns(raw_table(name), spec, ("tables", name, index, "columns"))
            if len({spec.mode for spec in specs}) > 1:
                raise MappingFault(
                    "mapping_mode",
                    f"all files of {name} must have the same mode",
                    f"{name} のファイルの mode は揃えてください",
                    ("tables", name),
                )
        return self

    def resolved(self, spec: FileSpec) -> FileSpec:
        """`spec` with the time zone of its file or of the mapping in every dated column."""
        zone = spec.timezone or self.timezone
        if zone is None:
            return spec
        columns = {
            name: column.model_copy(update={"timezone": zone})
            if column.format and column.timezone is None
            else column
            for name, column in spec.columns.items()
        }
        return spec.model_copy(update={"columns": columns, "timezone": None})


def _check_table_names(tables: dict[str, Any]) -> None:
    known = raw_tables()
    for name in tables:
        if name not in known:
            raise MappingFault(
                "mapping_table",
                f"there is no raw table {name}; allowed: {', '.join(known)}",
                f"{name} という表はありません。使える名前: {', '.join(known)}",
                (name,),
            )
    if not set(tables) & set(TABLES):
        return  # a profile of a tool: a company may export as much of it as it likes
    for name, table in TABLES.items():
        if table.must_be_mapped and name not in tables:
            raise MappingFault(
                "mapping_table_missing",
                f"the table {name} must be mapped, or declared as `{name}: none`",
                f"表 {name} のマッピングがありません。データがなければ `{name}: none` と書きます",
            )


def _file_specs(table: RawTable, given: Any) -> Any:
    if given == "none":
        return ()
    if isinstance(given, str):
        raise MappingFault(
            "mapping_table",
            f"{table.name} is a list of files, or `none`",
            f"{table.name} にはファイルのリストか `none` を書きます",
        )
    specs = [given] if isinstance(given, dict) else given
    return [_with_same_names(table, spec) for spec in specs] if isinstance(specs, list) else specs


def _with_same_names(table: RawTable, spec: Any) -> Any:
    """`columns: same`: the raw columns under their own names, or those of other connectors."""
    if not isinstance(spec, dict):
        return spec
    if spec.get("columns") == "same":
        return {**spec, "columns": {name: _same(table, name) for name in table.columns}}
    if isinstance(spec.get("columns"), dict) and spec["columns"].get("*") == "same":
        given = {name: value for name, value in spec["columns"].items() if name != "*"}
        same = {name: _same(table, name) for name in table.columns}
        told = {name: _told(same.get(name), value) for name, value in given.items()}
        return {**spec, "columns": {**same, **told}}
    return spec


def _told(same: Any, given: Any) -> Any:
    """What the mapping says of a column; where it does not say whence, the names stay the same."""
    if not isinstance(given, dict) or {"column", "const", "hash_of"} & set(given):
        return given
    return {**({"column": same} if isinstance(same, str) else same or {}), **given}


def _same(table: RawTable, name: str) -> Any:
    aliases = table.aliases.get(name, ())
    if not aliases:
        return name
    # a tool's export has as many columns as its users made: one that looks alike is another one
    return {"column": name, "aliases": list(aliases), "optional": name not in table.required}


def _check_columns(table: RawTable, spec: FileSpec, at: tuple[str | int, ...]) -> None:
    for name in spec.columns:
        if name not in table.columns:
            raise MappingFault(
                "mapping_column",
                f"{table.name} has no column {name}; allowed: {', '.join(table.columns)}",
                f"{table.name} に列 {name} はありません。使える名前: {', '.join(table.columns)}",
                (*at, name),
            )
    missing = [name for name in table.required if name not in spec.columns]
    if missing:
        raise MappingFault(
            "mapping_column_missing",
            f"{table.name} ({', '.join(spec.file)}) needs the columns {', '.join(missing)}",
            f"{table.name}（{', '.join(spec.file)}）に必要な列: {', '.join(missing)}",
            at,
        )


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    # The engine that converts decides which zones exist; the system may have no zone files.
    with duckdb.connect() as connection:
        rows = connection.execute("select name from pg_timezone_names()").fetchall()
    return frozenset(row[0] for row in rows)


def _check_zone(zone: str | None) -> str | None:
    if zone is not None and zone not in _zones():
        raise MappingFault(
            "mapping_timezone",
            f"'{zone}' is no time zone; write for example Asia/Tokyo or UTC",
            f"'{zone}' というタイムゾーンはありません。例: Asia/Tokyo, UTC",
        )
    return zone


@lru_cache(maxsize=256)
def _format_problem(form: str) -> str | None:
    if "%Y" not in form and "%y" not in form:
        return "no year (%Y)"
    try:
        with duckdb.connect() as connection:
            connection.execute("select try_strptime('', ?::varchar)", [form]).fetchall()
    except duckdb.Error as error:
        return str(error).split("\n")[0].split(": ")[-1]
    return None
