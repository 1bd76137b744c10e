"""Faults that show only between rows or between seeds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from leadloop.agreement.account_rows import TERMS
from leadloop.agreement.calendar_rows import (
    EVERY_TEAM,
    BusinessHours,
    CompanyHoliday,
    TeamMember,
)
from leadloop.agreement.commercial_rows import AttributionWeight, Channel, FrameworkElement
from leadloop.agreement.condition import Comparison
from leadloop.agreement.feedback_rows import FEEDBACK_TERMS, POLICY_REASONS, REASON_GROUPS
from leadloop.agreement.findings import Problem, nearest_of
from leadloop.agreement.identity_rows import RULES as IDENTITY_RULES
from leadloop.agreement.identity_rows import CharacterForm, IdentityException
from leadloop.agreement.loaded import Agreement
from leadloop.agreement.operators import OPERATORS
from leadloop.agreement.rule_language import (
    ACTIVITY_TYPES,
    ANSWER_STATES,
    ANSWERS,
    AXES,
    EVERY_LEAD,
    JOB_LEVELS,
    QUALIFYING_STAGES,
    RETURN_REASONS,
    STAGES,
)
from leadloop.agreement.scorecard_rows import Criterion, Scorecard, ScoringRule
from leadloop.agreement.sentence_rows import PARTS
from leadloop.agreement.uniqueness import Span, check_spans
from leadloop.agreement.vocabulary_rows import (
    CodeLabel,
    ContentPattern,
    Industry,
    JobTitle,
    ReturnReason,
)

_VERSIONED = ("scoring_rules", "stage_definitions", "disqualifiers", "score_grades")
_LABELLED = (
    ("stage", STAGES),
    ("job_level", JOB_LEVELS),
    ("answer_state", ANSWER_STATES),
    ("return_reason_group", REASON_GROUPS),
)
_CONDITIONED = (
    "scoring_rules",
    "stage_definitions",
    "disqualifiers",
    "segments",
    "traffic_filters",
)


def check_across(agreement: Agreement) -> None:
    """Runs every check that looks beyond one row."""
    _check_versions(agreement)
    _check_versions_are_complete(agreement)
    _check_scorecard_validity(agreement)
    _check_segments(agreement)
    _check_statuses(agreement)
    _check_codes_of_conditions(agreement)
    _check_group_caps(agreement)
    _check_framework_positions(agreement)
    _check_framework_questions(agreement)
    _check_weights(agreement)
    _check_every_code(agreement, "event_types", "activity_type", ACTIVITY_TYPES)
    _check_every_code(agreement, "return_reasons", "reason_code", RETURN_REASONS)
    _check_every_code(agreement, "account_terms", "term", TERMS)
    _check_every_code(agreement, "return_policies", "reason_code", POLICY_REASONS)
    _check_every_code(agreement, "feedback_terms", "term", FEEDBACK_TERMS)
    _check_every_code(agreement, "identity_rules", "rule", IDENTITY_RULES)
    _check_decisions(agreement)
    _check_character_forms(agreement)
    _check_every_code(agreement, "sentence_parts", "part", PARTS)
    _check_patterns(agreement)
    _check_return_words(agreement)
    _check_teams(agreement)
    _check_labels(agreement)


def _check_versions(agreement: Agreement) -> None:
    """Every row belongs to a version that exists."""
    if not agreement.are_usable("scorecards"):
        return
    versions = tuple(sorted(agreement["scorecards"].table.values("version")))
    for name in _VERSIONED:
        for line, row in agreement[name].typed.items():
            version: str = row.version  # type: ignore[attr-defined]
            if version not in versions:
                nearest = nearest_of(version, versions)
                agreement.add(
                    name, line, Problem("unknown_version", "version", version, versions, nearest)
                )


def _check_versions_are_complete(agreement: Agreement) -> None:
    """Every version has rules, an MQL definition and grades; a faulty row counts as one too."""
    if not agreement.are_usable("scorecards"):
        return
    have: dict[str, dict[str, set[str]]] = {
        name: _versions_by(agreement, name, column)
        for name, column in (
            ("scoring_rules", ""),
            ("stage_definitions", "stage"),
            ("score_grades", "axis"),
        )
    }
    for line, row in agreement["scorecards"].rows(Scorecard):
        version = row.version
        problems = []
        if agreement.are_usable("scoring_rules") and version not in have["scoring_rules"]:
            problems.append(Problem("version_without_rules", "version", version))
        stages = have["stage_definitions"].get(version, set())
        if agreement.are_usable("stage_definitions") and "mql" not in stages:
            problems.append(Problem("version_without_mql", "version", version))
        for axis in AXES if agreement.are_usable("score_grades") else ():
            if axis not in have["score_grades"].get(version, set()):
                problems.append(
                    Problem("version_without_grades", "version", version, params={"axis": axis})
                )
        for problem in problems:
            agreement.add("scorecards", line, problem)


def _versions_by(agreement: Agreement, name: str, column: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in agreement[name].table.rows:
        found[row.cells.get("version", "")].add(row.cells.get(column, ""))
    return found


def _check_scorecard_validity(agreement: Agreement) -> None:
    """The versions in force follow one another without overlap and without a gap."""
    loaded = agreement["scorecards"]
    spans: dict[str, list[Span]] = defaultdict(list)
    for line, row in loaded.rows(Scorecard):
        if row.is_in_force and row.valid_from is not None:
            spans[row.segment].append(Span(row.valid_from, row.valid_to, line))
    for segment_spans in spans.values():
        # a faulty row may be the one that closes the gap
        is_whole = len(loaded.typed) == len(loaded.table.rows)
        check_spans(loaded, segment_spans, gaps_matter=is_whole)
    is_active = any(
        row.status == "active" and row.segment == EVERY_LEAD for _, row in loaded.rows(Scorecard)
    )
    if loaded.table.is_usable and loaded.table.rows and not is_active:
        is_whole = len(loaded.typed) == len(loaded.table.rows)
        if is_whole:
            agreement.add("scorecards", None, Problem("nothing_in_force", "status"))


def _check_segments(agreement: Agreement) -> None:
    """A version is for every lead or for a segment that exists."""
    if not agreement.are_usable("segments"):
        return
    segments = (EVERY_LEAD, *sorted(agreement["segments"].table.values("segment")))
    for line, row in agreement["scorecards"].rows(Scorecard):
        if row.segment not in segments:
            nearest = nearest_of(row.segment, segments)
            problem = Problem("unknown_segment", "segment", row.segment, segments, nearest)
            agreement.add("scorecards", line, problem)


def _check_statuses(agreement: Agreement) -> None:
    """A status can be come into, and has its words: a misspelt stage would pass for a status."""
    loaded = agreement["stage_definitions"]
    if not loaded.table.is_usable:
        return
    can_enter = {
        (row.cells.get("version"), row.cells.get("stage"))
        for row in loaded.table.rows
        if row.cells.get("role") != "stay"
    }
    stuck = set()
    for line, row in loaded.rows(Criterion):
        status = (row.version, row.stage)
        if status not in can_enter and status not in stuck:
            stuck.add(status)
            params: dict[str, object] = {"version": row.version}
            problem = Problem("status_without_enter", "stage", row.stage, params=params)
            agreement.add("stage_definitions", line, problem)


def _check_codes_of_conditions(agreement: Agreement) -> None:
    """Industries, channels and questions that a condition names exist; else it would never fire."""
    known: dict[str, tuple[str, ...]] = {}
    if agreement.are_usable("industries"):
        industries = (row.industry for _, row in agreement["industries"].rows(Industry))
        known["industry"] = tuple(dict.fromkeys(industries))
    if agreement.are_usable("channels"):
        channels = tuple(row.channel for _, row in agreement["channels"].rows(Channel))
        known["channel"] = known["source_channel"] = channels
    known["content_answer"] = tuple(f"{q}:{a}" for q in _questions(agreement) for a in ANSWERS)
    for name in _CONDITIONED:
        for line, row in agreement[name].rows(Comparison):
            codes = known.get(row.field)
            if codes and OPERATORS[row.operator].names_codes:
                _check_codes(agreement, name, line, row.items(), codes)


def _check_codes(
    agreement: Agreement, name: str, line: int, items: Iterable[str], codes: tuple[str, ...]
) -> None:
    for item in items:
        if item not in codes:
            nearest = nearest_of(item, codes)
            agreement.add(name, line, Problem("unknown_value", "value", item, codes, nearest))


def _check_group_caps(agreement: Agreement) -> None:
    """The rules of a group agree on its cap."""
    caps: dict[tuple[str, str], tuple[float | None, int]] = {}
    for line, row in agreement["scoring_rules"].rows(ScoringRule):
        if row.rule_group is None:
            continue
        cap, first = caps.setdefault((row.version, row.rule_group), (row.group_cap_points, line))
        if cap != row.group_cap_points:
            params: dict[str, object] = {"group": row.rule_group, "first_line": first}
            problem = Problem("mixed_group_cap", "group_cap_points", params=params)
            agreement.add("scoring_rules", line, problem)


def _check_framework_positions(agreement: Agreement) -> None:
    """The positions of a framework run from 1 without a hole."""
    loaded = agreement["frameworks"]
    positions: dict[str, dict[int, int]] = defaultdict(dict)
    for line, row in loaded.rows(FrameworkElement):
        positions[row.framework].setdefault(row.position, line)
    faulty = {
        row.cells.get("framework", "") for row in loaded.table.rows if row.line not in loaded.typed
    }
    for framework, lines in positions.items():
        if framework in faulty:
            continue
        for expected, position in enumerate(sorted(lines), start=1):
            if position != expected:
                params: dict[str, object] = {"group": framework, "expected": expected}
                problem = Problem("position_hole", "position", str(position), params=params)
                agreement.add("frameworks", lines[position], problem)
                break


def _questions(agreement: Agreement) -> tuple[str, ...]:
    """The questions that hearings ask: those that have words; none as long as a row is faulty."""
    loaded = agreement["code_labels"]
    if not loaded.table.is_usable or len(loaded.typed) < len(loaded.table.rows):
        return ()
    return tuple(row.code for _, row in loaded.rows(CodeLabel) if row.kind == "question")


def _check_framework_questions(agreement: Agreement) -> None:
    """A framework asks what has words; a misspelt question would never have an answer."""
    questions = _questions(agreement)
    if not questions:
        return
    for line, row in agreement["frameworks"].rows(FrameworkElement):
        if row.question not in questions:
            nearest = nearest_of(row.question, questions)
            problem = Problem("unknown_value", "question", row.question, questions, nearest)
            agreement.add("frameworks", line, problem)


def _check_weights(agreement: Agreement) -> None:
    """Each model shares out exactly one deal, and has one name."""
    loaded = agreement["attribution_weights"]
    weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
    named: dict[str, tuple[int, str, str]] = {}
    for line, row in loaded.rows(AttributionWeight):
        weights[row.model].append((line, row.weight))
        first_line, *labels = named.setdefault(row.model, (line, row.label_ja, row.label_en))
        for column, label, first in zip(
            ("label_ja", "label_en"), (row.label_ja, row.label_en), labels, strict=True
        ):
            if label != first:
                told: dict[str, object] = {"group": row.model, "first_line": first_line}
                problem = Problem("label_differs", column, label, params=told)
                agreement.add("attribution_weights", line, problem)
    faulty = {
        row.cells.get("model", "") for row in loaded.table.rows if row.line not in loaded.typed
    }
    for model, lines in weights.items():
        total = math.fsum(weight for _, weight in lines)
        if model not in faulty and abs(total - 1) > 1e-9:
            params: dict[str, object] = {"group": model, "total": f"{total:.10g}"}
            problem = Problem("weights_sum", "weight", params=params)
            agreement.add("attribution_weights", lines[0][0], problem)


def _check_every_code(agreement: Agreement, name: str, column: str, codes: tuple[str, ...]) -> None:
    """A list of codes that the models rely on has every one of them."""
    loaded = agreement[name]
    if len(loaded.typed) < len(loaded.table.rows) or not loaded.table.rows:
        return
    for code in codes:
        if code not in loaded.table.values(column):
            agreement.add(name, None, Problem("missing_type", column, code))


def _check_decisions(agreement: Agreement) -> None:
    """Two leads are decided about once, whichever of them is named first."""
    first_line: dict[frozenset[str], int] = {}
    for line, row in agreement["identity_exceptions"].rows(IdentityException):
        if row.pair in first_line:
            params: dict[str, object] = {"first_line": first_line[row.pair]}
            problem = Problem("pair_twice", "lead_id_b", row.lead_id_b, params=params)
            agreement.add("identity_exceptions", line, problem)
        first_line.setdefault(row.pair, line)


def _check_character_forms(agreement: Agreement) -> None:
    """A character is replaced once; what stands for it is no old form."""
    rows = list(agreement["character_forms"].rows(CharacterForm))
    old_forms = {row.old_form: line for line, row in rows}
    for line, row in rows:
        if row.new_form in old_forms:
            params: dict[str, object] = {"first_line": old_forms[row.new_form]}
            problem = Problem("form_of_a_form", "new_form", row.new_form, params=params)
            agreement.add("character_forms", line, problem)


def _check_patterns(agreement: Agreement) -> None:
    """Every pattern can win somewhere."""
    titles = [(r.priority, line, r.pattern) for line, r in agreement["job_titles"].rows(JobTitle)]
    _check_reachable(agreement, "job_titles", titles)
    for match_field in ("url", "content_name"):
        contents = [
            (row.priority, line, row.pattern)
            for line, row in agreement["content_patterns"].rows(ContentPattern)
            if row.match_field == match_field
        ]
        _check_reachable(agreement, "content_patterns", contents)


def _check_reachable(agreement: Agreement, name: str, patterns: list[tuple[int, int, str]]) -> None:
    earlier: list[tuple[int, int, str]] = []
    for priority, line, pattern in sorted(patterns):
        winner = next(
            (e for e in earlier if e[0] < priority and e[2] in pattern and e[2] != pattern), None
        )
        if winner:
            params: dict[str, object] = {"first_line": winner[1], "winner": winner[2]}
            agreement.add(name, line, Problem("never_wins", "pattern", pattern, params=params))
        earlier.append((priority, line, pattern))


def _check_return_words(agreement: Agreement) -> None:
    """A source's word for a return means one reason."""
    first_line: dict[str, int] = {}
    for line, row in agreement["return_reasons"].rows(ReturnReason):
        for word in row.source_words or ():
            if word in first_line:
                params: dict[str, object] = {"first_line": first_line[word]}
                problem = Problem("word_twice", "source_words", word, params=params)
                agreement.add("return_reasons", line, problem)
            first_line.setdefault(word, line)


def _check_teams(agreement: Agreement) -> None:
    """A calendar is somebody's, and everybody has hours."""
    if not agreement.are_usable("team_members", "business_hours"):
        return
    teams = {row.team for _, row in agreement["team_members"].rows(TeamMember)}
    known = (EVERY_TEAM, *sorted(teams))
    for name, model in (("company_holidays", CompanyHoliday), ("business_hours", BusinessHours)):
        for line, row in agreement[name].rows(model):
            if row.team not in known:  # type: ignore[attr-defined]
                team: str = row.team  # type: ignore[attr-defined]
                problem = Problem("unknown_team", "team", team, known, nearest_of(team, known))
                agreement.add(name, line, problem)
    hours = agreement["business_hours"]
    if hours.table.rows and EVERY_TEAM not in hours.table.values("team"):
        agreement.add("business_hours", None, Problem("no_common_hours", "team", EVERY_TEAM))


def _check_labels(agreement: Agreement) -> None:
    """Every code that pages show has its words in both languages."""
    loaded = agreement["code_labels"]
    if not loaded.table.is_usable or len(loaded.typed) < len(loaded.table.rows):
        return
    labelled = {(row.kind, row.code) for _, row in loaded.rows(CodeLabel)}
    for kind, codes in _LABELLED:
        for code in codes:
            if (kind, code) not in labelled:
                params: dict[str, object] = {"kind": kind}
                problem = Problem("label_missing", "code", code, params=params)
                agreement.add("code_labels", None, problem)
    told = set()
    for line, criterion in agreement["stage_definitions"].rows(Criterion):
        status = criterion.stage
        if status.lower() in STAGES or ("stage", status) in labelled:
            continue
        if status not in told:
            told.add(status)
            nearest = nearest_of(status, QUALIFYING_STAGES)
            params = {"kind": "stage"}
            problem = Problem("label_missing", "stage", status, nearest=nearest, params=params)
            agreement.add("stage_definitions", line, problem)
    told = set()
    for line, row in agreement["industries"].rows(Industry):
        if ("industry", row.industry) not in labelled and row.industry not in told:
            told.add(row.industry)
            problem = Problem(
                "label_missing", "industry", row.industry, params={"kind": "industry"}
            )
            agreement.add("industries", line, problem)
