"""What a fit looks at: one row a chance, its features frozen before the outcome was known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from leadloop.errors import InputRejected, Place
from leadloop.fit.condition import Column

ATTRIBUTES = ("industry", "job_level", "employee_count", "source_channel", "prefecture", "product")
GOALS = ("won", "sql")
# Below this no page shows a suggestion either (docs/metrics.md).
LEAST_ROWS = 30


@dataclass(frozen=True)
class FitTable:
    """Chances with a known outcome, oldest first.

    Attributes:
        features: a column an attribute (number or text) or an act (boolean).
        outcome: did it end well? A boolean a row.
        columns: how the rule language asks for each column of `features`.
        current_score: the score of the rules in force, frozen; None where there is none.
        is_dated: is the order of the rows an order in time?
        left_out: how many chances are too young or still open, and are not here.
        defining: acts that are not here because they define the outcome.
    """

    features: pd.DataFrame
    outcome: pd.Series
    columns: dict[str, Column]
    current_score: pd.Series | None = None
    is_dated: bool = True
    left_out: int = 0
    defining: tuple[str, ...] = ()

    def without(self, names: list[str]) -> FitTable:
        """The table without these columns."""
        kept = {name: column for name, column in self.columns.items() if name not in names}
        return replace(self, features=self.features[list(kept)], columns=kept)


def from_published(connection: duckdb.DuckDBPyConnection, goal: str) -> FitTable:
    """Chances whose outcome is known, as the lead stood when they began.

    `goal` won: hand-overs that were won, lost or returned; sql: MQLs. A chance younger than nine in
    ten take is left out: of those only the quick ones have an outcome. An act or a content is a
    column where at least `LEAST_ROWS` chances have it and as many have not.
    """
    chances = connection.execute(_sql(f"chances_{goal}.sql")).df()
    known = chances[chances["is_known"]].reset_index(drop=True)
    defining = _defining(connection) if goal == "sql" else frozenset()
    columns = {name: Column(name, field=name) for name in ATTRIBUTES}
    did: dict[str, np.ndarray] = {}
    for column, present in _acts(connection, goal, known):
        often = LEAST_ROWS <= present.sum() <= len(known) - LEAST_ROWS
        if often and column.activity not in defining:
            columns[column.name], did[column.name] = column, present
    score = known["current_score"]
    return FitTable(
        pd.concat([_attributes(known), pd.DataFrame(did, index=known.index)], axis=1),
        known["is_good"].astype(bool),
        columns,
        score if score.notna().any() else None,
        left_out=len(chances) - len(known),
        defining=tuple(sorted(defining)),
    )


def leads_now(
    connection: duckdb.DuckDBPyConnection, columns: list[Column]
) -> tuple[pd.DataFrame, pd.Series]:
    """Every lead as it stands today: these columns, and its score under the rules in force."""
    leads = connection.execute(_sql("chances_now.sql")).df()
    wanted = {column.name for column in columns if column.activity}
    did = {c.name: present for c, present in _acts(connection, "now", leads) if c.name in wanted}
    nobody = {name: np.zeros(len(leads), dtype=bool) for name in wanted - did.keys()}
    acts = pd.DataFrame({**did, **nobody}, index=leads.index)
    return pd.concat([_attributes(leads), acts], axis=1), leads["current_score"]


def _acts(
    connection: duckdb.DuckDBPyConnection, goal: str, chances: pd.DataFrame
) -> Iterator[tuple[Column, np.ndarray]]:
    """Every act, and every act with its content: who of `chances` had done it."""
    acts = connection.execute(_sql("acts.sql"), {"goal": goal}).df()
    key = ["lead_id", "episode_no"]
    rows = pd.MultiIndex.from_frame(chances[key])
    for (activity, content), did in acts.groupby(["activity_type", "content_id"], dropna=False):
        name = activity if pd.isna(content) else f"{activity}: {content}"
        content_id = None if pd.isna(content) else str(content)
        yield (
            Column(name, activity=str(activity), content_id=content_id),
            rows.isin(pd.MultiIndex.from_frame(did[key])),
        )


def _attributes(chances: pd.DataFrame) -> pd.DataFrame:
    return chances[list(ATTRIBUTES)].apply(_plain)


def _defining(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Acts by which a lead is an SQL by definition: who asks for them asks whether it is one."""
    rows = connection.execute("select subject from marts.dim_stage_definitions where stage = 'sql'")
    return frozenset(subject for (subject,) in rows.fetchall())


def from_file(path: Path, outcome: str, positive: str, is_dated: bool) -> FitTable:
    """A CSV file with a column that says the outcome; `positive` is its value where all went well.

    Raises:
        InputRejected: no such column, or the value is nowhere in it.
    """
    rows = pd.read_csv(path, sep=None, engine="python", dtype_backend="numpy_nullable")
    if outcome not in rows:
        raise InputRejected(
            f"there is no column {outcome!r}; there are: {', '.join(rows.columns)}",
            f"列 {outcome!r} がありません。あるのは: {', '.join(rows.columns)}",
            "name the outcome with --outcome",
            "--outcome で結果の列を指定してください",
            Place(path.name, 1, outcome),
        )
    ended_well = rows.pop(outcome).astype("string") == positive
    if not ended_well.any():
        raise InputRejected(
            f"no row has {positive!r} in it",
            f"値 {positive!r} の行がありません",
            "name the value of a good outcome with --positive",
            "--positive で良い結果の値を指定してください",
            Place(path.name, None, outcome),
        )
    features = rows.apply(_plain)
    columns = {name: Column(name, field=name) for name in features}
    return FitTable(features, ended_well.fillna(False).astype(bool), columns, is_dated=is_dated)


def _plain(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
        return column.astype("float64")
    return column.astype("object").where(column.notna(), None)


def _sql(name: str) -> str:
    return files("leadloop.fit").joinpath("sql", name).read_text("utf-8")
