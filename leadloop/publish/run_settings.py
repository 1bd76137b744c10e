"""The settings of one run: its instant, its variables, and the rule versions in force."""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from leadloop import clock
from leadloop.errors import InputRejected, Place, UsageError
from leadloop.publish.connectors import connector_variable
from leadloop.raw.tools import tools_loaded
from leadloop.settings import Company, Home


def company_of(home: Home) -> Company:
    """The company's settings.

    Raises:
        InputRejected: they cannot be read.
    """
    try:
        return home.company()
    except ValueError as error:
        raise InputRejected(
            f"the company settings cannot be read: {error}",
            f"会社の設定を読めません: {error}",
            "correct the file, then run `leadloop build` again",
            "ファイルを直してから `leadloop build` を再実行してください",
            Place(file=str(home.company_file), rule="company_settings"),
        ) from error


def as_of_of(company: Company, given: str | None) -> datetime:
    """The instant a build looks from: --as-of, LEADLOOP_AS_OF, the company's, else the present.

    A time without a zone is the company's local time.
    """
    zone = ZoneInfo(company.business_timezone)
    text = given or os.environ.get("LEADLOOP_AS_OF")
    if text:
        return instant_of(text, zone)
    return _in_utc(company.as_of or clock.now(), zone)


def instant_of(text: str, zone: ZoneInfo) -> datetime:
    """The instant that a user wrote, in UTC; without a zone it is local time.

    Raises:
        UsageError: it is no instant.
    """
    return _in_utc(_parse(text), zone)


def _in_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment in UTC, to the second; without a zone it is local time."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC).replace(microsecond=0)


def _parse(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"not an instant: {text!r}",
            f"日時として読めません: {text!r}",
            "write it as 2026-11-01, 2026-11-01T00:00 or 2026-10-31T15:00:00Z",
            "2026-11-01、2026-11-01T00:00、2026-10-31T15:00:00Z のように書いてください",
        ) from None


def dbt_variables(company: Company, as_of: datetime, home: Home) -> dict[str, str]:
    """The variables of dbt that say what is built, not where or by which run."""
    return {
        "tools": ",".join(sorted({*tools_loaded(home), *company.connectors})),
        "connectors": connector_variable(company, home),
        "as_of": as_of.strftime("%Y-%m-%d %H:%M:%S"),
        "business_timezone": company.business_timezone,
        "base_currency": company.base_currency,
    }


def scorecards_in_force(seeds: Path, company: Company, as_of: datetime) -> list[str]:
    """The versions of the scorecard in force at `as_of`: one, or one a segment."""
    path = seeds / "agreement" / "scorecards.csv"
    if not path.exists():
        return []
    day = as_of.astimezone(ZoneInfo(company.business_timezone)).date().isoformat()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted(
            {
                row["version"]
                for row in csv.DictReader(file)
                if row["status"] in ("active", "retired")
                and row["valid_from"] <= day
                and (not row["valid_to"] or day < row["valid_to"])
            }
        )
