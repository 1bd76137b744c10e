"""The connection readers use: read only, and closed to everything but the version's own tables."""

from __future__ import annotations

from pathlib import Path

import duckdb

_HARDENED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "memory_limit": "1GB",
    "threads": 2,
    # without it DuckDB would spill beside the published file, and let SQL read that folder
    "temp_directory": "",
    "lock_configuration": True,
}


def connect_file(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a finished warehouse file read-only and hardened; take a `.cursor()` for each query."""
    return duckdb.connect(str(path), read_only=True, config=_HARDENED)
