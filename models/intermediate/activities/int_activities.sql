with activities as (

    select * from {{ ref('int_activities_resolved') }}

),

final as (

    select
        -- which
        activity_id,
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
        content_id || ':' || answer as content_answer,
        session_id,
        actor
    from activities
    where row_status = 'loaded'
        and occurred_at <= {{ as_of() }}

)

select * from final
