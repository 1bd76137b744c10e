-- Events that come right after another event of the same lead and content: a click in the second in which
-- the mail was delivered is no reader's. Two events within so many seconds lie in the same stretch of as
-- many seconds or in neighbouring ones, so that both sides meet by equality.

with filters as (

    select * from {{ ref('traffic_filters') }}
    where kind = 'too_soon'

),

late_events as (

    select
        activity_id,
        lead_id,
        occurred_at,
        content,
        position,
        within_seconds,
        {{ time_bucket_no('occurred_at', 'within_seconds') }} - buckets.n as bucket_no
    from (
        {{ events_seen_by('too_soon', ['activity_id', 'lead_id', 'occurred_at', 'content']) }}
    )
    cross join ({{ numbers(2) }}) as buckets

),

first_events as (

    select
        activities.lead_id,
        activities.occurred_at,
        {{ content_of_event() }} as content,
        filters.position,
        {{ time_bucket_no('activities.occurred_at', 'filters.within_seconds') }} as bucket_no
    from {{ ref('int_activities_resolved') }} as activities
    inner join filters on activities.activity_type = filters.after_event
    where {{ is_loaded_by_now() }}

),

final as (

    -- where one of the two does not say its content, they are held to have the same
    select distinct
        late_events.activity_id,
        late_events.position
    from late_events
    inner join first_events
        on late_events.lead_id = first_events.lead_id
        and late_events.position = first_events.position
        and late_events.bucket_no = first_events.bucket_no
    where {{ is_within_seconds('first_events.occurred_at', 'late_events.occurred_at', 'late_events.within_seconds') }}
        and coalesce(late_events.content = first_events.content, true)

)

select * from final
