"""Finds and reads the form of a tool: the user's own in the data home, else the one that ships."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from leadloop.errors import InputRejected, Place
from leadloop.export.faults import misuse, refuse
from leadloop.export.form import Form, FormFault
from leadloop.load.faults import did_you_mean, nearest
from leadloop.load.yaml_source import Lines, read_yaml
from leadloop.settings import Home

FORMS = Path(__file__).resolve().parent / "forms"


def shipped_tools() -> list[str]:
    """The tools whose form ships."""
    return sorted(path.stem for path in FORMS.glob("*.yml"))


def own_form(home: Home, tool: str) -> Path:
    """Where the user's own form of a tool lies, if there is one."""
    return home.exports / tool / "form.yml"


def read_form(home: Home, tool: str) -> Form:
    """The form of `tool`, filled in as far as the user has to.

    Raises:
        UsageError: no form of that name ships.
        InputRejected: the form breaks a rule, or a `<mark>` in it is not filled in.
    """
    tools = shipped_tools()
    if tool not in tools:
        near = did_you_mean(nearest(tool, tools))
        raise misuse("unknown_tool", tool=tool, tools=", ".join(tools), **near)
    own = own_form(home, tool)
    path = own if own.is_file() else FORMS / f"{tool}.yml"
    form, lines = _parse(path)
    if form.tool != tool:
        raise _unreadable(
            Place(str(path), lines.get(("tool",)), "tool"),
            f"it is of {form.tool}, not {tool}",
            f"{tool} ではなく {form.tool} のフォームです",
        )
    for header, mark in form.unfilled():
        place = _line_of(lines, path, mark)
        raise refuse("form_unfilled", str(path), place, header, mark=mark, tool=tool, own=own)
    return form


def parse_form(path: Path) -> Form:
    """The form in `path`, whether its marks are filled in or not."""
    return _parse(path)[0]


def _parse(path: Path) -> tuple[Form, Lines]:
    try:
        data, lines = read_yaml(path, str(path))
    except InputRejected as error:
        # without the words before the colon, which speak of a mapping
        en, ja = (error.message[code].partition(": ")[2] for code in ("en", "ja"))
        raise _unreadable(error.place, en, ja) from error
    try:
        return Form.model_validate(data), lines
    except ValidationError as error:
        # an unknown key explains a missing one: a slip of the pen is both
        first: Any = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        at = tuple(first["loc"])
        key = ".".join(str(part) for part in at) or None
        line = next((lines[at[:n]] for n in range(len(at), -1, -1) if at[:n] in lines), None)
        raise _unreadable(Place(str(path), line, key), *_words(first)) from error


def _words(error: Any) -> tuple[str, str]:
    """What is wrong, in English and Japanese."""
    key = str(error["loc"][-1]) if error["loc"] else ""
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, FormFault):
        return cause.en, cause.ja
    if error["type"] == "extra_forbidden":
        return f"unknown key {key}", f"知らないキーです: {key}"
    if error["type"] == "missing":
        return f"the key {key} is missing", f"キー {key} がありません"
    if error["type"] == "literal_error":
        allowed = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        return f"must be one of: {allowed}", f"書けるのは次のどれかです: {allowed}"
    return str(error["msg"]), f"値が正しくありません: {error['msg']}"


def _unreadable(place: Place, en: str, ja: str) -> InputRejected:
    return refuse(
        "form_unreadable", place.file, place.line, place.column, problem_en=en, problem_ja=ja
    )


def _line_of(lines: Lines, path: Path, mark: str) -> int | None:
    texts = path.read_text("utf-8-sig").splitlines()
    found = (
        n for n, text in enumerate(texts, 1) if mark in text and not text.lstrip().startswith("#")
    )
    return next(found, None)
