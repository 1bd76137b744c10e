with activities as (

    select * from {{ ref('int_activities') }}

),

event_types as (

    select * from {{ ref('event_types') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        activities.lead_id,
        activities.activity_id,
        activities.activity_type,
        activities.event_group,
        activities.occurred_at,
        activities.content_id,
        activities.content_name,
        activities.content_type,
        activities.url,
        activities.channel,
        activities.campaign,
        activities.answer,
        activities.excluded_by,
        event_types.label_ja,
        event_types.label_en
    from activities
    left join event_types on activities.activity_type = event_types.activity_type

)

select * from final
