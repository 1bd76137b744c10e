"""Rows of the seed from which the sentences about a lead are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from leadloop.agreement.cells import OptionalText, Text, one_of
from leadloop.agreement.findings import Problem, nearest_of
from leadloop.agreement.row import SeedRow

_PLACEHOLDER = re.compile(r"\{[^{}]*\}?|\}")

# every part that the models name, with the words in braces that they fill
_PARTS: dict[str, tuple[str, ...]] = {
    "score_for": ("total", "items"),
    "score_for_nothing": ("total",),
    "rule_once": ("points", "label"),
    "rule_times": ("points", "times", "label"),
    "rule_taken": ("points", "label"),
    "latest_web": ("day", "what"),
    "latest_content": ("day", "what"),
    "latest_answer": ("day", "what"),
    "answer_to": ("answer",),
    "item_next": ("item",),
    "items_more": ("count",),
    "sentence_end": (),
    "unknown": ("items",),
    "unknown_rule": ("points", "label"),
    "missing_points": ("points",),
    "missing_next_points": (),
    "missing_path": ("items",),
    "missing_path_also": ("items",),
    "missing_all": (),
    "missing_excluded": (),
    "criterion_not_met": ("label",),
    "criterion_unknown": ("label",),
    "criterion_not_asked": ("label",),
    "lost": ("items",),
    "lost_to_cap": ("points",),
    "lost_to_decay": ("points",),
    "opening_request": ("day", "what"),
    "opening_seminar": ("day", "what"),
    "opening_content": ("day", "what"),
    "opening_page": ("day", "what"),
    "opening_page_also": ("what",),
    "opening_hearing": ("topic", "what"),
    "opening_survey": ("topic", "what"),
    "opening_ask": ("question",),
    "day_this_year": ("month", "day"),
    "day_other_year": ("year", "month", "day"),
}
PARTS = tuple(_PARTS)


class SentencePart(SeedRow):
    """A piece of a sentence in both languages, with words in braces where values go."""

    part: Annotated[str, one_of(PARTS)]
    text_ja: Text
    text_en: Text
    reason: OptionalText

    def problems(self) -> Iterator[Problem]:
        known = tuple(f"{{{name}}}" for name in _PARTS[self.part])
        for column, text in (("text_ja", self.text_ja), ("text_en", self.text_en)):
            for found in _PLACEHOLDER.findall(text):
                if found not in known:
                    yield Problem("unknown_value", column, found, known, nearest_of(found, known))
