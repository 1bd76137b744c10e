"""One small company with every fault of meaning, loaded and built twice: the faults that need two runs are the second's.

Ids begin with the id of the fault in reliability.md section 3. Times are UTC unless they say otherwise; the company's
days are Japan's. Under the shipped agreement (v2) a price deck makes an MQL and a demo request an SQL.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from leadloop.publish.build import Options, Project, build
from leadloop.publish.dbt_run import DbtCall, DbtOutcome, OnNode, run_dbt
from leadloop.publish.versions import resolve
from leadloop.settings import PROJECT_ROOT, Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import environment, load_into, write_tables

Row = dict[str, Any]

FIRST_LOAD = "2026-10-01T00:00:00Z"
SECOND_LOAD = "2026-10-31T00:00:00Z"
CREATED = "2026-06-01T00:00:00Z"

# text: the number it means, or None where it is refused
NUMBERS: dict[str, int | None] = {
    "1000": 1000,
    "1,000": 1000,
    "¥1,000": 1000,
    "￥1,000": 1000,
    "\\1,000": 1000,  # the yen sign of CP932
    "¥ 1,000": 1000,
    "１０００": 1000,
    "１，０００円": 1000,
    "1,000人": 1000,
    "300名": 300,
    " 1000 ": 1000,
    "00100": 100,
    "+5": 5,
    "1000.0": 1000,
    "1,234,567": 1234567,
    "(1,000)": None,
    "1.000,00": None,
    "1,5": None,
    "10,00": None,
    "1e5": None,
    "1E+05": None,
    "NaN": None,
    "inf": None,
    "-Infinity": None,
    "1e400": None,
    "100万円": None,
    "約300": None,
    "1 000": None,
    "0x10": None,
    "1_000": None,
    "5%": None,
    "1円2": None,
    "1000000000000000": None,
}
# text: the instant in UTC, or None where it is refused
TIMES: dict[str, str | None] = {
    "2026-09-01": "2026-08-31 15:00",
    "2026/9/1": "2026-08-31 15:00",
    "2026/9/1 9:05": "2026-09-01 00:05",
    "2026年9月1日": "2026-08-31 15:00",
    "2026年9月1日 9時5分": "2026-09-01 00:05",
    "2026.9.1": "2026-08-31 15:00",
    "２０２６／０９／０１": "2026-08-31 15:00",
    "令和8年9月1日": "2026-08-31 15:00",
    "令和８年９月１日 １０時３０分": "2026-09-01 01:30",
    "R8.9.1": "2026-08-31 15:00",
    "令和元年5月1日": "2019-04-30 15:00",
    "平成31年4月30日": "2019-04-29 15:00",
    "H31/4/30": "2019-04-29 15:00",
    "平成31年5月1日": None,  # Reiwa by then
    "平成32年1月1日": None,
    "令和元年4月30日": None,  # still Heisei
    "令和8年2月29日": None,
    "2026/2/30": None,
    "2026/13/1": None,
    "11/01/2026": None,
    "46327": None,
    "25:00": None,
    "2026/9/1 25:00": None,
    "昨日": None,
}
SENTINELS = ("1900-01-01", "1970-01-01T00:00:00Z", "9999-12-31")
WRONG_TYPES = {
    "employee_count": ("たくさん", "not_a_number"),
    "updated_at": ("きのう", "not_a_time"),
    "is_opted_out": ("たぶん", "not_yes_or_no"),
}


def lead(name: str, **more: Any) -> Row:
    """A lead worth no point."""
    return {
        "lead_id": name,
        "created_at": CREATED,
        "source_channel": "organic_search",
        "company_domain": "corp.example",
        **more,
    }


def did(lead_id: str, kind: str, at: str, **more: Any) -> Row:
    return {"lead_id": lead_id, "activity_type": kind, "occurred_at": at, **more}


def deck(lead_id: str, at: str) -> Row:
    """The document that makes an MQL."""
    return did(lead_id, "doc_download", at, content_type="price_deck")


def won(deal_id: str, lead_id: str | None, amount: Any, **more: Any) -> Row:
    return {
        "deal_id": deal_id,
        "lead_id": lead_id or "",
        "amount": amount,
        "stage": "受注",
        "is_closed": "true",
        "is_won": "true",
        "created_at": "2026-07-01T00:00:00Z",
        "closed_at": "2026-08-01T00:00:00Z",
        **more,
    }


def first_files() -> dict[str, Sequence[Row]]:
    """What the first load brings."""
    return {
        "leads": [*_typed_leads(), *_leads()],
        "activities": _numbered("A", _activities()),
        "deals": _deals(),
        "deal_contacts": [
            {"deal_id": "b08-two", "lead_id": "b08-first", "role": "user"},
            {"deal_id": "b08-two", "lead_id": "b08-second", "role": "decision_maker"},
        ],
        "stage_changes": _stage_changes(),
        "marketing_costs": _costs(),
    }


def second_files() -> dict[str, Sequence[Row]]:
    """What the second load brings: the next export of some rows, and what came late."""
    return {
        "leads": [
            lead("b06", is_deleted="false", updated_at="2026-10-10T00:00:00Z"),
            lead("b07", created_at="2026-06-01T00:00:00Z", updated_at="2026-10-20T00:00:00Z"),
        ],
        "activities": [
            {
                "activity_id": "b17-late",
                # before the hand-over of 10 September, and 72 days before it arrives
                **did("b17", "key_page_view", "2026-08-20T00:00:00Z"),
            },
            {"activity_id": "b17-new", **did("b17", "email_open", "2026-10-20T00:00:00Z")},
        ],
        "deals": [
            won(
                "b19",
                "b19",
                400_000,
                stage="失注",
                is_won="false",
                closed_at="2026-10-15T00:00:00Z",
                updated_at="2026-10-15T00:00:00Z",
            )
        ],
    }


def _typed_leads() -> list[Row]:
    numbers = [lead(f"a30-{n}", employee_count=text) for n, text in enumerate(NUMBERS)]
    times = [lead(f"a31-{n}", created_at=text) for n, text in enumerate(TIMES)]
    wrong = [lead(f"a29-{column}", **{column: text}) for column, (text, _) in WRONG_TYPES.items()]
    sentinels = [lead(f"b11-{n}", created_at=text) for n, text in enumerate(SENTINELS)]
    return [*numbers, *times, *wrong, *sentinels]


def _leads() -> list[Row]:
    old, new = "2026-06-02T00:00:00Z", "2026-07-01T00:00:00Z"
    return [
        *[lead("b01", job_title="部長", updated_at=new)] * 2,
        lead("b02-newer-first", job_title="部長", updated_at=new),
        lead("b02-newer-first", job_title="担当", updated_at=old),
        lead("b02-newer-last", job_title="担当", updated_at=old),
        lead("b02-newer-last", job_title="部長", updated_at=new),
        lead("b02-tie", job_title="担当", updated_at=new),
        lead("b02-tie", job_title="部長", updated_at=new),
        lead("b03-one", email="Same@corp.example"),
        lead("b03-two", email="same@corp.example"),
        lead("b04-a", merged_into_lead_id="b04-b"),
        lead("b04-b", merged_into_lead_id="b04-c"),
        lead("b04-c"),
        lead("b04-x", merged_into_lead_id="b04-y"),
        lead("b04-y", merged_into_lead_id="b04-x"),
        lead("b05", is_deleted="true"),
        lead("b06", is_deleted="true", updated_at="2026-09-01T00:00:00Z"),
        lead("b08-first", source_channel="webinar"),
        lead("b08-second", source_channel="exhibition"),
        lead("b09-order"),
        lead("b09-deal"),
        lead("b10"),
        lead("b12"),
        lead("b13"),
        lead("b14-offset", created_at="2026-09-01T00:30:00+09:00", source_channel="partner"),
        lead("b14-naive", created_at="2026-09-01 00:30:00", source_channel="partner"),
        lead("b14-utc", created_at="2026-08-31T15:30:00Z", source_channel="partner"),
        lead("b16-burst"),
        lead("b16-clicks"),
        lead("b16-internal", company_domain="soranoha.example"),
        lead("b17", job_title="部長", industry="製造業", employee_count="100"),
        lead("b18", job_title="仙人", industry="霞をたべる業"),
        lead("b19"),
    ]


def _activities() -> list[Row]:
    burst = [
        did(
            "b16-burst", "page_view", f"2026-07-01T00:00:{n % 60:02}Z", url=f"https://x.example/{n}"
        )
        for n in range(60)
    ]
    return [
        deck("b04-a", "2026-06-10T00:00:00Z"),
        deck("b05", "2026-06-10T00:00:00Z"),
        deck("b07", "2026-06-10T00:00:00Z"),  # its lead comes with the second load
        did("b09-order", "demo_request", "2026-06-10T00:00:00Z"),  # an SQL before the MQL
        deck("b09-order", "2026-06-20T00:00:00Z"),
        did("b10", "email_open", "2026-10-01T00:14:59Z"),  # a clock that is fast
        did("b10", "email_open", "2026-10-01T00:15:01Z"),
        *burst,
        did("b16-clicks", "email_sent", "2026-07-01T00:00:00Z"),
        did("b16-clicks", "email_click", "2026-07-01T00:00:02Z"),
        did("b16-clicks", "email_click", "2026-07-01T06:00:00Z"),
        did("b16-internal", "key_page_view", "2026-07-01T00:00:00Z"),
        did("b17", "case_study_download", "2026-09-01T00:00:00Z"),
        did("b17", "handoff_assigned", "2026-09-10T00:00:00Z"),
        did("b18", "teleport", "2026-07-01T00:00:00Z"),
        deck("b18", "2026-07-02T00:00:00Z"),
        did("b18", "handoff_assigned", "2026-07-03T00:00:00Z"),
        did("b18", "returned", "2026-07-04T00:00:00Z", answer="占いの結果"),
    ]


def _deals() -> list[Row]:
    return [
        won("b08-orphan", "b08-nobody", 1_000),
        won("b08-two", "b08-first", 300_000),
        # closed before it was created
        won(
            "b09",
            "b09-deal",
            100_000,
            created_at="2026-07-10T00:00:00Z",
            closed_at="2026-07-01T00:00:00Z",
        ),
        won("b11", None, 1_000, closed_at="9999-12-31"),
        won("b12-negative", "b12", -1),
        won("b12-zero", "b12", 0),
        won("b12-huge", "b12", 10**15),
        won("b13-usd", "b13", 1_000, currency="usd"),
        won("b13-jpy", "b13", 1_000),
        won("b13-unknown", "b13", 1_000, currency="XXX"),
        won("b13-no-rate", "b13", 1_000, currency="USD", closed_at="1995-06-01T00:00:00Z"),
        won("b19", "b19", 400_000, updated_at="2026-08-01T00:00:00Z"),
    ]


def _stage_changes() -> list[Row]:
    return [
        {
            "entity": "lead",
            "entity_id": "b18",
            "to_status": "悟り",
            "changed_at": "2026-07-05T00:00:00Z",
        }
    ]


def _costs() -> list[Row]:
    def cost(cost_id: str, channel: str, amount: Any, starts_on: str = "2026-06-01") -> Row:
        return {"cost_id": cost_id, "channel": channel, "amount": amount, "starts_on": starts_on}

    return [
        *[cost("b21-twice", "webinar", 50_000)] * 2,
        cost("b21-negative", "exhibition", -5_000),
        cost("b21-text", "exhibition", "要確認"),
        cost("b21-sentinel", "exhibition", 5_000, "1900-01-01"),
    ]


def _numbered(prefix: str, rows: Sequence[Row]) -> list[Row]:
    return [{"activity_id": f"{prefix}{n:03}", **row} for n, row in enumerate(rows)]


def write_agreement(folder: Path) -> Path:
    """The shipped targets without those of won deals, and one for a channel by which nobody comes (B22)."""
    folder.mkdir(parents=True)
    shipped = (PROJECT_ROOT / "seeds/agreement/targets.csv").read_text("utf-8").splitlines()
    kept = [line for line in shipped if not line.startswith("won,")]
    pigeon = "leads,channel,carrier_pigeon,2000-01-01,,5,"
    (folder / "targets.csv").write_text("\n".join([*kept, pigeon]) + "\n", "utf-8")
    return folder


class Company:
    """The company after its first load, and after its second."""

    def __init__(self, root: Path) -> None:
        self._agreement = write_agreement(root / "agreement")
        self.home = Home(root / "home")
        load_into(self.home, write_tables(root / "first", **first_files()), at=FIRST_LOAD)
        first = self._build(FIRST_LOAD)
        # retention or a later build must not take away what a test reads
        kept = root / "first.duckdb"
        shutil.copyfile(first.warehouse, kept)
        self.first = replace(first, warehouse=kept)
        load_into(self.home, write_tables(root / "second", **second_files()), at=SECOND_LOAD)
        self.second = self._build(SECOND_LOAD)

    def _build(self, as_of: str) -> Built:
        options = Options(as_of=as_of, force=True, agreement=self._agreement)
        with environment(LEADLOOP_NOW=as_of):
            manifest = build(self.home, options, Project(run_dbt=_without_tests))
        return Built(self.home, manifest.run_id, resolve(self.home, manifest.run_id).path, {})


def _without_tests(call: DbtCall, on_node: OnNode) -> DbtOutcome:
    return run_dbt(replace(call, excluded=("test", "unit_test")), on_node)


def refused(built: Built, table: str, line: int) -> tuple[str, str, str] | None:
    """Rule, column and masked value of a line in quarantine."""
    return _refusals(built.warehouse, table).get(line)


@cache
def _refusals(warehouse: Path, table: str) -> dict[int, tuple[str, str, str]]:
    """Every refused line of a table in a published file, which never changes."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            'select line, rule, "column", value from marts.quarantine where "table" = ?', [table]
        ).fetchall()
    found = {line: (rule, column, value) for line, rule, column, value in rows}
    assert len(found) == len(rows), "a line is refused once"
    return found


def line_of(table: str, key: str, value: str) -> int:
    """The line of the first row of the first load with this value: the header is line 1."""
    rows = first_files()[table]
    return next(n for n, row in enumerate(rows, start=2) if row.get(key) == value)


def warned(built: Built, rule: str) -> dict[str, int]:
    """Rows by table of a warning that has words in both languages."""
    rows = built.rows(
        'select "table", row_count, message_ja, message_en from marts.mart_data_warnings where rule = ?',
        rule,
    )
    assert all(ja and en and ja != en for _, _, ja, en in rows)
    return {table: count for table, count, _, _ in rows}


def balance(built: Built, table: str) -> dict[str, int]:
    """The account of a raw table; it is exact."""
    names = ("read", "loaded", "quarantined", "duplicates", "merged", "suppressed")
    columns = ", ".join(names)
    ((read, *parts),) = built.rows(
        f'select {columns} from marts.mart_row_balance where "table" = ?', table
    )
    assert read == sum(parts)
    return dict(zip(names, (read, *parts), strict=True))
