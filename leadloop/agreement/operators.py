"""The operators, read from the file that the SQL is made from: macros/rules/operators.sql."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, TemplateError

from leadloop.errors import LeadloopError, Place
from leadloop.settings import PROJECT_ROOT

OPERATORS_FILE = PROJECT_ROOT / "macros" / "rules" / "operators.sql"


class Kind(Enum):
    """What a field holds, and so which operators can compare it."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"


class Takes(Enum):
    """What an operator expects in the value column."""

    NOTHING = "nothing"
    ONE = "one"
    LIST = "list"
    BOUNDS = "bounds"


class Reads(Enum):
    """How an operator sees a field; presence is also asked of what we do not know."""

    PRESENCE = "presence"
    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True)
class Operator:
    """What the check has to know of an operator; its SQL is dbt's matter."""

    takes: Takes
    kinds: frozenset[Kind]
    reads: Reads = Reads.TEXT
    names_codes: bool = False


class _Macro(ChainableUndefined):
    """Stands for the macros of other files, which make up the SQL only."""

    def __call__(self, *_: Any, **__: Any) -> str:  # type: ignore[override]
        return ""


class Operators(Mapping[str, Operator]):
    """The operators of a file by name, in its order; read when the first is asked for.

    Raises:
        LeadloopError: the file cannot be read as a list of operators.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __getitem__(self, name: str) -> Operator:
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    @cached_property
    def _read(self) -> dict[str, Operator]:
        try:
            return {name: _operator(row) for name, row in _rows(self._path).items()}
        except (OSError, UnicodeDecodeError, TemplateError) as error:
            why = f"{type(error).__name__}: {error}"
        except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
            why = f"{type(error).__name__}: {error}"
        raise LeadloopError(
            f"the operators cannot be read ({why})",
            f"演算子の定義を読めません({why})",
            "write them as the comment at the top of the file says",
            "ファイルの先頭のコメントのとおりに書いてください",
            Place(file=str(self._path)),
        )


def _rows(path: Path) -> dict[str, dict[str, Any]]:
    """What the macro `operators` returns, without a database."""
    returned: list[dict[str, dict[str, Any]]] = []
    # dbt gives every template `return` and the statement `do`
    environment = Environment(undefined=_Macro, extensions=["jinja2.ext.do"])
    environment.globals["return"] = returned.append
    environment.from_string(path.read_text("utf-8")).module.operators()  # type: ignore[attr-defined]
    return dict(returned[0])


def _operator(row: dict[str, Any]) -> Operator:
    if not {"takes", "kinds", "reads", "holds"} <= set(row):
        raise ValueError(f"takes, kinds, reads and holds are needed, found {', '.join(row)}")
    return Operator(
        takes=Takes(row["takes"]),
        kinds=frozenset(Kind(kind) for kind in row["kinds"]),
        reads=Reads(row["reads"]),
        names_codes=bool(row.get("codes")),
    )


OPERATORS = Operators(OPERATORS_FILE)
