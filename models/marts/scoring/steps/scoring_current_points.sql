-- What each rule of the version in force for a lead gives it at as_of.

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
        count(*) as firings,
        sum({{ decayed_points('ledger.points', 'ledger.decay', 'ledger.decay_days', 'ledger.occurred_at', as_of()) }}) as points,
        sum(ledger.points) as points_given,
        sum(ledger.points_lost_to_cap) as points_lost_to_cap,
        max(ledger.occurred_at) as last_fired_at
    from ledger
    inner join lead_versions
        on ledger.lead_id = lead_versions.lead_id
        and ledger.scorecard_version = lead_versions.version
    group by ledger.lead_id, ledger.scorecard_version, ledger.rule_id, ledger.axis

)

select * from final
