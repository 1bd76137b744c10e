"""One lead as of any instant under any version of the rules, read from a published version.

The arithmetic is in the table functions of the published file (macros/rules/replay.sql); this
module asks them and puts the answers side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from leadloop.errors import LeadloopError, UsageError

AS_IT_WAS = "as_it_was"
TODAYS_RULES = "todays_rules"
PROPOSAL = "proposal"
CHOSEN = "chosen"


class LeadNotFound(LeadloopError):
    """There is no such lead in the version that is read."""

    exit_code = 2


@dataclass(frozen=True)
class RulePoints:
    """What one rule gave a lead: points at the instant, and what caps and decay took."""

    rule_id: str
    axis: str
    label_ja: str
    label_en: str
    firings: int
    points: float
    lost_to_cap: float
    lost_to_decay: float
    last_fired_at: datetime


@dataclass(frozen=True)
class Replay:
    """A lead under one version at one instant. `version` is None where none was in force."""

    view: str
    version: str | None
    fit_score: float
    engagement_score: float
    total_score: float
    stage: str | None
    mql_at: datetime | None
    mql_path: str | None
    sql_at: datetime | None
    sql_path: str | None
    breakdown: tuple[RulePoints, ...]


def replay_lead(
    connection: duckdb.DuckDBPyConnection,
    lead_id: str,
    at: datetime,
    version: str | None = None,
) -> list[Replay]:
    """The lead at `at` (with its zone) under `version`, or else under each version worth comparing.

    Without a version: as it was, under today's rules, and under every draft and challenger.

    Raises:
        LeadNotFound: no such lead, or it had not come yet at that instant.
        UsageError: no such version.
    """
    instant = at.astimezone(UTC).replace(tzinfo=None)
    _require_lead(connection, lead_id, instant)
    versions = _versions(connection)
    if version is not None:
        if version not in versions:
            known = ", ".join(versions)
            raise UsageError(
                f"no version {version!r} in this build; there are: {known}",
                f"このビルドに版 {version!r} はありません。あるのは: {known}",
                "choose one of them, or leave --version out",
                "そのいずれかを指定するか、--version を省いてください",
            )
        return [_under(connection, CHOSEN, version, lead_id, instant)]
    wanted: list[tuple[str, str | None]] = [(AS_IT_WAS, None)]
    today = _todays_version(connection, lead_id)
    if today:
        wanted.append((TODAYS_RULES, today))
    wanted += [(PROPOSAL, v) for v, status in versions.items() if status in ("draft", "challenger")]
    return [_under(connection, view, v, lead_id, instant) for view, v in wanted]


def _require_lead(connection: duckdb.DuckDBPyConnection, lead_id: str, instant: datetime) -> None:
    found = connection.execute(
        "select created_at from marts.dim_leads where lead_id = ?", [lead_id]
    ).fetchone()
    if found is None:
        raise LeadNotFound(
            f"no lead {lead_id!r} in the published version",
            f"公開中の版にリード {lead_id!r} はありません",
            "look the id up in the lead list of the dashboard; a merged lead goes by its survivor",
            "ダッシュボードのリード一覧でIDを確かめてください。名寄せされたリードは統合先のIDです",
        )
    if found[0] > instant:
        raise LeadNotFound(
            f"lead {lead_id!r} came at {found[0]:%Y-%m-%d %H:%M} UTC, after that instant",
            f"リード {lead_id!r} が入ったのは {found[0]:%Y-%m-%d %H:%M}(UTC)で、その時点より後です",
            "give a later --as-of",
            "--as-of により後の日時を指定してください",
        )


def _versions(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute("select version, status from marts.dim_scorecards order by version")
    return dict(rows.fetchall())


def _todays_version(connection: duckdb.DuckDBPyConnection, lead_id: str) -> str | None:
    row = connection.execute(
        """
        select windows.version
        from marts.dim_leads as leads
        inner join marts.dim_scorecard_windows as windows on leads.segment = windows.segment
        where windows.is_current and leads.lead_id = ?
        """,
        [lead_id],
    ).fetchone()
    return row[0] if row else None


def _under(
    connection: duckdb.DuckDBPyConnection,
    view: str,
    version: str | None,
    lead_id: str,
    instant: datetime,
) -> Replay:
    given: list[Any] = [instant, version, lead_id]
    score = connection.execute(
        """
        select scorecard_version, fit_score, engagement_score, total_score
        from marts.score_as_of(?, ?) where lead_id = ?
        """,
        given,
    ).fetchone() or (None, 0.0, 0.0, 0.0)
    stage = connection.execute(
        """
        select stage, mql_at, mql_path, sql_at, sql_path
        from marts.stage_as_of(?, ?) where lead_id = ?
        """,
        given,
    ).fetchone() or (None, None, None, None, None)
    breakdown = connection.execute(
        """
        select
            rule_id, axis, label_ja, label_en, firings, points,
            points_lost_to_cap, points_lost_to_decay, last_fired_at
        from marts.breakdown_as_of(?, ?) where lead_id = ?
        order by points desc, rule_id
        """,
        given,
    ).fetchall()
    rules = tuple(RulePoints(*row) for row in breakdown)
    facts: tuple[Any, ...] = (view, *score, *stage, rules)
    return Replay(*facts)
