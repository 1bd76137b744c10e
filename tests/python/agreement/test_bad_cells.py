"""Every fault of one row: the shipped seeds with a cell changed give exactly one finding."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from leadloop.agreement import check_seeds

from .seed_folder import SeedFolder

FIT = {"version": "v2", "rule_id": "employees_100_or_more"}
TITLE = {"version": "v2", "rule_id": "job_level_decision_maker"}
INDUSTRY = {"version": "v2", "rule_id": "industry_target"}
PRICE = {"version": "v2", "rule_id": "price_page_view"}
OPENS = {"version": "v3", "rule_id": "newsletter_open"}
SCORE = {"version": "v2", "criterion": "total_score"}
VISITS = {"version": "v2", "criterion": "three_visits"}
DECK = {"version": "v2", "criterion": "downloaded"}
BUDGET = {"version": "v2", "criterion": "budget"}
SEGMENT = {"segment": "enterprise"}
SCANNER = {"filter_id": "scanner_click"}
BURST = {"filter_id": "visit_burst"}
BOT = {"filter_id": "bot_visit"}
OURS = {"filter_id": "internal"}
TOOL = {"version": "v2", "criterion": "recorded_mql"}


@dataclass(frozen=True)
class Bad:
    """The row that is changed, how, and the one finding that it must give."""

    code: str
    name: str
    row: dict[str, str]
    change: dict[str, str]
    column: str
    nearest: str | None = None
    allowed: str | None = None
    extra: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        changed = "_".join(f"{k}={v}" for k, v in self.change.items())
        return f"{self.code}-{self.name}-{changed}"


def rule(code: str, row: dict[str, str], column: str, **change: str) -> Bad:
    return Bad(code, "scoring_rules", row, change, column)


def criterion(code: str, row: dict[str, str], column: str, **change: str) -> Bad:
    return Bad(code, "stage_definitions", row, change, column)


def traffic(code: str, row: dict[str, str], column: str, **change: str) -> Bad:
    return Bad(code, "traffic_filters", row, change, column)


BAD = [
    # words that the rule language does not have
    Bad("unknown_value", "scoring_rules", FIT, {"axis": "fitt"}, "axis", "fit", "engagement"),
    Bad("unknown_value", "scoring_rules", PRICE, {"subject": "key_page_veiw"}, "subject",
        "key_page_view", "any_activity"),
    rule("unknown_value", PRICE, "subject", subject="score"),
    Bad("unknown_value", "scoring_rules", FIT, {"operator": "gt"}, "operator", "gte", "between"),
    Bad("unknown_value", "scoring_rules", PRICE, {"decay": "halflife", "decay_days": "30"},
        "decay", "half_life", "linear"),
    Bad("unknown_value", "scoring_rules", OPENS, {"cap_period": "months"}, "cap_period", "month",
        "total"),
    Bad("unknown_value", "stage_definitions", VISITS, {"distinct_by": "sessions"}, "distinct_by",
        "session", "content"),
    # a misspelt stage reads as a status without words
    Bad("label_missing", "stage_definitions", DECK, {"stage": "sqls"}, "stage", "sql"),
    Bad("reserved_stage", "stage_definitions", DECK, {"stage": "MQL"}, "stage", "mql"),
    criterion("reserved_stage", DECK, "stage", stage="opportunity"),
    criterion("unknown_value", DECK, "role", role="leave"),
    criterion("stay_on_stage", DECK, "role", role="stay", path="stay"),
    criterion("stay_path", DECK, "path", path="stay"),
    Bad("unknown_value", "scorecards", {"version": "v3"}, {"status": "drafts"}, "status", "draft",
        "challenger"),
    Bad("unknown_value", "sla_terms", {"term_id": "handoff_24h"}, {"unit": "hour"}, "unit",
        "hours", "weekday"),
    Bad("unknown_value", "sla_terms", {"term_id": "handoff_24h"}, {"duty_of": "cs"}, "duty_of",
        allowed="inside_sales"),
    Bad("unknown_value", "sla_terms", {"term_id": "handoff_24h"}, {"to_event": "handoff_sync"},
        "to_event", "handoff_synced"),
    Bad("unknown_value", "targets", {"metric": "leads"}, {"metric": "lead"}, "metric", "leads",
        "win_rate_cohort"),
    Bad("unknown_value", "frameworks", {"element": "Money"}, {"question": "money"}, "question",
        allowed="budget"),
    Bad("unknown_value", "attribution_weights", {"model": "linear"}, {"position": "all"},
        "position", allowed="each"),
    Bad("unknown_value", "lead_statuses", {"source_status": "mql"}, {"stage": "MQL"}, "stage",
        "mql", "opportunity"),
    Bad("unknown_value", "job_titles", {"pattern": "次長"}, {"job_level": "vice"}, "job_level",
        allowed="director"),
    Bad("unknown_value", "content_patterns", {"pattern": "/pricing"},
        {"activity_type": "page_view"}, "activity_type", "key_page_view"),
    # words that another seed or the stages do not have
    Bad("unknown_value", "scoring_rules", TITLE, {"value": "executive|directer"}, "value",
        "director", "student"),
    Bad("unknown_value", "scoring_rules", INDUSTRY, {"value": "manufacturing|ict"}, "value",
        "it", "retail"),
    Bad("unknown_value", "scoring_rules", PRICE,
        {"field": "channel", "operator": "eq", "value": "e-mail"}, "value", "email", "webinar"),
    Bad("unknown_value", "stage_definitions", TOOL, {"value": "mqls"}, "value", "mql", "lost"),
    Bad("unknown_value", "stage_definitions", BUDGET, {"value": "budget:confirm"}, "value",
        "budget:confirmed"),
    # fields
    Bad("unknown_field", "scoring_rules", FIT, {"field": "employees_count"}, "field",
        "employee_count", "job_level"),
    rule("field_not_of_subject", FIT, "field", field="content_type"),
    rule("field_not_of_subject", PRICE, "field", field="industry", operator="eq", value="it"),
    criterion("field_not_of_subject", SCORE, "field", field="to_stage"),
    rule("field_required", FIT, "field", field=""),
    rule("field_required", PRICE, "field", operator="eq", value="x"),
    criterion("field_required", SCORE, "field", field=""),
    # operators and their values
    rule("operator_not_for_field", TITLE, "operator", operator="gte", value="5"),
    rule("operator_not_for_field", FIT, "operator", operator="contains"),
    rule("operator_not_for_field", PRICE, "operator", field="url", operator="unknown"),
    criterion("operator_not_for_field", SCORE, "operator", operator="eq"),
    criterion("operator_not_for_field", TOOL, "operator", operator="prefix"),
    rule("value_missing", FIT, "value", value=""),
    rule("value_not_allowed", PRICE, "value", value="yes"),
    rule("list_not_allowed", TITLE, "value", operator="eq"),
    rule("list_item_empty", TITLE, "value", value="executive||director"),
    rule("list_item_twice", TITLE, "value", value="director|director"),
    rule("whitespace", TITLE, "value", value="executive| director"),
    rule("between_bounds", FIT, "value", operator="between"),
    rule("between_bounds", FIT, "value", operator="between", value="1|2|3"),
    rule("between_reversed", FIT, "value", operator="between", value="999|100"),
    rule("not_a_number", FIT, "value", value="100名"),
    rule("not_a_number", FIT, "value", operator="between", value="100|many"),
    *(Bad("not_plain_number", "scoring_rules", FIT, {"operator": operator, "value": value}, "value",
          nearest) for operator, value, nearest in (("in", "99|0250", "250"), ("eq", "100.0", "100"),
          ("eq", "1e3", "1000"), ("in", "-0", "0"), ("eq", "+5", "5"), ("eq", "1.50", "1.5"))),
    Bad("full_width", "scoring_rules", FIT, {"value": "１００"}, "value", "100"),
    Bad("not_a_boolean", "disqualifiers", {"version": "v2", "disqualifier_id": "opted_out"},
        {"value": "yes"}, "value", allowed="false"),
    # numbers
    rule("not_a_number", PRICE, "points", points="fifteen"),
    rule("not_a_number", PRICE, "points", points="1,500"),
    rule("not_a_number", PRICE, "points", points="1e3"),
    rule("required", PRICE, "points", points=""),
    rule("not_finite", PRICE, "points", points="NaN"),
    rule("not_finite", PRICE, "points", points="-inf"),
    rule("not_finite", PRICE, "points", points="9" * 400),
    Bad("full_width", "scoring_rules", PRICE, {"points": "１５"}, "points", "15"),
    criterion("not_a_count", VISITS, "min_count", min_count="0"),
    criterion("not_a_count", VISITS, "min_count", min_count="2.5"),
    criterion("not_a_count", VISITS, "window_days", window_days="-30"),
    criterion("not_a_count", VISITS, "window_days", window_days="100001"),
    # caps and decay
    rule("cap_without_period", OPENS, "cap_period", cap_period=""),
    rule("period_without_cap", OPENS, "cap_points", cap_points=""),
    rule("negative_cap", OPENS, "cap_points", cap_points="-5"),
    rule("negative_cap", OPENS, "cap_points", cap_points="0"),
    rule("cap_on_negative_points", OPENS, "cap_points", points="-1"),
    rule("group_cap_without_group", OPENS, "rule_group", group_cap_points="20"),
    rule("decay_without_days", PRICE, "decay_days", decay="linear"),
    rule("days_without_decay", PRICE, "decay_days", decay_days="30"),
    rule("decay_on_attribute", FIT, "decay", decay="step", decay_days="30"),
    # counting
    criterion("count_on_attribute", SCORE, "min_count", min_count="2"),
    criterion("count_on_attribute", TOOL, "window_days", window_days="30"),
    criterion("distinct_without_count", VISITS, "min_count", min_count=""),
    # versions
    Bad("unknown_version", "scoring_rules", FIT, {"version": "v22"}, "version", "v2", "v1"),
    Bad("unknown_version", "score_grades", {"version": "v3", "grade": "B"}, {"version": "v9"},
        "version", allowed="v3"),
    Bad("approval_missing", "scorecards", {"version": "v2"}, {"approved_by_sales": ""},
        "approved_by_sales"),
    Bad("approval_missing", "scorecards", {"version": "v1"}, {"approved_by_marketing": ""},
        "approved_by_marketing"),
    Bad("reversed_validity", "scorecards", {"version": "v3"},
        {"valid_from": "2026-12-01", "valid_to": "2026-12-01"}, "valid_to"),
    Bad("required", "scorecards", {"version": "v2"}, {"valid_from": ""}, "valid_from"),
    Bad("overlap", "scorecards", {"version": "v1"}, {"valid_to": "2026-05-02"}, "valid_from",
        extra={"version": "v2"}),
    Bad("gap", "scorecards", {"version": "v1"}, {"valid_to": "2026-04-30"}, "valid_from",
        extra={"version": "v2"}),
    Bad("not_a_date", "scorecards", {"version": "v2"}, {"valid_from": "2026/05/01"}, "valid_from"),
    Bad("not_a_date", "scorecards", {"version": "v2"}, {"valid_from": "2026-02-30"}, "valid_from"),
    Bad("bad_identifier", "scorecards", {"version": "v3"}, {"segment": "製品A"}, "segment"),
    Bad("unknown_segment", "scorecards", {"version": "v3"}, {"segment": "enterprises"}, "segment",
        "enterprise", "all"),
    Bad("negative_cap", "scorecards", {"version": "v3"}, {"total_cap_points": "0"},
        "total_cap_points"),
    Bad("not_a_number", "scorecards", {"version": "v3"}, {"total_cap_points": "most"},
        "total_cap_points"),
    # segments
    Bad("reserved_segment", "segments", SEGMENT, {"segment": "all"}, "segment"),
    Bad("not_a_count", "segments", SEGMENT, {"position": "0"}, "position"),
    Bad("field_not_of_subject", "segments", SEGMENT, {"field": "url"}, "field"),
    Bad("field_required", "segments", SEGMENT, {"field": ""}, "field"),
    Bad("operator_not_for_field", "segments", SEGMENT, {"operator": "prefix"}, "operator"),
    Bad("unknown_value", "segments", SEGMENT,
        {"field": "industry", "operator": "eq", "value": "retails"}, "value", "retail"),
    # firing once per something
    Bad("unknown_value", "scoring_rules", PRICE, {"distinct_by": "sessions"}, "distinct_by",
        "session", "lead"),
    rule("distinct_on_attribute", FIT, "distinct_by", distinct_by="lead"),
    criterion("unknown_value", VISITS, "distinct_by", distinct_by="lead"),
    # the other seeds
    Bad("reversed_validity", "targets", {"metric": "mqls"}, {"valid_to": "1999-12-31"}, "valid_to"),
    Bad("out_of_range", "targets", {"metric": "sql_rate"}, {"target": "27"}, "target"),
    Bad("out_of_range", "targets", {"metric": "leads"}, {"target": "-1"}, "target"),
    Bad("all_only", "targets", {"metric": "leads"}, {"value": "webinar"}, "value"),
    Bad("out_of_range", "sla_terms", {"term_id": "handoff_24h"}, {"target_rate": "95"},
        "target_rate"),
    Bad("limit_missing", "sla_terms", {"term_id": "handoff_24h"}, {"limit_value": ""},
        "limit_value"),
    Bad("limit_not_allowed", "sla_terms", {"term_id": "mql_definition"}, {"limit_value": "3"},
        "limit_value"),
    Bad("not_a_weekday", "sla_terms", {"term_id": "deal_phase_friday"}, {"limit_value": "8"},
        "limit_value"),
    Bad("not_positive", "sla_terms", {"term_id": "handoff_24h"}, {"limit_value": "0"},
        "limit_value"),
    Bad("out_of_range", "attribution_weights", {"model": "linear"}, {"weight": "1.5"}, "weight"),
    Bad("half_life_missing", "attribution_weights", {"model": "time_decay"}, {"half_life_days": ""},
        "half_life_days"),
    Bad("half_life_not_allowed", "attribution_weights", {"model": "linear"}, {"half_life_days": "7"},
        "half_life_days"),
    Bad("fitted_model", "attribution_weights", {"model": "linear"}, {"model": "markov"}, "model"),
    Bad("label_differs", "attribution_weights", {"model": "w_shaped", "position": "middle"},
        {"label_ja": "別の名前"}, "label_ja"),
    Bad("weights_sum", "attribution_weights", {"model": "last"}, {"weight": "0.9"}, "weight"),
    Bad("position_hole", "frameworks", {"framework": "ANUM", "position": "4"}, {"position": "5"},
        "position"),
    Bad("not_a_boolean", "frameworks", {"element": "Urgency"}, {"required_for_sql": "TRUE"},
        "required_for_sql"),
    Bad("not_a_boolean", "frameworks", {"element": "Urgency"}, {"is_gate": "yes"}, "is_gate",
        allowed="false"),
    Bad("required", "frameworks", {"element": "Urgency"}, {"is_gate": ""}, "is_gate"),
    Bad("required", "channels", {"channel": "email"}, {"channel_group": ""}, "channel_group"),
    Bad("bad_currency", "currency_rates", {"currency": "USD"}, {"base_currency": "yen"},
        "base_currency"),
    Bad("not_positive", "currency_rates", {"currency": "USD"}, {"rate": "0"}, "rate"),
    Bad("not_normalised", "industries", {"source_word": "it"}, {"source_word": "ＩＴサービス"},
        "source_word", "itサービス"),
    Bad("not_normalised", "return_reasons", {"reason_code": "duplicate"},
        {"source_words": "重複|重複"}, "source_words", "重複"),
    Bad("bad_domain", "free_mail_domains", {"domain": "gmail.com"}, {"domain": "@gmail.com"},
        "domain"),
    Bad("bad_domain", "free_mail_domains", {"domain": "gmail.com"}, {"domain": "Gmail.com"},
        "domain"),
    Bad("word_twice", "return_reasons", {"reason_code": "duplicate"}, {"source_words": "競合"},
        "source_words"),
    Bad("never_wins", "job_titles", {"pattern": "執行役員"}, {"pattern": "秘書室長"}, "pattern"),
    # traffic filters
    traffic("unknown_value", SCANNER, "kind", kind="to_soon"),
    traffic("unknown_value", SCANNER, "after_event", after_event="email_send"),
    traffic("not_a_count", SCANNER, "within_seconds", within_seconds="0"),
    traffic("not_a_count", SCANNER, "within_seconds", within_seconds="2.5"),
    traffic("not_a_count", OURS, "position", position="first"),
    traffic("required", OURS, "reason", reason=""),
    traffic("kind_needs", SCANNER, "after_event", after_event=""),
    traffic("kind_needs", SCANNER, "within_seconds", within_seconds=""),
    traffic("kind_needs", BURST, "min_count", min_count=""),
    traffic("not_for_kind", SCANNER, "min_count", min_count="2"),
    traffic("not_for_kind", OURS, "within_seconds", within_seconds="10"),
    traffic("not_for_kind", BURST, "after_event", after_event="email_sent"),
    traffic("burst_of_one", BURST, "min_count", min_count="1"),
    traffic("subject_not_for_kind", OURS, "subject", subject="visit"),
    traffic("subject_not_for_kind", SCANNER, "subject", subject="lead"),
    traffic("filter_takes_all", BOT, "field", subject="any_activity", field="", operator="exists",
        value=""),
    traffic("field_not_of_subject", BOT, "field", field="company_domain"),
    traffic("operator_not_for_field", BOT, "operator", operator="gte", value="3"),
    traffic("value_missing", OURS, "value", value=""),
    Bad("unknown_value", "traffic_filters", OURS,
        {"field": "industry", "operator": "eq", "value": "retails"}, "value", "retail"),
    # what every cell may not be
    rule("formula", PRICE, "label_ja", label_ja="=1+1"),
    rule("formula", PRICE, "label_en", label_en="@import"),
    rule("formula", PRICE, "reason", reason="＋増点"),
    rule("whitespace", PRICE, "axis", axis="engagement "),
    rule("null_word", PRICE, "reason", reason="NULL"),
    rule("control_character", PRICE, "label_ja", label_ja="料金\nページ"),
    rule("control_character", PRICE, "label_en", label_en="price\x00page"),
    rule("required", PRICE, "label_ja", label_ja=""),
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_one_faulty_cell_is_one_finding_at_its_place(seeds: SeedFolder, bad: Bad) -> None:
    line = seeds.line(bad.name, **bad.row)
    place = seeds.line(bad.name, **bad.extra) if bad.extra else line
    seeds.change(bad.name, line, **bad.change)

    found = check_seeds(seeds.root)

    assert [f.code for f in found] == [bad.code]
    only = found[0]
    folder = seeds.path(bad.name).parent.name
    assert (only.file, only.line, only.column) == (
        f"seeds/{folder}/{bad.name}.csv",
        place,
        bad.column,
    )
    if bad.nearest:
        assert only.nearest == bad.nearest
        assert bad.nearest in only.message["en"]
        assert bad.nearest in only.message["ja"]
    if bad.allowed:
        assert bad.allowed in only.allowed
        assert bad.allowed in only.message["ja"]
    for language in ("en", "ja"):
        assert "{" not in only.message[language]
        assert f"line {place}" in only.render(language)


GOOD = [
    ("scoring_rules", FIT, {"operator": "between", "value": "100|100"}),
    ("scoring_rules", FIT, {"operator": "unknown", "value": ""}),
    ("scoring_rules", FIT, {"operator": "exists", "value": ""}),
    ("scoring_rules", FIT, {"points": "-2.5"}),
    ("scoring_rules", PRICE, {"decay": "half_life", "decay_days": "30"}),
    ("scoring_rules", PRICE, {"subject": "any_activity"}),
    ("scoring_rules", PRICE, {"field": "url", "operator": "prefix", "value": "@x=1"}),
    ("scoring_rules", PRICE, {"cap_points": "15", "cap_period": "total"}),
    ("scoring_rules", PRICE, {"rule_group": "web", "group_cap_points": "30"}),
    ("scoring_rules", PRICE, {"label_ja": "１００点ルール", "reason": ""}),
    ("scoring_rules", PRICE, {"distinct_by": "lead", "points": "-15"}),
    ("scoring_rules", PRICE, {"distinct_by": "content", "cap_points": "15", "cap_period": "day"}),
    ("score_grades", {"version": "v3", "grade": "A"}, {"grade": "A+"}),
    ("segments", SEGMENT, {"field": "product", "operator": "unknown", "value": ""}),
    ("scorecards", {"version": "v3"}, {"total_cap_points": "100", "segment": "enterprise"}),
    ("stage_definitions", DECK, {"role": "enter"}),
    ("stage_definitions", VISITS, {"window_days": ""}),
    ("stage_definitions", VISITS, {"min_count": "100000", "distinct_by": "day"}),
    ("scorecards", {"version": "v3"}, {"status": "challenger"}),
    ("scorecards", {"version": "v3"}, {"status": "active", "segment": "enterprise",
        "valid_from": "2026-06-01", "approved_by_marketing": "M", "approved_by_sales": "S"}),
    ("scorecards", {"version": "v2"}, {"valid_to": "2027-01-01"}),
    ("targets", {"metric": "leads"}, {"dimension": "channel", "value": "webinar"}),
    ("targets", {"metric": "return_rate"}, {"target": "1"}),
    ("sla_terms", {"term_id": "deal_phase_friday"}, {"limit_value": "7"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "row", "change"), GOOD)
def test_a_sound_change_gives_no_finding(
    seeds: SeedFolder, name: str, row: dict[str, str], change: dict[str, str]
) -> None:
    seeds.change(name, seeds.line(name, **row), **change)

    assert check_seeds(seeds.root) == []
