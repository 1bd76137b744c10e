"""Two versions of the agreement set side by side by hand: the seed files read line by line, the leads counted one by one."""

from __future__ import annotations

import csv
import itertools
import statistics
from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import pytest

from leadloop.settings import PROJECT_ROOT
from tests.conftest import Built

_SEEDS = PROJECT_ROOT / "seeds" / "agreement"
_VERSIONS = ("v1", "v2", "v3")
_PAIRS = list(itertools.permutations(_VERSIONS, 2))
# what names a thing, what an empty cell means, and what is no rule but words about it
_THINGS: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "rule": ("scoring_rules", ("rule_id",), {"distinct_by": "event", "decay": "none"}),
    "criterion": (
        "stage_definitions",
        ("stage", "path", "criterion"),
        {"role": "enter", "min_count": "1", "distinct_by": "event"},
    ),
    "disqualifier": ("disqualifiers", ("disqualifier_id",), {}),
    "grade": ("score_grades", ("axis", "grade"), {}),
}
_WORDS = {"version", "label_ja", "label_en", "reason"}
_RENAMED = {"blocks_qualification": "is_blocking"}

Cells = dict[str, dict[str, str | None]]


def _number_or_text(cell: str) -> str:
    try:
        return f"{float(cell):g}"
    except ValueError:
        return cell


def _agreement(kind: str) -> dict[str, Cells]:
    """Version by version: every thing and what its cells say."""
    seed, key, empty_means = _THINGS[kind]
    found: dict[str, Cells] = defaultdict(dict)
    with (_SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            said: dict[str, str | None] = {
                _RENAMED.get(name, name): _number_or_text(cell or empty_means.get(name, "")) or None
                for name, cell in row.items()
                if name not in _WORDS | set(key)
            }
            if kind == "rule":
                said["axis"] = row["axis"]
            found[row["version"]][":".join(row[part] for part in key)] = said
    return found


def _changes() -> set[tuple[Any, ...]]:
    found: set[tuple[Any, ...]] = set()
    for kind in _THINGS:
        agreement = _agreement(kind)
        for old, new in _PAIRS:
            before, after = agreement[old], agreement[new]
            for thing in before.keys() - after.keys():
                found.add((old, new, kind, thing, "whole", "removed"))
            for thing in after.keys() - before.keys():
                found.add((old, new, kind, thing, "whole", "added"))
            for thing in before.keys() & after.keys():
                for name, was in before[thing].items():
                    will = after[thing][name]
                    if was != will:
                        found.add((old, new, kind, thing, name, "changed", was, will))
    return found


def test_the_differences_are_those_of_the_files(demo: Built) -> None:
    rows = demo.rows(
        "select from_version, to_version, thing_kind, thing_id, attribute, change_kind, old_value, "
        "new_value from marts.mart_version_changes where thing_kind <> 'scorecard'"
    )
    marts = {tuple(row) if row[5] == "changed" else tuple(row[:6]) for row in rows}
    assert len(marts) == len(rows)
    assert marts == _changes()
    # the shipped versions differ in a threshold and in caps
    assert (
        "v1",
        "v2",
        "criterion",
        "mql:score:total_score",
        "value",
        "changed",
        "40",
        "50",
    ) in marts
    assert ("v2", "v3", "rule", "newsletter_open", "cap_points", "changed", None, "5") in marts
    assert (
        demo.rows("select 1 from marts.mart_version_changes where thing_kind = 'scorecard'") == []
    )


@pytest.fixture(scope="module")
def leads(demo: Built) -> set[str]:
    """Everybody is scored by the versions for all: no shipped segment has one of its own."""
    rows = demo.rows("select lead_id, segment from marts.dim_leads")
    assert {segment for _, segment in rows} == {"all"}
    return {lead_id for lead_id, _ in rows}


@pytest.fixture(scope="module")
def qualified(demo: Built) -> dict[tuple[str, str], dict[str, list[tuple[datetime, str]]]]:
    """Version and stage: the episodes of every lead that meets the definition."""
    found: dict[tuple[str, str], dict[str, list[tuple[datetime, str]]]] = {}
    for version, stage in itertools.product(_VERSIONS, ("mql", "sql")):
        found[version, stage] = defaultdict(list)
    for version, stage, lead_id, at, path in demo.rows(
        "select scorecard_version, stage, lead_id, qualified_at, path "
        "from marts.fct_qualifications where basis = 'replay'"
    ):
        found[version, stage][lead_id].append((at, path))
    return found


@pytest.fixture(scope="module")
def outcomes(demo: Built) -> dict[str, set[str]]:
    """What happened to each lead in any of its lives."""
    found: dict[str, set[str]] = defaultdict(set)
    for lead_id, *instants in demo.rows(
        "select lead_id, sql_at, won_at, lost_at, returned_at from marts.fct_lead_journeys"
    ):
        names = ("sql", "won", "lost", "returned")
        found[lead_id] |= {name for name, at in zip(names, instants, strict=True) if at}
    for held in found.values():
        if "won" in held:
            held.discard("lost")
    return found


def _effects(demo: Built) -> dict[tuple[str, str], dict[str, tuple[float, float, float]]]:
    found: dict[tuple[str, str], dict[str, tuple[float, float, float]]] = defaultdict(dict)
    for old, new, measure, *values in demo.rows(
        "select from_version, to_version, measure, from_value, to_value, change_value "
        "from marts.mart_version_effects"
    ):
        found[old, new][measure] = tuple(values)
    assert set(found) == set(_PAIRS)
    return found


def _measures(
    version: str, demo: Built, leads: set[str], qualified: dict[Any, Any], threshold: float
) -> dict[str, float]:
    totals: dict[str, float] = dict.fromkeys(leads, 0.0)
    scored = set()
    # no shipped rule decays, so that a score is a plain sum
    for lead_id, points, decay in demo.rows(
        "select lead_id, points, decay from marts.fct_score_ledger where scorecard_version = ?",
        version,
    ):
        assert decay == "none"
        totals[lead_id] += points
        scored.add(lead_id)
    # every shipped version blocks students and one competitor
    blocked = demo.value(
        "select count(*) from marts.dim_leads inner join marts.dim_lead_contacts using (lead_id) "
        "where job_level = 'student' or lower(company_domain) = 'kagerou-kintai.example'"
    )
    percentiles = statistics.quantiles(totals.values(), n=100, method="inclusive")
    return {
        "leads": len(leads),
        "scored_leads": len(scored),
        "blocked_leads": blocked,
        "mql_score": threshold,
        "leads_at_mql_score": sum(round(t, 9) >= threshold for t in totals.values()),
        **{f"{stage}_leads": len(qualified[version, stage]) for stage in ("mql", "sql")},
        **{f"{s}s": sum(map(len, qualified[version, s].values())) for s in ("mql", "sql")},
        **{f"p{n}_score": percentiles[n - 1] for n in (25, 50, 75, 90)},
    }


def test_effects_agree_with_a_plain_count(
    demo: Built, leads: set[str], qualified: dict[Any, Any]
) -> None:
    thresholds = {"v1": 40, "v2": 50, "v3": 50}
    by_hand = {v: _measures(v, demo, leads, qualified, thresholds[v]) for v in _VERSIONS}
    for (old, new), measures in _effects(demo).items():
        assert measures.keys() == by_hand[old].keys()
        for measure, (was, will, change) in measures.items():
            expected = (by_hand[old][measure], by_hand[new][measure])
            assert (was, will) == pytest.approx(expected), (old, new, measure)
            assert change == pytest.approx(expected[1] - expected[0]), (old, new, measure)


def test_the_leads_that_move_are_those_of_one_version_only(
    demo: Built, qualified: dict[Any, Any], outcomes: dict[str, set[str]]
) -> None:
    expected = set()
    for old, new in _PAIRS:
        for movement, mine, other in (("dropped", old, new), ("gained", new, old)):
            for lead_id, episodes in qualified[mine, "mql"].items():
                if lead_id not in qualified[other, "mql"]:
                    held = outcomes[lead_id]
                    flags = tuple(o in held for o in ("sql", "won", "lost", "returned"))
                    expected.add(
                        (old, new, lead_id, movement, mine, *reversed(min(episodes)), *flags)
                    )
    rows = demo.rows(
        "select from_version, to_version, lead_id, movement, scorecard_version, path, qualified_at, "
        "is_sql, is_won, is_lost, is_returned from marts.mart_version_moves"
    )
    assert len(rows) == len(set(rows))
    assert set(rows) == expected
    assert {row[3] for row in rows} == {"gained", "dropped"}


def test_outcomes_agree_with_a_plain_count(
    demo: Built, qualified: dict[Any, Any], outcomes: dict[str, set[str]]
) -> None:
    expected = {}
    for old, new in _PAIRS:
        before, after = (set(qualified[v, "mql"]) for v in (old, new))
        groups = {
            "before": before,
            "after": after,
            "kept": before & after,
            "dropped": before - after,
            "gained": after - before,
        }
        for group, members in groups.items():
            counted = Counter(outcome for lead_id in members for outcome in outcomes[lead_id])
            for outcome in ("sql", "won", "lost", "returned"):
                expected[old, new, group, outcome] = (len(members), counted[outcome])
    marts = {
        tuple(key): tuple(counts)
        for *key, counts in (
            (a, b, g, o, (n, k))
            for a, b, g, o, n, k in demo.rows(
                "select from_version, to_version, lead_group, outcome, n, k "
                "from marts.mart_version_outcomes"
            )
        )
    }
    assert marts == expected


def test_who_falls_out_of_v2_sells_less_than_who_stays(demo: Built) -> None:
    """The demo company planted it: more points, more sales. The higher threshold drops those that buy less."""
    diff, low, high = demo.rows(
        "select diff_value, diff_low, diff_high from marts.mart_version_outcomes "
        "where from_version = 'v1' and to_version = 'v2' and lead_group = 'dropped' and outcome = 'won'"
    )[0]
    assert low < diff < high < 0
