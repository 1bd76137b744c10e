-- The first moment in an episode at which a lead was on its way to sales.

with activities as (

    select * from {{ ref('int_activities') }}
    where activity_type in ('handoff_listed', 'handoff_synced', 'handoff_assigned')

),

episodes as (

    select * from {{ ref('funnel_episodes') }}

),

final as (

    select
        episodes.lead_id,
        episodes.episode_no,
        min(activities.occurred_at) as handed_over_at
    from activities
    inner join episodes
        on activities.lead_id = episodes.lead_id
        and activities.occurred_at > episodes.counts_from
        and activities.occurred_at <= episodes.ends_at
    group by episodes.lead_id, episodes.episode_no

)

select * from final
