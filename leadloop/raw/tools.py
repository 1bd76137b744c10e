"""The tables of each tool, as the sources of its staging room describe them.

`models/staging/<tool>/_<tool>__sources.yml` is the only list of what a tool has: dbt reads it, and
so does the loader. A table `contact` of hubspot is the raw table `hubspot__contact`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from leadloop.raw.contract import TABLES, RawTable
from leadloop.settings import PROJECT_ROOT, Home

SEPARATOR = "__"
_STAGING = PROJECT_ROOT / "models" / "staging"


@cache
def tool_tables() -> dict[str, RawTable]:
    """Every table of every tool, by the name of its raw table."""
    found: dict[str, RawTable] = {}
    for path in sorted(_STAGING.glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text("utf-8"))["sources"]:
            if source["name"] == "raw":
                continue
            for table in source["tables"]:
                raw = _raw_table(source["name"], table)
                found[raw.name] = raw
    return found


def _raw_table(tool: str, table: dict[str, Any]) -> RawTable:
    metas = {c["name"]: c.get("config", {}).get("meta", {}) for c in table["columns"]}
    return RawTable(
        f"{tool}{SEPARATOR}{table['name']}",
        table["description"],
        tuple(metas),
        tuple(name for name, meta in metas.items() if meta.get("required")),
        aliases={name: tuple(meta.get("aliases", ())) for name, meta in metas.items()},
    )


def raw_tables() -> dict[str, RawTable]:
    """The canonical tables and those of every tool, by name."""
    return {**TABLES, **tool_tables()}


def raw_table(name: str) -> RawTable:
    """The raw table of that name.

    Raises:
        KeyError: there is none.
    """
    return TABLES[name] if name in TABLES else tool_tables()[name]


def tool_of(table: str) -> str | None:
    """The tool that a raw table is of; None for a canonical one."""
    return table.partition(SEPARATOR)[0] if table in tool_tables() else None


def tools_loaded(home: Home) -> list[str]:
    """The tools of which the data home holds files."""
    tools = {tool_of(path.parent.name) for path in Path(home.raw).glob(f"*{SEPARATOR}*/*.parquet")}
    return sorted(tool for tool in tools if tool)
