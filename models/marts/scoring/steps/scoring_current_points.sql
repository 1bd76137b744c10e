-- The ledger of the version in force at as_of, with what is left of each firing at as_of.

with ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

versions as (

    select * from {{ ref('scoring_versions') }}

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
    inner join versions
        on ledger.scorecard_version = versions.version
        and versions.is_current

)

select * from final
