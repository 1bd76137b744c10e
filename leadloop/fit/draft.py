"""A draft scorecard version as seed files: for the meeting to read, try and sign, or to leave."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from leadloop.agreement.rule_language import LIST_SEPARATOR
from leadloop.errors import UsageError
from leadloop.fit.choose import PointRule, total
from leadloop.fit.condition import Condition
from leadloop.fit.fit import Fitted
from leadloop.fit.table import leads_now

# what a version consists of; the other seeds do not know versions
_FILES = ("scorecards", "scoring_rules", "stage_definitions", "disqualifiers", "score_grades")
_FIELDS = {
    "industry": ("業種", "Industry"),
    "job_level": ("役職", "Job level"),
    "employee_count": ("従業員数", "Employees"),
    "source_channel": ("チャネル", "Channel"),
    "prefecture": ("都道府県", "Prefecture"),
    "product": ("製品", "Product"),
}
_KINDS = {"source_channel": "channel"}

Row = dict[str, str]
Labels = dict[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class Draft:
    """Where a draft was written, its version, and its MQL threshold beside the one in force."""

    folder: Path
    version: str
    threshold: int | None
    threshold_in_force: float | None
    leads_reaching: int | None


def write_draft(
    fitted: Fitted, connection: duckdb.DuckDBPyConnection, goal: str, seeds: Path, folder: Path
) -> Draft:
    """Writes the seeds with one version more, as `leadloop build --agreement` reads them.

    The draft takes definitions, disqualifiers and grades of the version in force. Its MQL threshold
    is the one that as many leads reach today as reach the present one under the present rules.

    Raises:
        UsageError: the folder already has such files, or no version is in force for all leads.
    """
    tables = {name: _read(seeds / "agreement" / f"{name}.csv") for name in _FILES}
    taken = [name for name in _FILES if (folder / f"{name}.csv").exists()]
    if taken:
        raise UsageError(
            f"{folder} already holds {taken[0]}.csv",
            f"{folder} にはすでに {taken[0]}.csv があります",
            "name an empty folder with --write",
            "--write で空のフォルダーを指定してください",
        )
    base = _in_force(tables["scorecards"])
    version = _next_name([row["version"] for row in tables["scorecards"]])
    threshold = _threshold(tables["stage_definitions"], base["version"])
    reaching, new_threshold = _same_reach(fitted, connection, threshold)
    labels = _labels(connection)

    def copied(name: str) -> list[Row]:
        rows = [r for r in tables[name] if r["version"] == base["version"]]
        return [{**r, "version": version} for r in rows]

    tables["scorecards"].append(_scorecard(base, version, fitted, goal))
    tables["scoring_rules"] += [_rule(version, r, labels, fitted) for r in fitted.rules]
    definitions = copied("stage_definitions")
    grades = copied("score_grades")
    if threshold and new_threshold is not None:
        for row in filter(_is_threshold, definitions):
            row["value"] = str(new_threshold)
            row["label_ja"] = f"合計スコアが{new_threshold}点以上"
            row["label_en"] = f"Total score of {new_threshold} or more"
        _rescale(grades, new_threshold / threshold)
    tables["stage_definitions"] += definitions
    tables["disqualifiers"] += copied("disqualifiers")
    tables["score_grades"] += grades
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        _write(folder / f"{name}.csv", rows)
    return Draft(folder, version, new_threshold, threshold, reaching)


def rule_text(condition: Condition, labels: Labels) -> tuple[str, str]:
    """The condition in words, Japanese and English."""
    column = condition.column
    if column.activity:
        ja, en = labels.get(("activity_type", column.activity), (column.activity,) * 2)
        return (
            (f"{ja}: {column.content_id}", f"{en}: {column.content_id}")
            if column.content_id
            else (ja, en)
        )
    field = column.field or column.name
    field_ja, field_en = _FIELDS.get(field, (field, field))
    if condition.operator == "unknown":
        return f"{field_ja}が不明", f"{field_en} unknown"
    if condition.operator == "gte":
        return f"{field_ja}が{condition.value}以上", f"{field_en} {condition.value} or more"
    values = condition.value.split(LIST_SEPARATOR)
    if condition.operator == "between":
        return f"{field_ja}が{values[0]}〜{values[1]}", f"{field_en} {values[0]} to {values[1]}"
    named = [labels.get((_KINDS.get(field, field), v), (v, v)) for v in values]
    return (
        f"{field_ja}: {'、'.join(n[0] for n in named)}",
        f"{field_en}: {', '.join(n[1] for n in named)}",
    )


def _labels(connection: duckdb.DuckDBPyConnection) -> Labels:
    rows = connection.execute("select kind, code, label_ja, label_en from marts.dim_labels")
    return {(kind, code): (ja, en) for kind, code, ja, en in rows.fetchall()}


def _rule(version: str, rule: PointRule, labels: Labels, fitted: Fitted) -> Row:
    condition, column = rule.condition, rule.condition.column
    number = fitted.rules.index(rule) + 1
    ja, en = rule_text(condition, labels)
    asked = fitted.split.fitted
    holds = condition.holds(fitted.table.features.iloc[asked])
    good = fitted.table.outcome.to_numpy()[asked]
    evidence = f"{int(good[holds].sum())}/{int(holds.sum())}"
    base = f"{int(good.sum())}/{len(good)}"
    row = {
        "version": version,
        "rule_id": f"fitted_{number:02d}",
        "axis": "engagement" if column.activity else "fit",
        "subject": column.activity or "lead",
        "field": column.field or "",
        "operator": condition.operator,
        "value": condition.value,
        "points": str(rule.points),
        "decay": "none",
        "label_ja": ja,
        "label_en": en,
        "reason": f"実績 {evidence}(全体 {base}) / Came out {evidence} (all: {base})",
    }
    if column.activity:
        # the fit asked whether the lead ever did it
        row["distinct_by"] = "lead"
    if column.content_id:
        row.update(field="content_id", operator="eq", value=column.content_id)
    return row


def _scorecard(base: Row, version: str, fitted: Fitted, goal: str) -> Row:
    judged = fitted.judgement
    auc = f"{judged.draft.value:.3f} ({judged.draft.low:.3f}–{judged.draft.high:.3f})"
    beside = f"{judged.current.value:.3f}" if judged.current else "-"
    return {
        **dict.fromkeys(base, ""),
        "version": version,
        "status": "draft",
        "segment": base["segment"],
        "proposed_by": "leadloop fit",
        "reason": f"{len(fitted.split.fitted)}件の結果から当てはめた案(目標: {goal}) / "
        f"Fitted to the outcomes of {len(fitted.split.fitted)} chances (goal: {goal})",
        "expected_effect": f"未使用の{len(fitted.split.judging)}件でのAUC {auc}、現行 {beside} / "
        f"AUC on {len(fitted.split.judging)} unseen chances {auc}, in force {beside}",
    }


def _same_reach(
    fitted: Fitted, connection: duckdb.DuckDBPyConnection, threshold: float | None
) -> tuple[int | None, int | None]:
    """How many leads reach the threshold today, and the points that as many have in the draft."""
    if threshold is None:
        return None, None
    features, scores = leads_now(connection, [r.condition.column for r in fitted.rules])
    reaching = int((scores >= threshold).sum())
    points = np.sort(total(list(fitted.rules), features))[::-1]
    return reaching, int(points[min(max(reaching, 1), len(points)) - 1])


def _threshold(definitions: list[Row], version: str) -> float | None:
    values = [
        float(r["value"]) for r in definitions if r["version"] == version and _is_threshold(r)
    ]
    return values[0] if values else None


def _is_threshold(row: Row) -> bool:
    return (row["stage"], row["subject"], row["field"], row["operator"]) == (
        "mql",
        "score",
        "total",
        "gte",
    )


def _rescale(grades: list[Row], factor: float) -> None:
    for row in grades:
        row["min_score"] = str(round(float(row["min_score"]) * factor))


def _in_force(scorecards: list[Row]) -> Row:
    for row in scorecards:
        if row["status"] == "active" and row["segment"] == "all":
            return row
    raise UsageError(
        "no scorecard version is active for all leads",
        "全リード向けに有効なスコアカードの版がありません",
        "give the seeds of the build with --agreement",
        "ビルドと同じシードを --agreement で指定してください",
    )


def _next_name(versions: list[str]) -> str:
    number = len(versions) + 1
    while f"v{number}" in versions:
        number += 1
    return f"v{number}"


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
