-- Marketing contacts that may earn credit: where the lead came from, and every event of a type that counts
-- as a touch, says through which channel it came and is left out by no traffic filter. The same content on the
-- same day is one touch; a form that made the lead is not two.

with leads as (

    select * from {{ ref('int_leads') }}

),

activities as (

    select * from {{ ref('int_activities') }}
    where is_touch and channel is not null and excluded_by is null

),

touches as (

    select
        lead_id,
        created_at as touched_at,
        created_on as touched_on,
        channel,
        campaign,
        content,
        'source' as activity_type,
        'source:' || lead_id as touch_id
    from leads

    union all

    select
        activities.lead_id,
        activities.occurred_at as touched_at,
        activities.occurred_on as touched_on,
        activities.channel,
        activities.campaign,
        coalesce(activities.content_id, activities.content_name) as content,
        activities.activity_type,
        activities.activity_id as touch_id
    from activities
    inner join leads on activities.lead_id = leads.lead_id

),

final as (

    select
        lead_id,
        touched_at,
        channel,
        campaign,
        content,
        activity_type,
        touch_id
    from touches
    qualify row_number() over (
        partition by lead_id, touched_on, channel, content
        order by touched_at, case when activity_type = 'source' then 0 else 1 end, touch_id
    ) = 1

)

select * from final
