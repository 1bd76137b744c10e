-- Which visit an event belongs to whose source keeps no sessions: a form of a marketing tool that was sent on a day on which
-- the log of the website has shown its lead before is no visit more. The first visit of that day; a later one is none, so
-- that nothing that happens afterwards changes what an event was.

with activities as (

    select
        activity_id,
        lead_id,
        occurred_at,
        occurred_on,
        session_id
    from {{ ref('int_activities_resolved') }}
    where {{ is_loaded_by_now() }} and is_visit

),

exclusions as (

    select * from {{ ref('int_activity_exclusions') }}

),

without_session as (

    select * from activities
    where session_id is null

),

days as (

    select distinct
        lead_id,
        occurred_on
    from without_session

),

visits as (

    select
        activities.lead_id,
        activities.occurred_on,
        activities.session_id,
        min(activities.occurred_at) as first_at
    from activities
    inner join days on activities.lead_id = days.lead_id and activities.occurred_on = days.occurred_on
    left join exclusions on activities.activity_id = exclusions.activity_id
    where activities.session_id is not null and exclusions.activity_id is null
    group by activities.lead_id, activities.occurred_on, activities.session_id

),

final as (

    select
        without_session.activity_id,
        visits.session_id
    from without_session
    inner join visits
        on without_session.lead_id = visits.lead_id
        and without_session.occurred_on = visits.occurred_on
        and without_session.occurred_at >= visits.first_at
    qualify row_number() over (
        partition by without_session.activity_id order by visits.first_at, visits.session_id
    ) = 1

)

select * from final
