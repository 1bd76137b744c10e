"""What differs between two versions, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from dashboard.ui.context import Context
from dashboard.ui.definitions import words
from dashboard.ui.text import clean

Row = Any
KINDS = ("criterion", "scorecard", "rule", "disqualifier", "grade")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Sentence:
    """One difference in words, and why; texts of data in it are not escaped yet."""

    kind: str
    text: str
    reason: str


@dataclass(frozen=True)
class Version:
    """The rows of one version by the names that `mart_version_changes` gives them."""

    code: str
    scorecard: Row
    rules: Mapping[str, Row]
    criteria: Mapping[str, Row]
    exclusions: Mapping[str, Row]

    @classmethod
    def of(cls, code: str, scorecards: pd.DataFrame, ctx: Context) -> Version:
        rules = ctx.store.ask("version_rules", version=code)
        criteria = ctx.store.ask("version_criteria", version=code)
        exclusions = ctx.store.ask("version_exclusions", version=code)
        return cls(
            code,
            next(scorecards[scorecards["version"] == code].itertuples()),
            {str(row.rule_id): row for row in rules.itertuples()},
            {f"{r.stage}:{r.path}:{r.criterion}": r for r in criteria.itertuples()},
            {str(row.disqualifier_id): row for row in exclusions.itertuples()},
        )

    def path(self, stage: object, path: object) -> list[Row]:
        """The criteria of one path."""
        return [r for r in self.criteria.values() if (r.stage, r.path) == (stage, path)]


def _axis(row: Row, ctx: Context) -> str:
    return ctx.tr.get(f"axis_name.{row.axis}", clean(row.axis))


def _points(row: Row, ctx: Context) -> str:
    return words.points(row.points, ctx)


def _role(row: Row, ctx: Context) -> str:
    return ctx.tr.get(f"term.role.{clean(row.role) or 'enter'}", clean(row.role))


def _blocking(row: Row, ctx: Context) -> str:
    return ctx.tr("definitions.blocks" if row.is_blocking is True else "definitions.marks")


def _total_cap(row: Row, ctx: Context) -> str:
    cap = row.total_cap_points
    return ctx.tr("term.points", n=ctx.fmt.points(cap)) if words.given(cap) else ""


_CONDITION = dict.fromkeys(("subject", "field", "operator", "value"), "condition")
# columns that only make sense together are told together
_ASPECTS: dict[str, dict[str, str]] = {
    "rule": {
        **_CONDITION,
        "axis": "axis",
        "points": "points",
        "distinct_by": "once",
        "cap_points": "cap",
        "cap_period": "cap",
        "rule_group": "group",
        "group_cap_points": "group",
        "decay": "decay",
        "decay_days": "decay",
    },
    "criterion": {
        **_CONDITION,
        "role": "role",
        "min_count": "count",
        "distinct_by": "count",
        "window_days": "count",
    },
    "disqualifier": {**_CONDITION, "is_blocking": "blocking"},
    "scorecard": {"total_cap_points": "total_cap"},
}
_TELL: dict[str, Callable[[Row, Context], str]] = {
    "condition": words.condition,
    "axis": _axis,
    "points": _points,
    "once": words.once,
    "cap": words.cap,
    "group": words.group,
    "decay": words.decay,
    "role": _role,
    "count": words.count,
    "blocking": _blocking,
    "total_cap": _total_cap,
}


def sentences(changes: pd.DataFrame, old: Version, new: Version, ctx: Context) -> list[Sentence]:
    """Every difference between two versions in the order of the mart."""
    told: list[Sentence] = []
    rows = list(changes.itertuples())
    for kind in KINDS:
        mine = [row for row in rows if row.thing_kind == kind]
        if kind == "criterion":
            told += _definitions(mine, old, new, ctx)
        elif kind == "grade":
            told += [_grade(row, ctx) for row in mine]
        else:
            told += _things(kind, mine, old, new, ctx)
    return told


def _things(
    kind: str, rows: Iterable[Row], old: Version, new: Version, ctx: Context
) -> list[Sentence]:
    told = []
    for _, group in groupby(rows, key=lambda row: str(row.thing_id)):
        mine = list(group)
        if mine[0].change_kind != "changed":
            told.append(_whole(kind, mine[0], old, new, ctx))
        else:
            told += _aspects(kind, _names(mine[0], ctx)[1], mine, old, new, ctx)
    return told


def _find(version: Version, kind: str, thing_id: str) -> Row | None:
    if kind == "scorecard":
        return version.scorecard
    held = {
        "rule": version.rules,
        "criterion": version.criteria,
        "disqualifier": version.exclusions,
    }
    return held[kind].get(thing_id)


def _names(row: Row, ctx: Context) -> tuple[str, str]:
    """What a thing is called in the first version and in the second; either stands in."""
    old, new = (
        clean(getattr(row, f"{side}_label_{ctx.tr.language}")) or clean(row.thing_id)
        for side in ("old", "new")
    )
    return old, new


def _aspects(
    kind: str, name: str, rows: list[Row], old: Version, new: Version, ctx: Context
) -> list[Sentence]:
    """What differs in one thing, aspect by aspect; no row of the mart is left untold."""
    if kind == "scorecard":
        name = ctx.tr("change.whole_score")
    by_aspect: dict[str, list[Row]] = {}
    for row in rows:
        by_aspect.setdefault(_ASPECTS[kind].get(str(row.attribute), ""), []).append(row)
    before, after = (_find(version, kind, str(rows[0].thing_id)) for version in (old, new))
    told = []
    for aspect, mine in by_aspect.items():
        was, will = "", ""
        if aspect and before is not None and after is not None:
            was, will = (_TELL[aspect](row, ctx) for row in (before, after))
        if was != will:
            told.append(_turn(kind, name, ctx.tr(f"change.aspect.{aspect}"), was, will, mine, ctx))
            continue
        # our words show no difference, or there are none: the agreement's own
        for row in mine:
            values = clean(row.old_value), clean(row.new_value)
            told.append(_turn(kind, name, clean(row.attribute), *values, [row], ctx))
    return told


def _turn(
    kind: str, name: str, what: str, was: str, will: str, rows: list[Row], ctx: Context
) -> Sentence:
    # fading and limits are there or not; everything else turns into something else
    turn = "changed" if was and will else "set" if will else "unset"
    text = ctx.tr(f"change.{turn}", name=name, what=what, old=was, new=will)
    return Sentence(kind, text, words.localized(rows[0].reason, ctx))


def _whole(kind: str, row: Row, old: Version, new: Version, ctx: Context) -> Sentence:
    was, will = _names(row, ctx)
    name = will if row.change_kind == "added" else was
    version = new if row.change_kind == "added" else old
    thing = _find(version, kind, str(row.thing_id))
    detail = ""
    if thing is not None:
        detail = _points(thing, ctx) if kind == "rule" else _blocking(thing, ctx)
    text = ctx.tr(f"change.{kind}_{row.change_kind}", name=name, detail=detail)
    return Sentence(kind, text, words.localized(row.reason, ctx))


def _definitions(rows: list[Row], old: Version, new: Version, ctx: Context) -> list[Sentence]:
    """A path that asks for more, for less or is new is told as a whole, else what it asks."""
    told = []
    for (stage, path), group in groupby(rows, key=lambda row: (row.stage, row.path)):
        mine = list(group)
        whole = [row for row in mine if row.change_kind != "changed"]
        if whole:
            told.append(_path(whole, old.path(stage, path), new.path(stage, path), ctx))
        parts = [row for row in mine if row.change_kind == "changed"]
        for _, things in groupby(parts, key=lambda row: str(row.thing_id)):
            told += _criterion(list(things), old, new, ctx, is_told=bool(whole))
    return told


def _path(rows: list[Row], before: list[Row], after: list[Row], ctx: Context) -> Sentence:
    """All criteria of a path, before and after."""
    turn = "changed" if before and after else "added" if after else "removed"
    kind = "stay" if any(row.role == "stay" for row in (*before, *after)) else "path"
    both = {row.criterion for row in before} & {row.criterion for row in after}
    gone, come = (
        {words.label(row, ctx) for row in side if row.criterion not in both}
        for side in (before, after)
    )
    text = ctx.tr(
        f"change.{kind}_{turn}",
        stage=ctx.labels("stage", rows[0].stage),
        # where one takes the place of another under the same words, the words are not enough
        old=words.path(before, ctx, in_full=gone & come),
        new=words.path(after, ctx, in_full=gone & come),
    )
    reasons = sorted(rows, key=lambda row: row.change_kind != "added")
    return Sentence("criterion", text, words.localized(reasons[0].reason, ctx))


def _criterion(
    rows: list[Row], old: Version, new: Version, ctx: Context, *, is_told: bool
) -> list[Sentence]:
    """What differs in one criterion: its old words beside the new ones, where they tell all of it.

    The sentence about the path shows the same words; they are not said again (`is_told`).
    """
    first = rows[0]
    stage = ctx.labels("stage", first.stage)
    was, will = _names(first, ctx)
    if not all(_show(was, will, row) for row in rows):
        name = ctx.tr("change.criterion_of", stage=stage, name=will)
        return _aspects("criterion", name, rows, old, new, ctx)
    if is_told:
        return []
    text = ctx.tr("change.criterion_changed", stage=stage, old=was, new=will)
    return [Sentence("criterion", text, words.localized(first.reason, ctx))]


def _show(was: str, will: str, row: Row) -> bool:
    """Whether the words of a criterion trade the very number that the agreement trades."""
    before, after = (set(_NUMBER.findall(text.replace(",", ""))) for text in (was, will))
    return clean(row.old_value) in before - after and clean(row.new_value) in after - before


def _grade(row: Row, ctx: Context) -> Sentence:
    axis, _, grade = clean(row.thing_id).partition(":")
    name = ctx.tr("change.grade_of", axis=ctx.tr.get(f"axis_name.{axis}", axis), grade=grade)
    text = ctx.tr(
        f"change.grade_{row.change_kind}",
        name=name,
        old=clean(row.old_value),
        new=clean(row.new_value),
    )
    return Sentence("grade", text, "")
