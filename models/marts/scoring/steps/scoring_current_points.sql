-- What each rule of the version in force for a lead gives it at as_of.

with ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

lead_versions as (

    select * from {{ ref('scoring_lead_versions') }}

),

rules as (

    select * from {{ ref('scoring_point_rules') }}

),

sums as (

    select
        ledger.lead_id,
        ledger.rule_id,
        any_value(ledger.scorecard_version) as scorecard_version,
        count(*) as firings,
        sum({{ decayed_points('ledger.points', 'ledger.decay', 'ledger.decay_days', 'ledger.occurred_at', as_of()) }}) as points,
        sum(ledger.points) as points_given,
        sum(ledger.points_lost_to_cap) as points_lost_to_cap,
        max(ledger.occurred_at) as last_fired_at
    from ledger
    inner join lead_versions
        on ledger.lead_id = lead_versions.lead_id
        and ledger.scorecard_version = lead_versions.version
    group by ledger.lead_id, ledger.rule_id

),

final as (

    select
        sums.lead_id,
        sums.scorecard_version,
        sums.rule_id,
        rules.axis,
        sums.firings,
        sums.points,
        sums.points_given,
        sums.points_lost_to_cap,
        sums.last_fired_at
    from sums
    inner join rules
        on sums.scorecard_version = rules.version
        and sums.rule_id = rules.rule_id

)

select * from final
