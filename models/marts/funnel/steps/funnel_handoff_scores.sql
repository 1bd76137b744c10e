-- The score at each hand-over as we know it today: the ledger of the version in force at that moment, up to that moment,
-- and nothing after it.

with instants as (

    select distinct lead_id, handed_over_at
    from {{ ref('funnel_instants') }}
    where handed_over_at is not null

),

lead_windows as (

    select * from {{ ref('scoring_lead_windows') }}

),

ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

handed_over as (

    select
        instants.lead_id,
        instants.handed_over_at,
        lead_windows.version
    from instants
    inner join lead_windows
        on instants.lead_id = lead_windows.lead_id
        and {{ is_in_force('lead_windows', 'instants.handed_over_at') }}

),

final as (

    select
        handed_over.lead_id,
        handed_over.handed_over_at,
        handed_over.version as scorecard_version,
        cast(coalesce(sum({{ decayed_points('ledger.points', 'ledger.decay', 'ledger.decay_days', 'ledger.occurred_at', 'handed_over.handed_over_at') }}), 0) as double) as score
    from handed_over
    left join ledger
        on handed_over.lead_id = ledger.lead_id
        and handed_over.version = ledger.scorecard_version
        and ledger.occurred_at <= handed_over.handed_over_at
    group by handed_over.lead_id, handed_over.handed_over_at, handed_over.version

)

select * from final
