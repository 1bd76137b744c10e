"""Cached answers: a connection per version, a frame per question."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.data import repo
from dashboard.data.queries import Parameter
from dashboard.data.version import DataVersion
from leadloop.publish.versions import Version

_LOG = logging.getLogger(__name__)


@st.cache_resource(max_entries=3, show_spinner=False)
def _connection(path: str, _version: Version) -> Any:
    return repo.open_connection(_version)


# the run id is part of the key: a new version never shows an old figure
@st.cache_data(max_entries=600, show_spinner=False)
def _answer(
    run_id: str, path: str, name: str, parameters: tuple[tuple[str, Parameter], ...], _store: Any
) -> pd.DataFrame:
    version = _store.data.version
    connection = _connection(path, version)
    try:
        return repo.fetch(connection, name, **dict(parameters))
    except repo.ConnectionBroken as error:
        # all readers share it: left there, it would answer none of them until the server's end
        _LOG.warning("the connection to %s is opened anew: %s", run_id, error)
        connection.close()
        if _connection(path, version) is connection:
            _connection.clear(path, version)
        return repo.fetch(_connection(path, version), name, **dict(parameters))


# who looks after what: in a meeting no answer carries it, so that no page or file can show it
OWNER_COLUMNS = ("owner_id", "asked_by")


@dataclass(frozen=True)
class Store:
    """Questions to one version. In a meeting the names of owners are taken out of every answer."""

    data: DataVersion
    is_meeting: bool = False

    def ask(self, name: str, **parameters: Parameter) -> pd.DataFrame:
        """The answer to a named query; a copy, so a page may change it."""
        answer = _answer(
            self.data.run_id,
            str(self.data.path),
            name,
            tuple(sorted(parameters.items())),
            self,
        )
        if self.is_meeting:
            for column in OWNER_COLUMNS:
                if column in answer.columns:
                    answer[column] = None
        return answer
