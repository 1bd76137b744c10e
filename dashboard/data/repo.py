"""The only module that touches the database: it runs named queries, nothing else."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboard.data.queries import QUERIES, Parameter, Query
from leadloop.publish.versions import Version, connect

__all__ = [
    "QUERIES",
    "ConnectionBroken",
    "Query",
    "QueryFailed",
    "fetch",
    "open_connection",
    "run_all_examples",
]


class QueryFailed(Exception):
    """The version could not answer; the page says so instead of showing a traceback."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class ConnectionBroken(QueryFailed):
    """An error of DuckDB's own; after it the connection answers nobody any more."""


def open_connection(version: Version) -> duckdb.DuckDBPyConnection:
    """The hardened, read-only connection to a version.

    Raises:
        QueryFailed: its file cannot be opened.
    """
    try:
        return connect(version)
    except duckdb.Error as error:
        raise QueryFailed("connect", str(error)) from error


def fetch(
    connection: duckdb.DuckDBPyConnection, name: str, **parameters: Parameter
) -> pd.DataFrame:
    """The answer to the named query; every parameter is bound, none is part of the text.

    Raises:
        QueryFailed: the version has no such table or column, or its file is damaged.
        ConnectionBroken: DuckDB failed, not the version; a new connection may well answer.
    """
    query = QUERIES[name]
    if set(parameters) != set(query.parameters):
        raise TypeError(f"{name} takes {query.parameters}, not {tuple(parameters)}")
    try:
        # a cursor per query: one connection serves many sessions
        answer = connection.cursor().execute(query.sql, dict(parameters) or None).df()
    except (duckdb.InternalException, duckdb.FatalException) as error:
        raise ConnectionBroken(name, str(error)) from error
    except duckdb.Error as error:
        raise QueryFailed(name, str(error)) from error
    return _plain(answer)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without pandas' own NA, which no comparison survives: NaN or None instead."""
    for name in frame.columns:
        kind = frame[name].dtype
        if isinstance(kind, pd.BooleanDtype):
            frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
        elif pd.api.types.is_extension_array_dtype(kind) and pd.api.types.is_integer_dtype(kind):
            frame[name] = frame[name].astype("float64")
    return frame


def run_all_examples(connection: Any) -> dict[str, int]:
    """Runs every query with its example parameters; rows returned by name.

    Raises:
        QueryFailed: one of them does not run.
    """
    return {name: len(fetch(connection, name, **query.example)) for name, query in QUERIES.items()}
