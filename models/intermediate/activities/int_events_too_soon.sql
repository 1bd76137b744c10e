-- Events that come right after another event of the same lead and content: a click in the second in which
-- the mail was delivered is no reader's. Two events within so many seconds lie in the same stretch of as
-- many seconds or in neighbouring ones, so that both sides meet by equality.

with filters as (

    select * from {{ ref('traffic_filters') }}
    where kind = 'too_soon'

),

stretch as (

    select max(within_seconds) as stretch_seconds
    from filters

),

late_events as (

    select
        seen.activity_id,
        seen.lead_id,
        seen.occurred_at,
        seen.content,
        seen.position,
        seen.after_event,
        seen.within_seconds,
        {{ time_bucket_no('seen.occurred_at', 'stretch.stretch_seconds') }} - steps.n as bucket_no
    from (
        {{ events_seen_by('too_soon', ['activity_id', 'lead_id', 'occurred_at', 'content']) }}
    ) as seen
    cross join stretch
    cross join ({{ numbers(2) }}) as steps

),

first_events as (

    select
        activities.lead_id,
        activities.occurred_at,
        activities.activity_type,
        {{ content_of_event() }} as content,
        {{ time_bucket_no('activities.occurred_at', 'stretch.stretch_seconds') }} as bucket_no
    from {{ ref('int_activities_resolved') }} as activities
    cross join stretch
    where {{ is_loaded_by_now() }}
        and activities.activity_type in (select after_event from filters)

),

final as (

    -- where one of the two does not say its content, they are held to have the same
    select distinct
        late_events.activity_id,
        late_events.position
    from late_events
    inner join first_events
        on late_events.lead_id = first_events.lead_id
        and late_events.after_event = first_events.activity_type
        and late_events.bucket_no = first_events.bucket_no
    where {{ is_within_seconds('first_events.occurred_at', 'late_events.occurred_at', 'late_events.within_seconds') }}
        and coalesce(late_events.content = first_events.content, true)

)

select * from final
