"""Would anyone notice? Each mistake that a tired person makes has to fail a test of dbt's own."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from tests.python.pipeline.mutant_kit import ProjectCopy


@dataclass(frozen=True)
class Mutation:
    """One edit, and the unit or data test that has to see it."""

    name: str
    path: str
    old: str
    new: str
    noticed_by: str


_RULES = "macros/rules/predicates.sql"
_OPERATORS = "macros/rules/operators.sql"

MUTATIONS = [
    Mutation(
        "at_least_becomes_more_than",  # 50 points, 100 employees
        _OPERATORS,
        "number ~ ' >= ' ~ as_number",
        "number ~ ' > ' ~ as_number",
        "employees_at_the_edge_of_100",
    ),
    Mutation(
        "threshold_of_the_score_becomes_exclusive",
        "models/marts/scoring/steps/scoring_score_spans.sql",
        "cast(round(score, 9) as ' ~ dbt.type_string() ~ ')', 'round(score, 9)')",
        "cast(score - 1 as ' ~ dbt.type_string() ~ ')', 'score - 1')",
        "score_at_the_edge_of_50",
    ),
    Mutation(
        "unknown_becomes_no",
        _RULES,
        "when {{ text }} is null then null",
        "when {{ text }} is null then 0",
        "operators_on_a_lead",
    ),
    Mutation(
        "last_day_of_the_window_is_dropped",
        "models/marts/scoring/steps/scoring_criterion_counts.sql",
        "'things.first_at') }} <= things.window_days\n        )",
        "'things.first_at') }} < things.window_days\n        )",
        "third_visit_on_day_30_and_on_day_31",
    ),
    Mutation(
        "days_of_greenwich_for_days_of_japan",
        "macros/engine/time.sql",
        "cast({{ at }} + to_minutes({{ minutes }}) as date)",
        "cast({{ at }} as date)",
        "the_month_turns_at_midnight_in_japan",
    ),
    Mutation(
        "days_of_greenwich_where_there_is_summer_time",
        "macros/engine/time.sql",
        "cast(timezone('{{ var(\"business_timezone\") }}', timezone('UTC', {{ at }})) as date)",
        "cast({{ at }} as date)",
        "the_month_turns_at_midnight_in_new_york",
    ),
    Mutation(
        "a_cap_that_caps_nothing",
        "models/marts/scoring/steps/scoring_capped_points.sql",
        "{{ capped_step('rule_sum', 'points', 'cap_points') }}",
        "points",
        "caps_take_away_and_say_so",
    ),
    Mutation(
        "a_group_cap_that_caps_nothing",
        "models/marts/scoring/steps/scoring_capped_points.sql",
        "{{ capped_step('group_sum', 'rule_gave', 'group_cap_points') }}",
        "rule_gave",
        "a_group_cap_holds_over_its_rules",
    ),
    Mutation(
        "todays_score_for_the_one_at_hand_over",
        "models/marts/funnel/steps/funnel_handoff_scores.sql",
        "        and ledger.occurred_at <= handed_over.handed_over_at\n",
        "",
        "the_score_at_hand_over_knows_nothing_later",
    ),
    Mutation(
        "a_total_cap_that_caps_nothing",
        "models/marts/scoring/steps/scoring_capped_points.sql",
        "{{ capped_step('total_sum', 'group_gave', 'total_cap_points') }}",
        "group_gave",
        "a_total_cap_holds_over_everything",
    ),
    Mutation(
        "the_last_time_for_the_first",
        "models/marts/scoring/steps/scoring_firings.sql",
        "order by activities.occurred_at, activities.activity_id",
        "order by activities.occurred_at desc, activities.activity_id",
        "first_time_only_and_once_a_day",
    ),
    Mutation(
        "a_frozen_score_thaws",
        "models/marts/funnel/fct_handoff_scores.sql",
        "        cast(score as double) as score,\n        frozen_run_id\n    from frozen\n",
        "        cast(score + 15 as double) as score,\n        frozen_run_id\n    from frozen\n",
        "a_frozen_score_stays",
    ),
    Mutation(
        "a_segment_never_leaves_the_common_scorecard",
        "models/marts/scoring/steps/scoring_windows.sql",
        "least(versions.to_at, segments.begins_at) as to_at",
        "versions.to_at",
        "a_segment_leaves_the_common_scorecard_when_its_own_begins",
    ),
    Mutation(
        "first_gets_what_last_is_due",
        "macros/roi/positions.sql",
        "'first': 'is_first',",
        "'first': 'is_last',",
        "a_touch_collects_every_position_it_holds",
    ),
    Mutation(
        "ninety_percent_for_ninety_five",
        "macros/rates/wilson.sql",
        "cast(1.959963984540054 as double)",
        "cast(1.644853626951472 as double)",
        "assert_the_interval_is_wilsons",
    ),
    Mutation(
        "cost_0_where_none_is_registered",
        "models/marts/roi/mart_channel_roi.sql",
        "        months.cost,",
        "        coalesce(months.cost, 0) as cost,",
        "cost_that_nobody_registered_is_not_zero",
    ),
    Mutation(
        "merges_followed_for_one_step_only",
        "models/intermediate/identity/int_merge_steps.sql",
        "{% set longest_chain = 32 %}",
        "{% set longest_chain = 1 %}",
        "merges_are_walked_to_their_end_and_no_circle_for_ever",
    ),
    Mutation(
        "a_shared_mailbox_is_a_person",
        "models/intermediate/identity/int_identity_addresses.sql",
        "            when shared.local_part is not null then 'shared_mailbox'\n",
        "",
        "an_address_is_one_in_every_spelling_and_no_shared_mailbox_is",
    ),
    Mutation(
        "an_address_joins_two_of_one_tool",
        "models/intermediate/identity/int_identity_stars.sql",
        "            when stars.person_id in (select person_id from crowded) then 'same_source'\n",
        "",
        "an_address_draws_a_star_and_never_a_chain",
    ),
    Mutation(
        "addresses_make_chains",
        "models/intermediate/identity/int_identity_stars.sql",
        "onward.hub_id <> drawn.hub_id as is_chain",
        "false as is_chain",
        "an_address_draws_a_star_and_never_a_chain",
    ),
    Mutation(
        "a_decision_does_not_undo_a_merge",
        "models/intermediate/identity/int_merge_steps.sql",
        "    where leads.merged_into_lead_id is not null and apart.lead_id is null\n",
        "    where leads.merged_into_lead_id is not null\n",
        "merges_are_walked_to_their_end_and_no_circle_for_ever",
    ),
    Mutation(
        "a_decision_undoes_direct_merges_only",
        "models/intermediate/identity/int_lead_merges.sql",
        "        coalesce(cuts.lead_id, stopped.reached_lead_id, chains.reached_lead_id, leads.lead_id)",
        "        coalesce(chains.reached_lead_id, leads.lead_id)",
        "a_merge_that_somebody_decided_against_is_not_followed",
    ),
    Mutation(
        "groups_reach_no_end",
        "macros/identity/groups.sql",
        "    where mine.label <> theirs.label\n",
        "    where mine.label <> mine.label\n",
        "ids_are_followed_as_far_as_a_person_goes",
    ),
    Mutation(
        "the_newest_lead_stays",
        "macros/identity/settings.sql",
        "{{ leads }}.source_position, {{ leads }}.created_at, {{ leads }}.lead_id",
        "{{ leads }}.source_position, {{ leads }}.created_at desc, {{ leads }}.lead_id",
        "the_lead_that_stays_is_of_the_first_source_and_the_oldest",
    ),
    Mutation(
        "an_opt_out_of_another_tool_is_forgotten",
        "models/intermediate/leads/int_leads.sql",
        " or coalesce(fillings.is_opted_out, false) as is_opted_out",
        " as is_opted_out",
        "the_lead_that_stays_keeps_its_own_and_is_filled",
    ),
    Mutation(
        "a_return_forgets_what_is_a_new_fact",
        "models/marts/funnel/steps/funnel_qualifications.sql",
        "    where episodes.episode_no = 1 or decided.is_new_fact\n",
        "",
        "after_a_return_only_a_new_fact_counts",
    ),
    Mutation(
        "a_deal_closed_later_is_closed_already",
        "models/intermediate/deals/int_deals.sql",
        "says_closed and decided_at <= {{ as_of() }} as is_decided",
        "says_closed as is_decided",
        "a_deal_is_what_it_was_at_as_of",
    ),
    Mutation(
        "a_date_that_means_none_is_taken_for_one",
        "macros/staging.sql",
        "< cast('1990-01-01' as ",
        "< cast('1960-01-01' as ",
        "what_staging_reads_and_refuses",
    ),
    Mutation(
        "a_touch_after_the_close_earns",
        "models/marts/roi/fct_touchpoints.sql",
        "    where touches.touched_at <= moments.until_at\n        and ",
        "    where ",
        "touches_end_with_the_close_and_the_window",
    ),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> ProjectCopy:
    copy = ProjectCopy(tmp_path_factory.mktemp("mutants") / "project")
    built = copy.dbt("build", "--empty", "--exclude-resource-type", "test", "unit_test")
    assert not built.failed, built.failed
    return copy


def _noticing(mutation: Mutation) -> tuple[str, ...]:
    return ("test", "--select", mutation.noticed_by)


def test_the_project_as_it_is_passes(project: ProjectCopy) -> None:
    """The tests that notice the mutants all exist, and all pass on the real thing."""
    names = sorted({mutation.noticed_by for mutation in MUTATIONS})
    outcome = project.dbt("test", "--select", *names)
    assert outcome.failed == ()
    assert set(outcome.passed) >= set(names)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_mistake_is_noticed(project: ProjectCopy, mutation: Mutation) -> None:
    with project.edited(mutation.path, mutation.old, mutation.new):
        outcome = project.dbt(*_noticing(mutation))
    assert mutation.noticed_by in outcome.failed, f"nobody noticed: {outcome}"


@pytest.mark.parametrize(
    "company",
    [
        {
            "business_timezone": "America/Sao_Paulo",
            "as_of": "2031-01-17 11:00:00",
            "base_currency": "BRL",
        },
        {"business_timezone": "Pacific/Kiritimati", "as_of": "2026-08-11 00:00:00"},
        # always behind UTC; and a zone in which a midnight never was
        {"business_timezone": "America/Phoenix", "as_of": "2026-08-11 00:00:00"},
        {"business_timezone": "America/Lima", "as_of": "2026-08-11 00:00:00"},
    ],
    ids=lambda company: str(company["business_timezone"]),
)
def test_unit_tests_hold_for_every_company(project: ProjectCopy, company: dict[str, str]) -> None:
    """A build runs them with the company's own settings: none may lean on the sample's."""
    outcome = project.dbt("test", "--select", "test_type:unit", "--vars", json.dumps(company))
    assert outcome.failed == ()
    assert len(outcome.passed) >= 25
