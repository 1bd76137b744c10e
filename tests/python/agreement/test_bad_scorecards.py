"""Each kind of fault that a scorecard can have, with the sentence that the person who made it reads."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from leadloop.agreement import check_seeds
from leadloop.agreement.messages import MESSAGES
from leadloop.settings import PROJECT_ROOT

from .seed_folder import SeedFolder

DOCS = (PROJECT_ROOT / "docs" / "rules.md").read_text("utf-8")

SIZE = {"version": "v2", "rule_id": "employees_100_or_more"}
PRICE = {"version": "v2", "rule_id": "price_page_view"}
OPENS = {"version": "v3", "rule_id": "newsletter_open"}
VISITS = {"version": "v2", "criterion": "three_visits"}
TOTAL = {"version": "v2", "criterion": "total_score"}
DECK = {"version": "v2", "criterion": "downloaded"}


@dataclass(frozen=True)
class Kind:
    """A row, what is written into it, and what the check says."""

    code: str
    name: str
    row: dict[str, str]
    change: dict[str, str]
    en: str
    ja: str


def card(code: str, version: str, change: dict[str, str], en: str, ja: str) -> Kind:
    return Kind(code, "scorecards", {"version": version}, change, en, ja)


def rule(code: str, row: dict[str, str], change: dict[str, str], en: str, ja: str) -> Kind:
    return Kind(code, "scoring_rules", row, change, en, ja)


def criterion(code: str, row: dict[str, str], change: dict[str, str], en: str, ja: str) -> Kind:
    return Kind(code, "stage_definitions", row, change, en, ja)


KINDS = [
    card("approval_missing", "v2", {"approved_by_sales": ""},
         'A version that is "active" needs the approval of both departments.',
         "「active」の版には、両部門の承認が必要です。"),
    card("retired_without_end", "v3", {"status": "retired", "segment": "enterprise",
         "valid_from": "2026-01-01", "approved_by_marketing": "M", "approved_by_sales": "S"},
         "A retired version needs the day on which it ended.",
         "終了した版には、終了した日が必要です。"),
    card("reversed_validity", "v3", {"valid_from": "2026-12-02", "valid_to": "2026-12-01"},
         "valid_to must be later than valid_from (2026-12-02); the end day itself is not included.",
         "valid_to は valid_from(2026-12-02)より後でなければなりません。終了日当日は含みません。"),
    card("gap", "v1", {"valid_to": "2026-04-30"},
         "Nothing is in force from 2026-04-30 until 2026-05-01; line 2 ends too early.",
         "2026-04-30 から 2026-05-01 まで有効な版がありません。2行目の終わりが早すぎます。"),
    card("overlap", "v1", {"valid_to": "2026-05-02"},
         "The row holds from 2026-05-01, but line 2 holds until 2026-05-02 as well.",
         "2026-05-01 から有効ですが、2行目も2026-05-02まで有効で、期間が重なっています。"),
    card("nothing_in_force", "v2", {"status": "draft"},
         'No version is active for the segment "all"; leads of no segment could not be scored.',
         "segment が all の有効な版がありません。"),
    card("unknown_segment", "v3", {"segment": "enterprize"},
         'segments.csv has no segment "enterprize"; write "all" for every lead. '
         'Did you mean "enterprise"? Allowed: all, enterprise.',
         "segments.csv にセグメント「enterprize」がありません。"),
    card("negative_cap", "v3", {"total_cap_points": "-100"},
         'A cap must be above 0, not "-100".',
         "上限は0より大きくなければなりません。「-100」は使えません。"),
    card("not_a_date", "v2", {"valid_from": "2026/05/01"},
         '"2026/05/01" is not a day of the calendar written as 2026-05-01.',
         "「2026/05/01」は 2026-05-01 の形の、実在する日付ではありません。"),
    rule("unknown_value", PRICE, {"decay": "half-life"},
         '"half-life" is not known here. Did you mean "half_life"? '
         "Allowed: none, half_life, linear, step.",
         "「half-life」はここでは使えません。 「half_life」ではありませんか。"),
    rule("unknown_field", SIZE, {"field": "employees"},
         'No subject has a field "employees".', "「employees」というフィールドはありません。"),
    rule("field_not_of_subject", PRICE, {"field": "industry"},
         'The field "industry" does not belong to the subject "key_page_view".',
         "フィールド「industry」は対象「key_page_view」のものではありません。"),
    rule("field_required", SIZE, {"field": ""},
         'The operator "gte" on "lead" needs a field.',
         "「lead」に演算子「gte」を使うには、フィールドが必要です。"),
    rule("operator_not_for_field", SIZE, {"operator": "prefix"},
         'The operator "prefix" cannot be used on lead.employee_count. '
         "Allowed: eq, in, gte, lte, between, exists, unknown.",
         "演算子「prefix」は lead.employee_count には使えません。"),
    rule("value_missing", SIZE, {"value": ""},
         'The operator "gte" needs a value.', "演算子「gte」には値が必要です。"),
    rule("value_not_allowed", PRICE, {"value": "yes"},
         'The operator "exists" takes no value; "yes" would be ignored.',
         "演算子「exists」は値を取りません。"),
    rule("list_not_allowed", SIZE, {"value": "100|200"},
         '"100|200" is a list, and the operator "gte" takes one value; use "in" for a list.',
         "「100|200」はリストですが、演算子「gte」が取る値は1つです。"),
    rule("not_plain_number", SIZE, {"operator": "in", "value": "100|0250"},
         '"0250" is not written plainly; here numbers are compared digit by digit. '
         'Did you mean "250"?',
         "「0250」は余分な0や記号を含む書き方です。ここでは数字の並びをそのまま比べます。 "
         "「250」ではありませんか。"),
    rule("between_reversed", SIZE, {"operator": "between", "value": "999|100"},
         'The bounds "999|100" are the wrong way round.',
         "範囲「999|100」の下限と上限が逆です。"),
    rule("between_bounds", SIZE, {"operator": "between"},
         '"100" must be two numbers separated by "|", such as 100|999.',
         "「100」は 100|999 のように、2つの数値を | で区切って書いてください。"),
    rule("full_width", PRICE, {"points": "１５"},
         '"１５" is written in full-width characters; write it in half-width. Did you mean "15"?',
         "「１５」は全角で書かれています。半角で書いてください。 「15」ではありませんか。"),
    rule("not_a_number", PRICE, {"points": "15点"},
         '"15点" is not a plain number such as 15, -5 or 0.5.',
         "「15点」は数値ではありません。"),
    rule("not_finite", PRICE, {"points": "inf"},
         '"inf" is not a finite number.', "「inf」は有限の数値ではありません。"),
    rule("required", PRICE, {"label_en": ""},
         "The cell must not be empty.", "空にはできません。"),
    rule("distinct_on_attribute", SIZE, {"distinct_by": "lead"},
         "An attribute of a lead gives its points once anyway; leave distinct_by empty.",
         "リードの属性の点数はもともと1回だけです。distinct_by は空にしてください。"),
    rule("cap_without_period", OPENS, {"cap_period": ""},
         "cap_points has no cap_period.", "cap_points に対する cap_period がありません。"),
    rule("period_without_cap", OPENS, {"cap_points": ""},
         "cap_period has no cap_points.", "cap_period に対する cap_points がありません。"),
    rule("cap_on_negative_points", OPENS, {"points": "-1"},
         "A cap limits points that are given; this rule takes points away.",
         "上限は加点を抑えるものです。このルールは減点です。"),
    rule("group_cap_without_group", PRICE, {"group_cap_points": "30"},
         "group_cap_points has no rule_group.",
         "group_cap_points に対する rule_group がありません。"),
    rule("decay_without_days", PRICE, {"decay": "linear"},
         'The decay "linear" needs decay_days.', "減衰「linear」には decay_days が必要です。"),
    rule("days_without_decay", PRICE, {"decay_days": "30"},
         "decay_days without a decay would be ignored.",
         "減衰がないのに decay_days があります。"),
    rule("decay_on_attribute", SIZE, {"decay": "step", "decay_days": "30"},
         "An attribute of a lead has no age, so its points cannot decay.",
         "リードの属性には経過日数がないため、点数を減衰させられません。"),
    rule("unknown_version", PRICE, {"version": "v22"},
         'scorecards.csv has no version "v22".', "scorecards.csv に版「v22」がありません。"),
    rule("formula", PRICE, {"label_ja": "=A1"},
         '"=A1" begins with a sign that a spreadsheet takes for a formula.',
         "「=A1」は、表計算ソフトが数式とみなす記号で始まっています。"),
    criterion("reserved_stage", DECK, {"stage": "won"},
         '"won" is a stage of the funnel that is not defined here; a status needs another name.',
         "「won」はここでは定義できないファネルの段階です。"),
    criterion("label_missing", DECK, {"stage": "sqll"},
         'The stage "sqll" has no row in code_labels.csv; pages would show the bare code. '
         'Did you mean "sql"?',
         "stage の「sqll」が code_labels.csv にありません。"),
    criterion("stay_on_stage", DECK, {"role": "stay", "path": "stay"},
         'Nobody stops being an mql; "stay" is for statuses of your own.',
         "mql に「とどまる条件」はありません。"),
    criterion("stay_path", DECK, {"path": "stay"},
         'The path "stay" does not fit: criteria of role stay have the path "stay", others not.',
         "経路「stay」は使えません。"),
    criterion("count_on_attribute", TOTAL, {"min_count": "2"},
         'Only events are counted; "score" has none.',
         "数えられるのは行動だけです。「score」は数えられません。"),
    criterion("distinct_without_count", VISITS, {"min_count": ""},
         "distinct_by has no min_count.", "distinct_by に対する min_count がありません。"),
    criterion("not_a_count", VISITS, {"min_count": "0"},
         '"0" is not a whole number from 1 to 100000.',
         "「0」は1から100000までの整数ではありません。"),
    Kind("reserved_segment", "segments", {"segment": "enterprise"}, {"segment": "all"},
         '"all" means every lead; a segment needs another name.',
         "「all」は全リードのことです。"),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_fault_says_what_is_wrong(seeds: SeedFolder, kind: Kind) -> None:
    seeds.change(kind.name, seeds.line(kind.name, **kind.row), **kind.change)

    (found,) = check_seeds(seeds.root)

    assert found.code == kind.code
    assert found.message["en"].startswith(kind.en)
    assert found.message["ja"].startswith(kind.ja)


def test_every_kind_is_in_the_docs() -> None:
    codes = {kind.code for kind in KINDS}
    assert len(codes) == len(KINDS) >= 20
    assert codes <= set(MESSAGES)
    for code in codes:
        assert f"`{code}`" in DOCS, code
