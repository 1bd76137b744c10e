"""A small company twice: as people left it, and with machines, our own people and a competitor on top."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.python.pipeline.growing_company import END, GrowingCompany

Row = dict[str, str]

OURS = "soranoha.example"
RIVAL = "kagerou-kintai.example"


@dataclass
class Traffic:
    """The rows that are added, and how many of them each filter must name for whom."""

    rows: list[Row] = field(default_factory=list)
    planted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, filter_id: str, lead_id: str, kind: str, at: datetime, **cells: str) -> None:
        number = len(self.rows) + 1
        self.rows.append(
            {
                "activity_id": f"machine-{number}",
                "lead_id": lead_id,
                "activity_type": kind,
                "occurred_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
                **cells,
            }
        )
        self.planted[lead_id, filter_id] += 1


@dataclass(frozen=True)
class Exports:
    """The two folders of files, and what distinguishes them."""

    clean: Path
    polluted: Path
    traffic: Traffic


def export(folder: Path, leads: int) -> Exports:
    """Writes both; they differ in `activities.csv` alone."""
    company = GrowingCompany(folder, leads=leads)
    clean = company.everything(folder / "clean")
    polluted = company.everything(folder / "polluted")
    visitors = _strangers()
    for where in (clean, polluted):
        _append(where / "leads.csv", visitors)
    traffic = _traffic(_read(clean / "leads.csv"), _read(clean / "activities.csv"))
    _append(polluted / "activities.csv", traffic.rows)
    return Exports(clean, polluted, traffic)


def _strangers() -> list[Row]:
    """Leads that are none: they stand in both exports, what they do in one of them."""
    return [
        {
            "lead_id": f"stranger-{number}",
            "email": f"someone{number}@{domain}",
            "company_domain": domain,
            "created_at": "2026-03-02T01:00:00Z",
            "updated_at": "2026-03-02T01:00:00Z",
            "source_channel": "direct",
        }
        for number, domain in enumerate((OURS, OURS, RIVAL))
    ]


def _traffic(leads: list[Row], activities: list[Row]) -> Traffic:
    traffic = Traffic()
    as_of = datetime.fromisoformat(END)
    known = {row["lead_id"]: row for row in leads}
    times: dict[str, list[datetime]] = defaultdict(list)
    mails: dict[str, tuple[Row, datetime]] = {}
    for row in activities:
        at = _instant(row["occurred_at"])
        lead = known.get(row["lead_id"])
        if at is None or at > as_of - timedelta(days=1) or lead is None:
            continue
        times[row["lead_id"]].append(at)
        is_customer = lead["company_domain"] not in (OURS, RIVAL) and not lead.get(
            "merged_into_lead_id"
        )
        if (
            row["activity_type"] == "email_sent"
            and is_customer
            and lead.get("is_deleted") != "true"
        ):
            mails[row["lead_id"]] = (row, at)
    chosen = sorted(mails)[:60]
    assert len(chosen) == 60, "enough leads to pollute"
    for number, lead_id in enumerate(chosen):
        mail, at = mails[lead_id]
        about = {"content_id": mail["content_id"], "channel": "email"}
        quiet = _quiet(times[lead_id], at)
        if number % 3 == 0:
            traffic.add(
                "scanner_click", lead_id, "email_click", at + timedelta(seconds=10), **about
            )
            traffic.add("prefetch_open", lead_id, "email_open", at, **about)
            traffic.add("prefetch_open", lead_id, "email_open", at + timedelta(seconds=5), **about)
        elif number % 3 == 1:
            for second in range(60):
                when = quiet + timedelta(seconds=second)
                traffic.add("visit_burst", lead_id, "key_page_view", when, channel="paid_social")
            for second in range(5):
                when = quiet + timedelta(hours=1, seconds=second)
                traffic.add("click_burst", lead_id, "email_click", when, channel="display")
        else:
            for minute in range(4):
                when = quiet + timedelta(minutes=minute)
                traffic.add("bot_visit", lead_id, "key_page_view", when, actor="ExampleBot/2.1")
            traffic.add("bot_click", lead_id, "email_click", quiet, actor="examplebot")
    for row in _strangers():
        reason = "internal" if row["company_domain"] == OURS else "competitor"
        for minute in range(5):
            when = datetime(2026, 9, 1, 3, minute, tzinfo=UTC)
            traffic.add(reason, row["lead_id"], "key_page_view", when, channel="display")
        traffic.add(reason, row["lead_id"], "demo_request", when, channel="display")
    return traffic


def _quiet(times: list[datetime], after: datetime) -> datetime:
    """An instant later than `after` with nothing else of the lead for two hours around it."""
    at = after + timedelta(hours=3)
    while any(abs(at + timedelta(hours=0.5) - other) < timedelta(hours=2) for other in times):
        at += timedelta(minutes=17)
    return at


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _append(path: Path, rows: list[Row]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="").writerows(_known(rows, columns))


def _known(rows: list[Row], columns: list[str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        assert set(row) <= set(columns), set(row) - set(columns)
        yield row
