with activities as (

    select * from {{ ref('int_activities_resolved') }}

),

exclusions as (

    select * from {{ ref('int_activity_exclusions') }}

),

sessions as (

    select * from {{ ref('int_visit_sessions') }}

),

final as (

    select
        -- which
        activities.activity_id,
        lead_id,
        activity_type,
        source_activity_type,
        event_group,
        is_visit,
        is_touch,

        -- when
        occurred_at,
        occurred_on,

        -- what
        content_id,
        content_name,
        content_type,
        url,
        channel,
        campaign,
        answer,
        {{ content_answer() }} as content_answer,
        coalesce(activities.session_id, sessions.session_id) as session_id,
        actor,

        -- does it count
        exclusions.excluded_by
    from activities
    left join exclusions on activities.activity_id = exclusions.activity_id
    left join sessions on activities.activity_id = sessions.activity_id
    where {{ is_loaded_by_now() }}

)

select * from final
