"""The hearing and the opening lines of the synthetic leads: small enough to know by heart.

L000001 confirmed the budget and half of the need; L000007 denied the authority, so that ANUM stops
there; L000004 knows everything; nobody else was heard. Who was known to have a budget won 60 of 100,
the others 10 of 100; the need makes no difference.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

MARTS: dict[str, str] = {
    "dim_frameworks": "framework varchar, position bigint, element varchar, question varchar, "
    "is_gate boolean, is_required_for_sql boolean, label_ja varchar, label_en varchar, "
    "question_ja varchar, ask_ja varchar, question_en varchar, ask_en varchar",
    "fct_framework_answers": "lead_id varchar, framework varchar, position bigint, "
    "element varchar, question varchar, is_gate boolean, is_required_for_sql boolean, "
    "state varchar, evidence varchar, asked_by varchar, answered_at timestamp, "
    "answer_count bigint, label_ja varchar, label_en varchar",
    "mart_framework_progress": "lead_id varchar, framework varchar, known_count bigint, "
    "element_count bigint, confirmed_count bigint, completeness double, "
    "is_ready_for_sql boolean, stopped_by varchar, next_element varchar, next_question varchar, "
    "next_label_ja varchar, next_label_en varchar",
    "mart_framework_outcomes": "framework varchar, position bigint, element varchar, "
    "basis varchar, state_group varchar, n bigint, k bigint, rate double, ci_low double, "
    "ci_high double, base_n bigint, base_k bigint, base_rate double, base_ci_low double, "
    "base_ci_high double, lift double, label_ja varchar, label_en varchar",
    "lead_openings": "lead_id varchar, thanks_ja varchar, bridge_ja varchar, thanks_en varchar, "
    "bridge_en varchar, last_seen_on date",
}

# framework, position, element, question, gate, needed for the SQL, label, note, spoken
_BUDGET = ("budget", "予算", "Budget", "予算はあるか", "Is there a budget?")
_AUTHORITY = ("authority", "決裁権", "Authority", "誰が決めるか", "Who decides?")
_NEED = ("need", "必要性", "Needs", "何が必要か", "What do they need?")
ELEMENTS = {
    "BANT": ((_BUDGET, False, True), (_AUTHORITY, False, False), (_NEED, False, False)),
    "ANUM": ((_AUTHORITY, True, False), (_NEED, False, False), (_BUDGET, False, True)),
}
ANSWERS = {
    "L000001": {"budget": "confirmed", "need": "partly"},
    "L000007": {"authority": "denied", "budget": "unknown"},
    "L000004": {"budget": "confirmed", "authority": "confirmed", "need": "denied"},
}
_KNOWN = ("confirmed", "denied", "partly")
_ODDS = {"budget": (60, 10), "authority": (30, 30), "need": (30, 31)}


def add(house: Any, count: int) -> None:
    """The rows of these marts for a company of `count` leads."""
    for framework, elements in ELEMENTS.items():
        for position, (words, gate, needed) in enumerate(elements, start=1):
            _element(house, framework, position, words, gate, needed)
        for lead_id, answers in ANSWERS.items():
            if int(lead_id[1:]) <= count:
                _heard(house, framework, lead_id, answers)
    for i in range(1, count + 1):
        # the fifth did nothing that has a name
        if i % 5:
            house.add(
                "lead_openings", f"L{i:06d}", f"9月{i % 28 + 1}日は「事例集」をご覧いただき、ありがとうございました。",
                "ご予算については「来期」と伺っています。" if i % 2 else None,
                f"Thank you for your interest in “Cases” on {i % 28 + 1} September.",
                "About the budget we have noted: “next term”." if i % 2 else None, date(2026, 9, 1),
            )  # fmt: skip


def _element(
    house: Any, framework: str, position: int, words: tuple[str, ...], gate: bool, needed: bool
) -> None:
    question, ja, en, note_ja, note_en = words
    house.add(
        "dim_frameworks", framework, position, en, question, gate, needed, ja, en, note_ja,
        f"{ja}をお聞かせください。", note_en, f"May we talk about {en}?",
    )  # fmt: skip
    known, unknown = _ODDS[question]
    for group, k in (("known", known), ("not_known", unknown)):
        low, high = max(0.0, k / 100 - 0.09), k / 100 + 0.09
        house.add(
            "mart_framework_outcomes", framework, position, en, "heard", group, 100, k, k / 100,
            low, high, 200, 70, 0.35, 0.3, 0.4, 1.0, ja, en,
        )  # fmt: skip


def _heard(house: Any, framework: str, lead_id: str, answers: dict[str, str]) -> None:
    known, following, stopped = 0, None, None
    for position, (words, gate, needed) in enumerate(ELEMENTS[framework], start=1):
        question, ja, en = words[:3]
        state = answers.get(question, "not_asked")
        known += state in _KNOWN
        if gate and state != "confirmed" and stopped is None:
            stopped = en
        if following is None and (stopped == en or state not in _KNOWN):
            following = (en, question, ja, en)
        heard = state != "not_asked"
        house.add(
            "fct_framework_answers", lead_id, framework, position, en, question, gate, needed,
            state, f"{ja}の根拠" if heard else None, "is-01" if heard else None,
            datetime(2026, 9, 3, 3) if heard else None,  # noqa: DTZ001
            int(heard), ja, en,
        )  # fmt: skip
    house.add(
        "mart_framework_progress", lead_id, framework, known, 3, 1, known / 3,
        answers.get("budget") == "confirmed", stopped, *(following or (None,) * 4),
    )  # fmt: skip
