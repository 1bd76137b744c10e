-- The episodes whose score can be held against a result: handed over, or an MQL that inside sales could work. Judged at
-- the hand-over, else at the moment of qualifying.

with instants as (

    select
        *,
        case when handed_over_at is not null then 'handoff' else 'mql' end as basis,
        coalesce(handed_over_at, mql_at) as scored_at
    from {{ ref('funnel_instants') }}
    where handed_over_at is not null or mql_at is not null

),

lead_windows as (

    select * from {{ ref('scoring_lead_windows') }}

),

worked_types as (

    {{ types_of_term('worked_events') }}

),

worked_events as (

    select
        activities.lead_id,
        activities.occurred_at
    from {{ ref('int_activities') }} as activities
    inner join worked_types on activities.activity_type = worked_types.activity_type

),

worked as (

    select distinct
        instants.lead_id,
        instants.episode_no
    from instants
    inner join worked_events
        on instants.lead_id = worked_events.lead_id
        and worked_events.occurred_at > instants.counts_from
        and worked_events.occurred_at <= instants.ends_at

),

final as (

    select
        instants.lead_id,
        instants.episode_no,
        instants.basis,
        instants.scored_at,
        lead_windows.version,
        coalesce(instants.seen_mql_at <= instants.scored_at, false) as is_mql,
        case when instants.seen_mql_at <= instants.scored_at then instants.seen_mql_at else instants.scored_at end as qualified_at,
        -- whoever has a deal or was given back has been worked
        worked.lead_id is not null or instants.opportunity_at is not null or instants.returned_at is not null as is_worked,
        instants.opportunity_at,
        instants.won_at,
        instants.lost_at,
        instants.returned_at,
        instants.deal_id,
        instants.amount
    from instants
    left join lead_windows
        on instants.lead_id = lead_windows.lead_id
        and {{ is_in_force('lead_windows', 'instants.scored_at') }}
    left join worked
        on instants.lead_id = worked.lead_id
        and instants.episode_no = worked.episode_no

)

select * from final
