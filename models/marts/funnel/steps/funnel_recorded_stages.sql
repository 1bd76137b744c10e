-- What a lead's own status says where no deal says it: tools without deals keep the outcome there.

with stage_changes as (

    select * from {{ ref('int_stage_changes') }}
    where entity = 'lead' and to_stage in ('opportunity', 'won', 'lost')

),

episodes as (

    select * from {{ ref('funnel_episodes') }}

),

final as (

    select
        episodes.lead_id,
        episodes.episode_no,
        min(case when stage_changes.to_stage = 'opportunity' then stage_changes.changed_at end) as opportunity_at,
        min(case when stage_changes.to_stage = 'won' then stage_changes.changed_at end) as won_at,
        max(case when stage_changes.to_stage = 'lost' then stage_changes.changed_at end) as lost_at,
        max(case when stage_changes.to_stage = 'lost' then stage_changes.reason end) as lost_reason
    from stage_changes
    inner join episodes
        on stage_changes.lead_id = episodes.lead_id
        and stage_changes.changed_at > episodes.counts_from
        and stage_changes.changed_at <= episodes.ends_at
    group by episodes.lead_id, episodes.episode_no

)

select * from final
