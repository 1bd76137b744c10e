-- A rule names an event type or a group of them; here is each with the types it stands for.

with event_types as (

    select * from {{ ref('event_types') }}

),

final as (

    select
        activity_type as subject,
        activity_type
    from event_types

    union all

    select
        'visit' as subject,
        activity_type
    from event_types
    where is_visit

    union all

    select
        'any_activity' as subject,
        activity_type
    from event_types

)

select * from final
