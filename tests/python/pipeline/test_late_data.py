"""Two loads against one, a cut against an earlier as_of, and the same rows in another order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from leadloop.settings import Home
from tests.conftest import Built
from tests.python.pipeline.growing_company import CUT, END, GrowingCompany, Late
from tests.python.pipeline.pipeline_kit import (
    Builder,
    content,
    digest,
    first_difference,
    load_into,
    marts,
    write_tables,
)

# Where a row stood in a file is not part of what a build says about it.
_PLACES = {
    "quarantine": ("run_id", "file", "line"),
    "mart_data_warnings": ("run_id", "first_file", "first_line"),
    "fct_handoff_scores": ("run_id", "frozen_run_id"),
}
_FROZEN = (
    "fct_handoff_scores",
    "fct_lead_journeys",
    "fct_handoffs",
    "mart_score_outcomes",
)
# what a company of this size has none of; their own unit tests have
_EMPTY_HERE = ("fct_lead_statuses", "mart_calls_today")


@dataclass(frozen=True)
class Versions:
    """One company, built in five ways."""

    at_once: Built  # all files in one load
    at_once_seen_from_the_cut: Built  # the same data, as_of moved back
    first_load: Built  # only what was known at the cut, built as of the cut
    both_loads: Built  # the rest loaded on top, built as of the end
    shuffled: Built  # all files, rows in another order, one thread
    late: Late


@pytest.fixture(scope="module")
def versions(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Versions:
    root = tmp_path_factory.mktemp("late")
    company = GrowingCompany(root, leads=800)
    whole = Home(root / "whole")
    load_into(whole, company.everything(root / "everything"))
    at_once = builder(whole, as_of=END)
    seen_from_the_cut = builder(whole, as_of=CUT)
    late = _choose_late(seen_from_the_cut)

    grown = Home(root / "grown")
    load_into(grown, company.known_at_the_cut(root / "first", late))
    first_load = builder(grown, as_of=CUT)
    load_into(grown, company.arrived_after(root / "second", late))
    both_loads = builder(grown, as_of=END)

    mixed = Home(root / "mixed")
    load_into(mixed, company.everything(root / "shuffled", shuffled=True))
    shuffled = builder(mixed, as_of=END, threads=1)
    return Versions(at_once, seen_from_the_cut, first_load, both_loads, shuffled, late)


def _choose_late(seen: Built) -> Late:
    """A lead whose row comes late, and another one's scored activities after its hand-over."""
    rows = seen.rows(
        """
        select journeys.lead_id, list(distinct ledger.activity_id)
        from marts.fct_lead_journeys as journeys
        inner join marts.fct_score_ledger as ledger
            on journeys.lead_id = ledger.lead_id
            and ledger.occurred_at > journeys.handed_over_at
            and ledger.scorecard_version = 'v2'
            and ledger.points > 0
        where journeys.episode_no = 1 and ledger.activity_id is not null
        group by journeys.lead_id
        order by journeys.lead_id
        """
    )
    assert rows, "somebody goes on reading after the hand-over"
    of_lead, activities = rows[0]
    missing = seen.value(
        "select lead_id from marts.fct_lead_events where lead_id <> ? "
        "group by lead_id having count(*) >= 3 order by lead_id limit 1",
        of_lead,
    )
    handed_over = seen.rows(
        """
        select journeys.lead_id, list(distinct ledger.activity_id)
        from marts.fct_lead_journeys as journeys
        inner join marts.fct_handoff_scores as frozen
            on journeys.lead_id = frozen.lead_id and journeys.handed_over_at = frozen.handed_over_at
        inner join marts.fct_score_ledger as ledger
            on journeys.lead_id = ledger.lead_id
            and ledger.occurred_at < journeys.handed_over_at
            and ledger.scorecard_version = frozen.scorecard_version
            and ledger.points > 0
        where journeys.episode_no = 1 and ledger.activity_id is not null and journeys.lead_id not in (?, ?)
        group by journeys.lead_id
        order by journeys.lead_id
        """,
        of_lead,
        missing,
    )
    lead_id, before = handed_over[0]
    return Late(missing, tuple(sorted([*activities, *before])), of_lead, lead_id)


def _rows(built: Built, mart: str) -> list[tuple[Any, ...]]:
    return content(built, mart, _PLACES.get(mart, ("run_id",)))


def _but_for(lead_id: str, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    kept = [row for row in rows if lead_id not in row]
    assert len(kept) < len(rows)
    return kept


def test_nothing_is_lost_by_a_day_without_a_run(versions: Versions) -> None:
    """Two loads end where one load of everything does, in every mart."""
    for mart in marts(versions.at_once):
        if mart in ("mart_row_balance", "mart_data_warnings"):
            continue  # the second load reads changed deals again, and knows what came late
        once, twice = _rows(versions.at_once, mart), _rows(versions.both_loads, mart)
        if mart in _FROZEN:
            # the score that was frozen before its last activities arrived stays: the next test but two
            once, twice = (_but_for(versions.late.handed_over_lead_id, r) for r in (once, twice))
        if mart == "quarantine":
            # a broken deal that was read again was refused again
            once, twice = sorted(set(once), key=repr), sorted(set(twice), key=repr)
        assert once == twice, f"{mart}: {first_difference(once, twice)}"


def test_the_balance_is_exact_after_each_load(versions: Versions) -> None:
    query = (
        'select "table", read, loaded, quarantined, duplicates, merged, suppressed '
        "from marts.mart_row_balance"
    )
    for built in (versions.at_once, versions.first_load, versions.both_loads, versions.shuffled):
        for table, read, *parts in built.rows(query):
            assert read == sum(parts), table
    once = {table: figures for table, *figures in versions.at_once.rows(query)}
    for table, *figures in versions.both_loads.rows(query):
        read, loaded, quarantined, duplicates, merged, suppressed = (
            twice - first for twice, first in zip(figures, once[table], strict=True)
        )
        assert (loaded, merged, suppressed) == (0, 0, 0), table
        # only deals that were still open at the cut are written down twice
        assert (read > 0) == (table == "deals"), table
        assert read == quarantined + duplicates, table


def test_an_orphan_waits_and_joins_by_itself(versions: Versions) -> None:
    lead_id = versions.late.lead_id
    events = "select count(*) from marts.fct_lead_events where lead_id = ?"
    waiting = versions.at_once_seen_from_the_cut.value(events, lead_id)
    assert waiting >= 3
    assert versions.first_load.value(events, lead_id) == 0
    assert (
        versions.first_load.value("select count(*) from marts.dim_leads where lead_id = ?", lead_id)
        == 0
    )
    orphans = "select count(*) from marts.quarantine where rule = 'orphan_lead' and \"table\" = 'activities'"
    real_orphans = versions.at_once.value(orphans)
    assert versions.first_load.value(orphans) == real_orphans_at_the_cut(versions) + waiting
    assert versions.both_loads.value(orphans) == real_orphans
    assert versions.both_loads.value(events, lead_id) == versions.at_once.value(events, lead_id)


def real_orphans_at_the_cut(versions: Versions) -> int:
    """Activities of nobody are dirt of the files; some of them are dated after the cut."""
    at_once = versions.at_once.home.raw
    with versions.at_once.connect() as connection:
        row = connection.execute(
            "select count(distinct activity_id) from read_parquet(?) where occurred_at <= ? "
            "and lead_id not in (select lead_id from read_parquet(?))",
            [str(at_once / "activities/*.parquet"), CUT, str(at_once / "leads/*.parquet")],
        ).fetchone()
    assert row
    return int(row[0])


def test_a_late_activity_changes_the_score_and_not_the_one_at_hand_over(versions: Versions) -> None:
    """It happened after the hand-over and before the first build, and arrived after it."""
    of_lead = versions.late.of_lead_id
    score = "select total_score from marts.lead_scores where lead_id = ?"
    frozen = (
        "select handed_over_at, score_at_handoff from marts.fct_lead_journeys "
        "where lead_id = ? and episode_no = 1"
    )
    arrived = versions.both_loads.value(
        "select count(distinct activity_id) from marts.fct_lead_events "
        "where list_contains(?, activity_id)",
        list(versions.late.activity_ids),
    )
    assert arrived == len(versions.late.activity_ids)
    missing = versions.first_load.value(score, of_lead)
    complete = versions.at_once_seen_from_the_cut.value(score, of_lead)
    assert complete > missing, "as of the same instant, the late activities are worth points"
    assert versions.both_loads.value(score, of_lead) >= complete
    before = versions.first_load.rows(frozen, of_lead)
    assert before[0][0] is not None
    assert versions.both_loads.rows(frozen, of_lead) == before


def test_a_late_activity_from_before_the_hand_over_does_not_change_its_score(
    versions: Versions,
) -> None:
    """Sales saw a score; what arrives afterwards was not in it."""
    lead_id = versions.late.handed_over_lead_id
    frozen = (
        "select handed_over_at, scorecard_version, score, frozen_run_id "
        "from marts.fct_handoff_scores where lead_id = ? order by handed_over_at"
    )
    first = versions.first_load.rows(frozen, lead_id)
    assert first[0][3] == versions.first_load.run_id
    assert versions.both_loads.rows(frozen, lead_id)[: len(first)] == first
    at_once = versions.at_once.rows(frozen, lead_id)
    assert at_once[0][:2] == first[0][:2]
    assert at_once[0][2] > first[0][2], "had it arrived in time, it would have counted"
    in_journeys = versions.both_loads.value(
        "select score_at_handoff from marts.fct_lead_journeys where lead_id = ? and episode_no = 1",
        lead_id,
    )
    assert in_journeys == first[0][2]


@pytest.mark.parametrize(
    "mart",
    [
        "lead_scores",
        "lead_score_breakdown",
        "fct_score_ledger",
        "fct_lead_events",
        "fct_stage_entries",
        "fct_lead_journeys",
        "fct_touchpoints",
        "fct_attribution_credits",
    ],
)
def test_an_earlier_as_of_knows_nothing_of_what_came_later(versions: Versions, mart: str) -> None:
    """All the data seen from the cut says what the data of the cut says, to the last row.

    Without the leads whose data came late.
    """
    chosen = versions.late
    late = (chosen.lead_id, chosen.of_lead_id, chosen.handed_over_lead_id)
    # Markov and Shapley learn from every lead's way, so also from those whose data came late
    fitted = "and model not in ('markov', 'shapley')" if mart == "fct_attribution_credits" else ""
    query = (
        f"select * exclude (run_id) from marts.{mart} "
        f"where (lead_id is null or lead_id not in (?, ?, ?)) {fitted} order by all"
    )
    moved = versions.at_once_seen_from_the_cut.rows(query, *late)
    cut = versions.first_load.rows(query, *late)
    assert len(cut) > 10
    assert moved == cut, first_difference(moved, cut)


def test_the_same_rows_in_another_order_give_the_same_marts(versions: Versions) -> None:
    """And with one thread instead of two."""
    for mart in marts(versions.at_once):
        straight, mixed = _rows(versions.at_once, mart), _rows(versions.shuffled, mart)
        assert digest(straight) == digest(mixed), f"{mart}: {first_difference(straight, mixed)}"


def test_these_comparisons_are_about_something(versions: Versions) -> None:
    """Every mart has rows, and the cut makes a difference."""
    for mart in marts(versions.at_once):
        rows = versions.at_once.value(f"select count(*) from marts.{mart}")
        assert (rows == 0) == (mart in _EMPTY_HERE), f"{mart}: {rows} rows"
    for mart in ("lead_scores", "fct_stage_entries", "fct_score_ledger", "fct_lead_journeys"):
        assert _rows(versions.at_once, mart) != _rows(versions.at_once_seen_from_the_cut, mart), (
            mart
        )
    for stage in ("sql", "opportunity", "won", "lost"):
        found = versions.first_load.value(
            "select count(*) from marts.fct_stage_entries where stage = ?", stage
        )
        assert found > 0, stage


def test_the_next_export_keeps_the_name_and_the_lines_of_the_last(
    builder: Builder, tmp_path: Path
) -> None:
    """A tool writes leads.csv anew every day: a row has the place of its own older copy."""

    def export(title: str, updated_at: str, visits: int) -> Path:
        leads = [
            {"lead_id": "A", "job_title": title, "updated_at": updated_at},
            {"lead_id": "B", "job_title": "staff", "updated_at": "2026-01-01T00:00:00Z"},
        ]
        return write_tables(
            tmp_path / "export",
            leads=[{**lead, "created_at": "2026-01-01T00:00:00Z"} for lead in leads],
            activities=[
                {
                    "activity_id": f"V{day}",
                    "lead_id": "A",
                    "activity_type": "page_view",
                    "occurred_at": f"2026-02-0{day}T00:00:00Z",
                }
                for day in range(1, visits + 1)
            ],
            deals=[{"deal_id": "D", "lead_id": "B", "created_at": "2026-02-01T00:00:00Z"}],
        )

    home = Home(tmp_path / "home")
    load_into(home, export("staff", "2026-01-01T00:00:00Z", 2), at="2026-03-01T00:00:00Z")
    load_into(home, export("部長", "2026-03-01T12:00:00Z", 3), at="2026-03-02T00:00:00Z")
    built = builder(home, as_of="2026-03-03T00:00:00Z")

    assert built.rows("select lead_id, job_level from marts.dim_leads order by lead_id") == [
        ("A", "director"),
        ("B", "staff"),
    ]
    assert built.value("select count(*) from marts.fct_lead_events") == 3
    balance = built.rows(
        'select "table", read, loaded, duplicates from marts.mart_row_balance '
        "where read > 0 order by 1"
    )
    assert balance == [("activities", 5, 3, 2), ("deals", 1, 1, 0), ("leads", 4, 2, 2)]
