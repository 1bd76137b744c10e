-- What a lead had done by itself when its features were frozen: each kind of act, and each with its content. What sales
-- and inside sales did with it is not asked: that is the process, and knows the outcome.
with frozen as (

    select
        lead_id,
        episode_no,
        case $goal
            when 'won' then handed_over_at
            when 'sql' then mql_at
            else timestamp '9999-12-31'
        end as frozen_at
    from marts.fct_lead_journeys

),

acts as (

    select distinct
        frozen.lead_id,
        frozen.episode_no,
        events.activity_type,
        events.content_id
    from frozen
    inner join marts.fct_lead_events as events
        on frozen.lead_id = events.lead_id
        and events.occurred_at <= frozen.frozen_at
    where events.event_group in ('web', 'mail', 'content', 'event', 'survey')
        and events.excluded_by is null

)

select lead_id, episode_no, activity_type, content_id from acts where content_id is not null
union all
select distinct lead_id, episode_no, activity_type, cast(null as varchar) from acts
