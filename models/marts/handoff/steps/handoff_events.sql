-- What is recorded of each hand-over: the first event of each kind in its episode, and who has the lead now.

with instants as (

    select * from {{ ref('funnel_instants') }}
    where handed_over_at is not null

),

activities as (

    select * from {{ ref('int_activities') }}
    where event_group in ('handoff', 'sales')

),

placed as (

    select
        instants.lead_id,
        instants.episode_no,
        instants.handed_over_at,
        activities.activity_type,
        activities.event_group,
        activities.occurred_at,
        activities.actor
    from activities
    inner join instants
        on activities.lead_id = instants.lead_id
        and activities.occurred_at > instants.counts_from
        and activities.occurred_at <= instants.ends_at

),

firsts as (

    select
        lead_id,
        episode_no,
        min(case when activity_type = 'handoff_listed' then occurred_at end) as listed_at,
        min(case when activity_type = 'handoff_synced' then occurred_at end) as synced_at,
        min(case when activity_type = 'handoff_assigned' then occurred_at end) as assigned_at,
        min(case when activity_type = 'first_contact' then occurred_at end) as contacted_at,
        min(case when event_group = 'sales' and occurred_at >= handed_over_at then occurred_at end) as called_at
    from placed
    group by lead_id, episode_no

),

owners as (

    -- who has it now: the one it was assigned to last
    select
        lead_id,
        episode_no,
        actor as owner_id
    from placed
    where activity_type = 'handoff_assigned' and actor is not null
    qualify row_number() over (partition by lead_id, episode_no order by occurred_at desc, actor) = 1

),

final as (

    select
        firsts.*,
        owners.owner_id
    from firsts
    left join owners
        on firsts.lead_id = owners.lead_id
        and firsts.episode_no = owners.episode_no

)

select * from final
