with activities as (

    select * from {{ ref('int_activities_resolved') }}

),

event_types as (

    select * from {{ ref('event_types') }}

),

content_types as (

    select * from {{ ref('int_content_types') }}

),

named as (

    select
        activities.*,
        coalesce(by_url.activity_type, by_name.activity_type) as named_activity_type,
        coalesce(activities.content_type, by_url.content_type, by_name.content_type)
            as named_content_type
    from activities
    left join content_types as by_url
        on activities.url = by_url.content_text
        and by_url.match_field = 'url'
    left join content_types as by_name
        on activities.content_name = by_name.content_text
        and by_name.match_field = 'content_name'
    where activities.row_status = 'loaded'
        and activities.occurred_at <= {{ as_of() }}

),

typed as (

    -- Only a plain page view can turn out to be more than it says.
    select
        named.*,
        case
            when named.activity_type = 'page_view'
                then coalesce(named.named_activity_type, named.activity_type)
            else named.activity_type
        end as known_activity_type
    from named

),

final as (

    select
        -- which
        typed.activity_id,
        typed.lead_id,
        coalesce(event_types.activity_type, 'other') as activity_type,
        typed.activity_type as source_activity_type,
        coalesce(event_types.event_group, 'other') as event_group,
        coalesce(event_types.is_visit, false) as is_visit,
        coalesce(event_types.is_touch, false) as is_touch,

        -- when
        typed.occurred_at,
        {{ local_day('typed.occurred_at') }} as occurred_on,

        -- what
        typed.content_id,
        typed.content_name,
        typed.named_content_type as content_type,
        typed.url,
        lower(typed.channel) as channel,
        typed.campaign,
        typed.answer,
        typed.content_id || ':' || typed.answer as content_answer,
        typed.session_id,
        typed.actor
    from typed
    left join event_types on typed.known_activity_type = event_types.activity_type

)

select * from final
