-- The ledger of the version in force for the lead at as_of, with what is left of each firing at as_of.

with ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

lead_versions as (

    select * from {{ ref('scoring_lead_versions') }}

),

final as (

    select
        ledger.lead_id,
        ledger.scorecard_version,
        ledger.rule_id,
        ledger.axis,
        ledger.occurred_at,
        ledger.points as points_given,
        cast({{ decayed_points('ledger.points', 'ledger.decay', 'ledger.decay_days', 'ledger.occurred_at', as_of()) }} as double) as points,
        ledger.points_lost_to_cap
    from ledger
    inner join lead_versions
        on ledger.lead_id = lead_versions.lead_id
        and ledger.scorecard_version = lead_versions.version

)

select * from final
