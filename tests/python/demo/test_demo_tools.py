"""The demo company as exports of HubSpot, Salesforce and BowNow: its marts are the plain demo's.

What may differ is the whole of `DIFFERENCES`, each with its reason; everything else is compared
mart by mart, row by row. Ids are the tools' own, and are written back to the plain ones by the
number in them; `dim_lead_contacts` among the marts proves that number by name and address.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from leadloop.cli import cli
from leadloop.demo import demo_company, generate
from leadloop.demo.forms import SUPPORTED, folders, generate_tools, parse_tools
from leadloop.errors import UsageError
from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.pipeline_kit import Builder, load_into, marts

LEADS = 1_500
TOOLS = ("hubspot", "salesforce", "bownow")

# who the row is: the tools count files, lines and sources of their own
_OTHER_SOURCES = "its rows are about files and tables of a source"
_DAY = "CloseDate of Salesforce is a day: a deal is decided at its midnight, not at its minute"
_USER = "OwnerId of Salesforce is the id of a user, not the name in the plain files"
_MAIL = "an event of HubSpot's mail has the mail's name for its campaign, and no kind of content"
_FORM = "a form of HubSpot says no channel, campaign and kind of content"
_CALL = "a meeting of Salesforce is called by its subject"

DIFFERENCES: dict[str, tuple[set[str], str]] = {
    "dim_leads": ({"lead_key", "owner_id"}, f"the key is made of the id; {_USER}"),
    "fct_attribution_credits": ({"campaign", "closed_at"}, f"{_MAIL}; {_DAY}"),
    "fct_lead_events": (
        {"content_name", "content_type", "channel", "campaign"},
        f"{_MAIL}; {_FORM}; {_CALL}",
    ),
    "fct_lead_journeys": ({"owner_id", "won_at", "lost_at"}, f"{_USER}; {_DAY}"),
    "fct_stage_entries": ({"entered_at", "exited_at", "days_in_stage"}, _DAY),
    "fct_touchpoints": ({"campaign"}, _MAIL),
    "lead_priorities": ({"owner_id", "owner_rank"}, _USER),
    "mart_cohort_progress": ({"k", "rate", "ci_low", "ci_high"}, f"by age in days: {_DAY}"),
    "mart_conversions": ({"median_days", "p75_days", "p90_days"}, _DAY),
    "mart_conversion_windows": (
        {"rate", "ci_low", "ci_high", "median_days", "p75_days", "p90_days"},
        f"an estimate by whole days: {_DAY}",
    ),
    "fct_deal_phase_updates": ({"owner_id", "team", "done_at"}, f"{_USER}; {_DAY}"),
    "fct_returns": ({"won_again_at"}, _DAY),
    "mart_content_outcomes": ({"content_type"}, f"{_MAIL}; {_FORM}"),
    "mart_score_outcomes": ({"outcome_id"}, "it is made of the id"),
    "mart_kpis": ({"days_to_mature"}, f"by the median time to a win: {_DAY}"),
    "mart_kpi_windows": ({"days_to_mature"}, f"by the median time to a win: {_DAY}"),
    # a run's own name, until the hand-over is frozen by a later run
    "fct_handoff_scores": ({"frozen_run_id"}, "it names the run"),
    "quarantine": ({"source", "table", "file", "line", "value"}, _OTHER_SOURCES),
}
# one person is several ids here, and a warning or a balance is a row a source
OTHER_ROWS = {
    "lead_identities": "an id a source: three tools know one person",
    "mart_data_warnings": _OTHER_SOURCES,
    "mart_row_balance": _OTHER_SOURCES,
    "mart_source_freshness": _OTHER_SOURCES,
    "mart_campaign_roi": _MAIL,
}

_KINDS = ("L", "LM", "LN", "LO", "LD", "LB", "LX", "D", "DN", "DB", "A", "C", "AC")
_WIDTHS = {"D": 7, "DN": 7, "DB": 7, "A": 9, "C": 5}
_OF_TOOL = re.compile(
    r"(?P<before>(?:(?:source|unattributed):)?)(?:hubspot|salesforce)(?::[a-z]+)?:"
    r"(?:[0-9A-Z]{3}5i(?P<salesforce>\d{10})[A-Z]{3}|(?P<hubspot>\d{9,10})|(?P<plain>A\d{9}))"
)


def plainly(value: Any) -> Any:
    """A tool's id as the plain demo writes it, a share without its last bits; all else as it is."""
    if isinstance(value, float):
        return round(value, 9)
    found = _OF_TOOL.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    if found["plain"]:
        return found["plain"]
    number = int(found["salesforce"] or found["hubspot"])
    kind = _KINDS[number // 100_000_000 - 1]
    return f"{found['before']}{kind}{number % 100_000_000:0{_WIDTHS.get(kind, 8)}d}"


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tool_exports")
    generate_tools(out, TOOLS, leads=LEADS)
    return out


@pytest.fixture(scope="module")
def both(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """The plain company, and the same one by its tools."""
    root = tmp_path_factory.mktemp("demo_forms")
    builder = Builder(root)
    generate(root / "plain", leads=LEADS)
    plain, tools = Home(root / "plain_home"), Home(root / "tool_home")
    load_into(plain, root / "plain", "demo")
    tools.root.mkdir()
    tools.company_file.write_text(demo_company().model_dump_json(), "utf-8")
    for name in folders(TOOLS):
        load_into(tools, exports / name, name)
    return builder(plain), builder(tools)


def rows_without(built: Built, mart: str, without: set[str]) -> Counter[str]:
    dropped = ", ".join(f'"{name}"' for name in sorted({*without, "run_id"}))
    columns = {row[0] for row in built.rows(f"describe marts.{mart}")}
    # who owns a lead is another user in Salesforce, and so is the team
    kept = "where dimension not in ('owner_id', 'team')" if "dimension" in columns else ""
    found = built.rows(f"select * exclude ({dropped}) from marts.{mart} {kept}")
    return Counter(str([plainly(v) for v in row]) for row in found)


def test_the_marts_are_those_of_the_plain_demo(both: tuple[Built, Built]) -> None:
    plain, tools = both
    compared = 0
    for mart in marts(plain):
        if mart in OTHER_ROWS:
            continue
        allowed, reason = DIFFERENCES.get(mart, (set(), ""))
        ours, theirs = (rows_without(b, mart, allowed) for b in (plain, tools))
        assert ours == theirs, f"{mart}: {list(ours - theirs)[:2]} / {list(theirs - ours)[:2]}"
        assert bool(allowed) == bool(reason)
        compared += len(ours)
    assert compared > 50_000


def test_no_difference_is_allowed_that_is_none(both: tuple[Built, Built]) -> None:
    """A reason that holds no more is to be struck out."""
    plain, tools = both
    the_same = []
    for mart, (allowed, _) in DIFFERENCES.items():
        for column in allowed:
            others = {c for (c,) in plain.rows(
                "select column_name from duckdb_columns() where table_name = ?", mart
            )} - {column}  # fmt: skip
            ours, theirs = (rows_without(b, mart, others) for b in (plain, tools))
            the_same += [f"{mart}.{column}"] if ours == theirs else []
    assert the_same == []


def test_people_deals_and_money_are_the_same(both: tuple[Built, Built]) -> None:
    """The figures of the meeting, said once more by hand."""
    plain, tools = both
    for question in (
        "select count(*) from marts.dim_leads",
        "select count(mql_at), count(sql_at), sum(epoch(mql_at)), sum(epoch(sql_at)) "
        "from marts.fct_lead_journeys",
        "select sum(revenue_booked), sum(revenue_attributed) from marts.mart_roi_reconciliation",
        "select sum(cost), sum(revenue) from marts.mart_channel_roi_windows",
    ):
        assert plain.rows(question) == tools.rows(question), question
    # days of wins and losses, where the minute cannot be known
    for end in ("won_at", "lost_at"):
        days = (
            f"select lead_id, episode_no, cast({end} + interval 9 hour as date) "
            f"from marts.fct_lead_journeys where {end} is not null"
        )
        ours, theirs = (Counter(tuple(map(plainly, row)) for row in b.rows(days)) for b in both)
        assert ours == theirs
        assert ours


def test_three_tools_know_one_person(both: tuple[Built, Built]) -> None:
    _, tools = both
    links = dict(
        tools.rows(
            "select source || ' ' || link_reason, count(*) from marts.lead_identities group by all"
        )
    )
    people = tools.value("select count(*) from marts.dim_leads")
    # who sales has worked with is Salesforce's, everybody else HubSpot's; BowNow's join by address
    assert links["salesforce self"] + links["hubspot self"] == people
    assert links["hubspot email"] == links["salesforce self"]
    assert links["bownow email"] > 1_000
    assert "bownow self" not in links


def test_every_tool_carries_its_part(both: tuple[Built, Built]) -> None:
    """Rows read a source, none lost; and the rest is what no tool has a table for."""
    plain, tools = both
    read = (
        "select source, sum(read), sum(loaded + quarantined + duplicates + merged + suppressed) "
        "from marts.mart_row_balance group by source"
    )
    sums = {source: (number, fates) for source, number, fates in tools.rows(read)}
    assert set(sums) == {*TOOLS, "canonical"}
    assert all(number == fates > 500 for number, fates in sums.values())
    activities = 'select sum(read) from marts.mart_row_balance where "table" in ({})'
    of_tools = tools.value(
        activities.format(
            "'hubspot__email_event', 'hubspot__contact_form_submission', 'salesforce__task', "
            "'salesforce__event', 'activities'"
        )
    )
    assert of_tools == plain.value(activities.format("'activities'"))


@pytest.mark.parametrize("tools", [("hubspot",), ("salesforce",), ("bownow",), TOOLS])
def test_no_row_is_written_twice_or_not_at_all(tools: tuple[str, ...], tmp_path: Path) -> None:
    """Activities and deals of the plain files, shared out among the tools."""
    truth = generate_tools(tmp_path, tools, leads=200).truth["rows"]

    def rows(*names: str) -> int:
        total = 0
        for name in names:
            for path in tmp_path.glob(f"*/{name}.csv"):
                with path.open(encoding="utf-8", newline="") as file:
                    total += sum(1 for _ in csv.reader(file)) - 1
        return total

    assert truth["activities"] == rows(
        "activities", "email_event", "contact_form_submission", "engagement", "Task", "Event"
    )
    assert truth["deals"] == rows("deals", "deal", "Opportunity")
    assert truth["deal_contacts"] == rows("deal_contacts", "deal_contact", "OpportunityContactRole")
    assert truth["marketing_costs"] == rows("marketing_costs", "Campaign")


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first = generate_tools(tmp_path / "a", TOOLS, leads=150)
    second = generate_tools(tmp_path / "b", TOOLS, leads=150)
    assert len(first.files) > 15
    for ours, theirs in zip(first.files, second.files, strict=True):
        assert ours.read_bytes() == theirs.read_bytes(), ours.name


def test_bownow_is_downloaded_as_the_tool_writes_it(exports: Path) -> None:
    text = (exports / "bownow" / "lead.csv").read_bytes().decode("cp932")
    lines = text.split("\r\n")
    assert "メールアドレス" in lines[2]
    assert "メールアドレス" not in lines[0] + lines[1]
    assert "髙橋" in text or "山﨑" in text


def test_an_unknown_tool_is_refused_with_those_that_can_be_written() -> None:
    with pytest.raises(UsageError) as refused:
        parse_tools("hubspot,kintone")
    assert "kintone" in str(refused.value)
    assert ", ".join(SUPPORTED) in refused.value.next_step["en"]
    assert parse_tools(" bownow ,HubSpot") == ("hubspot", "bownow")


def test_one_home_holds_the_demo_in_one_form(tmp_path: Path) -> None:
    """The same company twice would be twice as many people."""
    generate_tools(tmp_path / "demo" / "exports", ("hubspot",), leads=150)
    answer = CliRunner().invoke(cli, ["demo", "--no-serve", "--home", str(tmp_path)])
    assert isinstance(answer.exception, UsageError)
    assert "hubspot" in str(answer.exception)
    assert not (tmp_path / "raw").exists()
