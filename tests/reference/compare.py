"""What the marts say against what the reference says, and a small reproduction of where they differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.reference.scorer import Scorer, ScorerType
from tests.reference.trial import AS_OF, Built, Trial

_TOLERANCE = 1e-9
_NEVER = datetime.max.replace(tzinfo=UTC)

# what is left of the points of each lead and version at an instant, by axis; the formulas of docs/rules.md
_SCORES_AT = """
    with ages as (
        select *, (epoch_us($at) - epoch_us(occurred_at)) / 86400000000.0::double / decay_days as age
        from marts.fct_score_ledger
        where occurred_at <= $at
    ), left_over as (
        select *, points * case decay
            when 'half_life' then pow(0.5, age)
            when 'linear' then greatest(0, 1 - age)
            when 'step' then (age < 1)::int
            else 1 end as points_left
        from ages
    )
    select lead_id, scorecard_version, sum(points_left) filter (axis = 'fit'),
        sum(points_left) filter (axis = 'engagement'), sum(points_left), sum(points_lost_to_cap)
    from left_over group by all
"""


@dataclass(frozen=True)
class Difference:
    """One thing about a lead under a version that the two do not agree on."""

    what: str
    lead_id: str
    version: str
    marts: Any
    reference: Any

    @property
    def place(self) -> tuple[str, str]:
        return self.lead_id, self.version


Found = dict[tuple[str, str, str], tuple[Any, ...]]


def of_the_marts(built: Built, instants: Iterable[datetime], until: datetime = _NEVER) -> Found:
    """Everything that is compared, by what it is, lead and version; `until` leaves out what came later."""
    found: Found = {}
    last = until.replace(tzinfo=None)
    for lead, version, rule, activity, at, axis, points, lost in built.rows(
        "select lead_id, scorecard_version, rule_id, activity_id, occurred_at, axis, points, points_lost_to_cap "
        "from marts.fct_score_ledger where occurred_at <= ?",
        last,
    ):
        key = (f"points of {rule} for {activity or 'the lead'}", lead, version)
        assert key not in found, f"{key} is in the ledger twice"
        found[key] = (at.replace(tzinfo=UTC), axis, points, lost)
    for at in instants:
        rows = built.rows(_SCORES_AT.replace("$at", f"timestamp '{at:%Y-%m-%d %H:%M:%S}'"))
        for lead, version, *values in rows:
            found[f"score at {at}", lead, version] = tuple(v or 0.0 for v in values)
    for basis, lead, version, stage, episode, path, at in built.rows(
        "select basis, lead_id, scorecard_version, stage, episode_no, path, qualified_at "
        "from marts.fct_qualifications where qualified_at <= ?",
        last,
    ):
        found[_qualified(basis, stage, episode), lead, version] = (at.replace(tzinfo=UTC), path)
    return found


def current_scores(built: Built) -> Found:
    """The mart of current scores: the version in force at as_of."""
    return {
        ("current score", lead, version): tuple(values)
        for lead, version, *values in built.rows(
            "select lead_id, scorecard_version, fit_score, engagement_score, total_score, "
            "max_possible_score from marts.lead_scores"
        )
    }


def of_the_reference(
    trial: Trial,
    instants: Iterable[datetime],
    scorer: ScorerType = Scorer,
    versions: Iterable[str] | None = None,
) -> Found:
    """The same, worked out event by event."""
    moments = list(instants)
    found: Found = {}
    for lead, version, one in trial.scorers(scorer, versions):
        for given in one.ledger():
            firing = given.firing
            who = firing.activity_id or "the lead"
            key = (f"points of {firing.rule['rule_id']} for {who}", lead, version)
            found[key] = (firing.at, firing.rule["axis"], float(given.points), float(given.lost))
        for at in moments:
            if any(g.firing.at <= at for g in one.ledger()):
                scores = (one.score(at, axis) for axis in ("fit", "engagement", "total"))
                found[f"score at {at}", lead, version] = (*scores, one.lost(at))
        for q in one.qualifications():
            found[_qualified("replay", q.stage, q.episode_no), lead, version] = (q.at, q.path)
    return found


def in_force_of_the_reference(trial: Trial, scorer: ScorerType = Scorer) -> Found:
    """The instants under the versions in force; the first of an episode decides."""
    found: Found = {}
    for lead in trial.histories:
        first: dict[tuple[str, int], tuple[datetime, str, str]] = {}
        for version, begins, ends in trial.in_force(lead):
            for q in trial.scorer(lead, version, scorer).qualifications(begins, ends):
                key, one = (q.stage, q.episode_no), (q.at, q.path, version)
                first[key] = min(first.get(key, one), one)
        for (stage, episode), (at, path, version) in first.items():
            found[_qualified("in_force", stage, episode), lead, version] = (at, path)
    return found


def current_scores_of_the_reference(
    trial: Trial, as_of: datetime = AS_OF, scorer: ScorerType = Scorer
) -> Found:
    """What `lead_scores` should say; who had not come yet is not there."""
    found: Found = {}
    for lead, history in trial.histories.items():
        if history.lead.created_at <= as_of:
            version = trial.version_for(lead, as_of)
            one = trial.scorer(lead, version, scorer)
            scores = [one.score(as_of, axis) for axis in ("fit", "engagement", "total")]
            found["current score", lead, version] = (*scores, one.max_possible_score(as_of))
    return found


def _qualified(basis: str, stage: str, episode: int) -> str:
    return f"{stage} in episode {episode}, {basis}"


def differences(marts: Found, reference: Found) -> Iterator[Difference]:
    """Where the two do not agree, or only one of them has something to say."""
    for key in sorted(marts.keys() | reference.keys()):
        left, right = marts.get(key), reference.get(key)
        if left is None or right is None or not _agree(left, right):
            yield Difference(*key, left, right)


def _agree(left: tuple[Any, ...], right: tuple[Any, ...]) -> bool:
    return all(
        abs(a - b) <= _TOLERANCE if isinstance(a, float) and isinstance(b, float) else a == b
        for a, b in zip(left, right, strict=True)
    )


def report(trial: Trial, found: list[Difference], cases: int = 3) -> str:
    """How much differs, and everything about the smallest cases that a person needs to work them out by hand."""
    if not found:
        return ""
    by_place: dict[tuple[str, str], list[Difference]] = {}
    for difference in found:
        by_place.setdefault(difference.place, []).append(difference)
    smallest = sorted(by_place, key=lambda place: _size(trial, *place))[:cases]
    told = [f"{len(found)} differences of {len(by_place)} leads under versions"]
    told += [_case(trial, *place, by_place[place]) for place in smallest]
    return "\n".join(told)


def _size(trial: Trial, lead_id: str, version: str) -> int:
    rows = trial.rule_sets[version]
    return len(trial.histories[lead_id].events) + 2 * len(rows.rules) + 2 * len(rows.criteria)


def _case(trial: Trial, lead_id: str, version: str, found: list[Difference]) -> str:
    history = trial.histories[lead_id]
    rows = trial.rule_sets[version]
    lines = [f"\n== {lead_id} under {version}, total cap {rows.total_cap or 'none'}"]
    for d in found[:6]:
        lines += [
            f"   {d.what}",
            f"      marts     {_shown(d.marts)}",
            f"      reference {_shown(d.reference)}",
        ]
    lines.append(
        f" lead came {history.lead.created_at:%m-%d %H:%M:%S} {_plain(history.lead.attributes)}"
    )
    for event in sorted(history.events, key=lambda e: (e.at, e.activity_id)):
        session = event.session_id or "-"
        lines.append(
            f"   {event.at:%m-%d %H:%M:%S} {event.activity_id} {event.kind} session {session} {_plain(event.fields)}"
        )
    lines += [f"   {c.at:%m-%d %H:%M:%S} recorded {c.to_stage}" for c in history.changes]
    stages = {d.what.partition(" ")[0] for d in found}
    criteria = [row for row in rows.criteria if row["stage"] in stages]
    if not stages <= {"mql", "sql"} or any(row["subject"] == "score" for row in criteria):
        lines += [f" rule {_plain(row)}" for row in rows.rules]
    lines += [f" criterion {_plain(row)}" for row in criteria]
    lines += [f" left out {_plain(row)}" for row in rows.disqualifiers]
    return "\n".join(lines)


def _shown(values: tuple[Any, ...] | None) -> str:
    if values is None:
        return "nothing"
    return ", ".join(
        f"{v:%Y-%m-%d %H:%M:%S}" if isinstance(v, datetime) else str(v) for v in values
    )


def _plain(row: Any) -> str:
    return json.dumps({k: v for k, v in row.items() if v and k != "version"}, ensure_ascii=False)


def instants_of(trial: Trial) -> list[datetime]:
    """Moments at which all scores are compared: amid the events, at one of them, and long after."""
    moments = sorted(e.at for h in trial.histories.values() for e in h.events)
    chosen = [moments[len(moments) * part // 6] for part in (1, 3, 5)]
    return [*chosen, chosen[1] + timedelta(hours=7), moments[-1] + timedelta(days=3), AS_OF]
