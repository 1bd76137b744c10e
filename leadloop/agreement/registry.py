"""Every seed file: the model of its rows, what may stand in it once, and what has a validity."""

from __future__ import annotations

from dataclasses import dataclass

from leadloop.agreement import account_rows as account
from leadloop.agreement import calendar_rows as calendar
from leadloop.agreement import commercial_rows as commercial
from leadloop.agreement import feedback_rows as feedback
from leadloop.agreement import identity_rows as identity
from leadloop.agreement import scorecard_rows as scorecard
from leadloop.agreement import sentence_rows as sentence
from leadloop.agreement import traffic_rows as traffic
from leadloop.agreement import vocabulary_rows as vocabulary
from leadloop.agreement.row import SeedRow

_CONDITION = ("subject", "field", "operator", "value")


@dataclass(frozen=True)
class Seed:
    """A seed file.

    `keys` may not repeat, `condition` may not repeat either (it has a message of its own), and
    rows that agree in `validity_of` may not hold at the same time.
    """

    path: str
    model: type[SeedRow]
    keys: tuple[tuple[str, ...], ...] = ()
    condition: tuple[str, ...] = ()
    validity_of: tuple[str, ...] = ()
    needs_rows: bool = False
    # a company's own rows come on top of the project's; they do not replace the whole file
    grows: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.model.model_fields)


SEEDS: tuple[Seed, ...] = (
    Seed("agreement/scorecards.csv", scorecard.Scorecard, keys=(("version",),), needs_rows=True),
    Seed(
        "agreement/segments.csv",
        scorecard.Segment,
        keys=(("segment",), ("position",)),
        condition=_CONDITION[1:],
    ),
    Seed(
        "agreement/scoring_rules.csv",
        scorecard.ScoringRule,
        keys=(("version", "rule_id"),),
        condition=("version", *_CONDITION),
    ),
    Seed(
        "agreement/stage_definitions.csv",
        scorecard.Criterion,
        keys=(("version", "stage", "path", "criterion"),),
        condition=("version", "stage", "path", *_CONDITION, "distinct_by", "window_days"),
    ),
    Seed(
        "agreement/disqualifiers.csv",
        scorecard.Disqualifier,
        keys=(("version", "disqualifier_id"),),
        condition=("version", *_CONDITION),
    ),
    Seed(
        "agreement/traffic_filters.csv",
        traffic.TrafficFilter,
        keys=(("filter_id",), ("position",)),
        condition=("kind", *_CONDITION, "after_event", "within_seconds", "min_count"),
    ),
    Seed(
        "agreement/frameworks.csv",
        commercial.FrameworkElement,
        keys=(("framework", "position"), ("framework", "question")),
    ),
    Seed("agreement/sla_terms.csv", commercial.SlaTerm, validity_of=("term_id",)),
    Seed("agreement/handoff_fields.csv", commercial.HandoffField, keys=(("field",),)),
    Seed(
        "agreement/targets.csv",
        commercial.Target,
        validity_of=("metric", "dimension", "value"),
    ),
    Seed(
        "agreement/attribution_weights.csv",
        commercial.AttributionWeight,
        keys=(("model", "position"),),
        needs_rows=True,
    ),
    Seed(
        "agreement/score_grades.csv",
        scorecard.ScoreGrade,
        keys=(("version", "axis", "grade"), ("version", "axis", "min_score")),
    ),
    Seed("agreement/account_terms.csv", account.AccountTerm, keys=(("term",),)),
    Seed("agreement/return_policies.csv", feedback.ReturnPolicy, keys=(("reason_code",),)),
    Seed("agreement/feedback_terms.csv", feedback.FeedbackTerm, keys=(("term",),)),
    Seed(
        "agreement/trait_bands.csv",
        feedback.TraitBand,
        keys=(("trait", "band"), ("trait", "from_value")),
    ),
    Seed("agreement/identity_rules.csv", identity.IdentityRule, keys=(("rule",),)),
    Seed("agreement/identity_exceptions.csv", identity.IdentityException),
    Seed("agreement/channels.csv", commercial.Channel, keys=(("channel",),)),
    Seed(
        "agreement/currency_rates.csv",
        commercial.CurrencyRate,
        validity_of=("currency", "base_currency"),
    ),
    Seed(
        "calendar/national_holidays.csv",
        calendar.NationalHoliday,
        keys=(("holiday_on",),),
        needs_rows=True,
    ),
    Seed(
        "calendar/company_holidays.csv",
        calendar.CompanyHoliday,
        validity_of=("team", "month", "day"),
    ),
    Seed(
        "calendar/business_hours.csv",
        calendar.BusinessHours,
        validity_of=("team", "weekday"),
        needs_rows=True,
    ),
    Seed("calendar/team_members.csv", calendar.TeamMember, validity_of=("owner_id",)),
    Seed(
        "vocabulary/event_types.csv",
        vocabulary.EventType,
        keys=(("activity_type",),),
        needs_rows=True,
    ),
    Seed(
        "vocabulary/job_titles.csv",
        vocabulary.JobTitle,
        keys=(("pattern",), ("priority",)),
    ),
    Seed("vocabulary/industries.csv", vocabulary.Industry, keys=(("source_word",),)),
    Seed("vocabulary/event_words.csv", vocabulary.EventWord, keys=(("source_word",),)),
    Seed("vocabulary/channel_words.csv", vocabulary.ChannelWord, keys=(("source_word",),)),
    Seed("vocabulary/lead_statuses.csv", vocabulary.LeadStatus, keys=(("source_status",),)),
    Seed(
        "vocabulary/content_patterns.csv",
        vocabulary.ContentPattern,
        keys=(("match_field", "pattern"), ("priority",)),
    ),
    Seed("vocabulary/ad_channels.csv", vocabulary.AdChannel, keys=(("platform", "kind"),)),
    Seed(
        "vocabulary/marketo_activity_types.csv",
        vocabulary.MarketoActivityType,
        keys=(("type_name", "detail_field", "detail"),),
    ),
    Seed(
        "vocabulary/marketo_program_channels.csv",
        vocabulary.MarketoProgramChannel,
        keys=(("program_channel",),),
    ),
    Seed("vocabulary/bot_user_agents.csv", vocabulary.BotUserAgent, keys=(("pattern",),)),
    Seed(
        "vocabulary/return_reasons.csv",
        vocabulary.ReturnReason,
        keys=(("reason_code",),),
        needs_rows=True,
    ),
    Seed(
        "vocabulary/free_mail_domains.csv",
        vocabulary.FreeMailDomain,
        keys=(("domain",),),
    ),
    Seed(
        "vocabulary/shared_mailboxes.csv",
        identity.SharedMailbox,
        keys=(("local_part",),),
    ),
    Seed("vocabulary/character_forms.csv", identity.CharacterForm, keys=(("old_form",),)),
    Seed("vocabulary/company_forms.csv", account.CompanyForm, keys=(("form",),)),
    Seed(
        "vocabulary/code_labels.csv",
        vocabulary.CodeLabel,
        keys=(("kind", "code"),),
        grows=True,
    ),
    Seed("vocabulary/sentence_parts.csv", sentence.SentencePart, keys=(("part",),)),
    Seed(
        "vocabulary/quarantine_rules.csv",
        vocabulary.QuarantineRule,
        keys=(("rule",),),
        needs_rows=True,
    ),
    Seed(
        "vocabulary/warning_rules.csv",
        vocabulary.WarningRule,
        keys=(("rule",),),
        needs_rows=True,
    ),
)
