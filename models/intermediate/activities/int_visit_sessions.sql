-- Which visit an event belongs to whose source keeps no sessions: a form of a marketing tool that was sent on a day on which
-- the log of the website shows its lead is no visit more. Of several visits on that day the first by its name.

with activities as (

    select
        activity_id,
        lead_id,
        occurred_on,
        session_id
    from {{ ref('int_activities_resolved') }}
    where {{ is_loaded_by_now() }} and is_visit

),

without_session as (

    select
        activity_id,
        lead_id,
        occurred_on
    from activities
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
        min(activities.session_id) as session_id
    from activities
    inner join days on activities.lead_id = days.lead_id and activities.occurred_on = days.occurred_on
    where activities.session_id is not null
    group by activities.lead_id, activities.occurred_on

),

final as (

    select
        without_session.activity_id,
        visits.session_id
    from without_session
    inner join visits
        on without_session.lead_id = visits.lead_id and without_session.occurred_on = visits.occurred_on

)

select * from final
