"""YAML as text with line numbers: every scalar stays as it was written, no key may stand twice.

YAML would turn `2016-10-01` into a date, `no` into false and `0123` into 83. A mapping is about
text, so nothing is guessed here; pydantic gives types where a setting has one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from leadloop.errors import InputRejected, Place

_MAX_NODES = 50_000  # an alias bomb stops here
Lines = dict[tuple[str | int, ...], int]


def read_yaml(path: Path, shown: str) -> tuple[Any, Lines]:
    """The document as dicts, lists and strings, and the line of every key path."""
    try:
        node = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise _syntax(shown, None, f"not UTF-8 at byte {error.start}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        raise _syntax(shown, mark.line + 1 if mark else None, str(problem)) from error
    if node is None:
        raise _syntax(shown, None, "the file is empty")
    lines: Lines = {}
    reader = _Reader(shown, lines)
    return reader.value(node, ()), lines


class _Reader:
    def __init__(self, shown: str, lines: Lines) -> None:
        self._shown = shown
        self._lines = lines
        self._nodes = 0

    def value(self, node: yaml.Node, path: tuple[str | int, ...]) -> Any:
        self._nodes += 1
        line = node.start_mark.line + 1
        if self._nodes > _MAX_NODES or len(path) > 20:
            raise _syntax(self._shown, line, "too large or too deeply nested")
        self._lines.setdefault(path, line)
        if isinstance(node, yaml.ScalarNode):
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        assert isinstance(node, yaml.MappingNode)
        result: dict[str, Any] = {}
        for key_node, child in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _syntax(self._shown, key_line, "a key must be plain text")
            if key_node.value in result:
                raise _syntax(self._shown, key_line, f"the key {key_node.value} stands twice")
            self._lines[(*path, key_node.value)] = key_line
            result[key_node.value] = self.value(child, (*path, key_node.value))
        return result


def _syntax(shown: str, line: int | None, problem: str) -> InputRejected:
    return InputRejected(
        f"the mapping cannot be read: {problem}",
        f"マッピングを読めません: {problem}",
        "Correct the YAML; examples/*.yml show the form.",
        "YAMLを直してください。examples/*.yml に書き方の例があります。",
        Place(shown, line, None, "mapping_syntax"),
    )
