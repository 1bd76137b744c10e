"""Tables that a connector (Fivetran, Airbyte, dlt) has landed in a warehouse, as a build sees them.

dbt reads them in place (`macros/engine/connectors.sql`). Here it is said where they are, whether
they have changed since the last build, and what dbt found in them.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

from leadloop.errors import InputRejected, Place
from leadloop.publish.manifest import LoadedFile
from leadloop.raw.tools import tool_tables
from leadloop.settings import Company, Home


def connector_variable(company: Company, home: Home) -> str:
    """The variable `connectors` of dbt: JSON, empty where there is none; paths are absolute."""
    places = {}
    for tool, connector in sorted(company.connectors.items()):
        place = connector.model_dump(by_alias=True, exclude_none=True)
        path = connector_file(home, connector.path)
        places[tool] = {**place, "path": str(path)} if path else place
    return json.dumps(places, ensure_ascii=False) if places else ""


def connector_file(home: Home, path: str | None) -> Path | None:
    """Where a connector's DuckDB file lies; a relative path counts from the data home."""
    return (home.root / path).resolve() if path else None


def require_connectors(company: Company, home: Home) -> None:
    """Refuse a connector of a tool that we do not know, or whose file is not there.

    Raises:
        InputRejected: naming it.
    """
    known = sorted({name.partition("__")[0] for name in tool_tables()})
    for tool, connector in company.connectors.items():
        if tool not in known:
            raise InputRejected(
                f"connectors names the tool {tool!r}, which is not known",
                f"connectors のツール {tool!r} は対応していません",
                f"write one of: {', '.join(known)}",
                f"次のいずれかを書いてください: {', '.join(known)}",
                Place(file=str(home.company_file), rule="connector_unknown_tool"),
            )
        path = connector_file(home, connector.path)
        if path and not path.is_file():
            raise InputRejected(
                f"the connector of {tool} has no file {path}",
                f"{tool} のコネクタのファイルがありません: {path}",
                f"correct `path` in {home.company_file}, or let the connector run first",
                f"{home.company_file} の `path` を直すか、先にコネクタを実行してください",
                Place(file=str(path), rule="connector_file_missing"),
            )


def connector_state(company: Company, home: Home) -> list[tuple[str, ...]]:
    """What tells one state of the connectors' tables from the next.

    A file is known by its size and time of change, its write-ahead log included: a connector's
    file may be too large to be read for a checksum. Tables in a warehouse cannot be asked here,
    so every build counts them as changed.
    """
    state: list[tuple[str, ...]] = []
    for tool, connector in sorted(company.connectors.items()):
        path = connector_file(home, connector.path)
        if not path:
            state.append(("connector", tool, uuid.uuid4().hex))
            continue
        for file in (path, path.with_name(path.name + ".wal")):
            if file.exists():
                seen = file.stat()
                state.append(
                    ("connector", tool, file.name, str(seen.st_size), str(seen.st_mtime_ns))
                )
    return state


def inputs_read(files: Iterable[LoadedFile], landed: Sequence[LoadedFile]) -> list[LoadedFile]:
    """What a build read: a table that a connector has is not read from files."""
    replaced = {table.table_name for table in landed}
    return [file for file in files if file.table_name not in replaced] + list(landed)
