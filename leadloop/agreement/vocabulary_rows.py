"""Rows of the vocabulary seeds: what the words of the sources mean."""

from __future__ import annotations

from typing import Annotated

from leadloop.agreement.cells import (
    Count,
    Domain,
    Flag,
    Identifier,
    OptionalText,
    OptionalWords,
    Text,
    Word,
    one_of,
    one_of_or_empty,
)
from leadloop.agreement.row import SeedRow
from leadloop.agreement.rule_language import (
    ACTIVITY_TYPES,
    EVENT_GROUPS,
    JOB_LEVELS,
    RETURN_REASONS,
    STAGES,
)


class EventType(SeedRow):
    """A canonical activity type and what it counts as."""

    activity_type: Annotated[str, one_of(ACTIVITY_TYPES)]
    event_group: Annotated[str, one_of(EVENT_GROUPS)]
    is_visit: Flag
    is_touch: Flag
    label_ja: Text
    label_en: Text


class JobTitle(SeedRow):
    """A piece of a title and the level it stands for."""

    pattern: Word
    job_level: Annotated[str, one_of(JOB_LEVELS)]
    priority: Count


class Industry(SeedRow):
    """A source's word for an industry."""

    source_word: Word
    industry: Identifier


class EventWord(SeedRow):
    """A tool's word for an event."""

    source_word: Word
    activity_type: Annotated[str, one_of(ACTIVITY_TYPES)]
    reason: Text


class ChannelWord(SeedRow):
    """A tool's word for a channel."""

    source_word: Word
    channel: Identifier
    reason: Text


class LeadStatus(SeedRow):
    """A source's word for a stage."""

    source_status: Word
    stage: Annotated[str, one_of(STAGES)]


class ContentPattern(SeedRow):
    """A piece of an address or a name and the content it stands for."""

    match_field: Annotated[str, one_of(("url", "content_name"))]
    pattern: Word
    content_type: Identifier
    activity_type: Annotated[str | None, one_of_or_empty(("key_page_view",))]
    priority: Count


class ReturnReason(SeedRow):
    """Why sales hands a lead back."""

    reason_code: Annotated[str, one_of(RETURN_REASONS)]
    label_ja: Text
    label_en: Text
    source_words: OptionalWords


class FreeMailDomain(SeedRow):
    """A domain whose addresses say nothing about a company."""

    domain: Domain
    reason: OptionalText


class CodeLabel(SeedRow):
    """The words for a code that no other seed names."""

    kind: Identifier
    code: Identifier
    label_ja: Text
    label_en: Text


class QuarantineRule(SeedRow):
    """What staging's refusal of a row means, and what to do about it."""

    rule: Identifier
    message_ja: Text
    message_en: Text


class WarningRule(SeedRow):
    """What is odd about a row that was loaded, and what to do about it."""

    rule: Identifier
    message_ja: Text
    message_en: Text
