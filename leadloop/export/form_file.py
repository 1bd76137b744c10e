"""Finds and reads the form of a tool: the user's own in the data home, else the one that ships."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from leadloop.errors import InputRejected
from leadloop.export.faults import misuse, refuse
from leadloop.export.form import Form
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
        line = lines.get(("tool",))
        raise refuse(
            "form_unreadable", str(path), line, "tool", problem=f"it is of {form.tool}, not {tool}"
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
        problem = error.message["en"].partition(": ")[2] or error.message["en"]
        place = error.place
        raise refuse("form_unreadable", place.file, place.line, problem=problem) from error
    try:
        return Form.model_validate(data), lines
    except ValidationError as error:
        first: Any = error.errors()[0]
        at = tuple(p for p in first["loc"])
        key = ".".join(str(p) for p in at) or None
        line = next((lines[at[:n]] for n in range(len(at), -1, -1) if at[:n] in lines), None)
        problem = str(first["msg"]).removeprefix("Value error, ")
        raise refuse("form_unreadable", str(path), line, key, problem=problem) from error


def _line_of(lines: Lines, path: Path, mark: str) -> int | None:
    texts = path.read_text("utf-8-sig").splitlines()
    found = (
        n for n, text in enumerate(texts, 1) if mark in text and not text.lstrip().startswith("#")
    )
    return next(found, None)
