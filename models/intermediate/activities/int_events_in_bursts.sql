-- Events of a lead of which so many happen within so many seconds that a machine must have made them.

with near_events as (

    select * from {{ ref('int_events_near_bursts') }}

),

burst_starts as (

    -- the event with which a burst begins: the last one that it needs comes in time
    select
        first_events.position,
        first_events.lead_id,
        first_events.event_no
    from near_events as first_events
    inner join near_events as last_events
        on first_events.position = last_events.position
        and first_events.lead_id = last_events.lead_id
        and first_events.event_no + first_events.min_count - 1 = last_events.event_no
    where {{ is_within_seconds('first_events.occurred_at', 'last_events.occurred_at', 'first_events.within_seconds') }}

),

numbered as (

    select
        near_events.activity_id,
        near_events.position,
        near_events.min_count,
        near_events.event_no,
        max(burst_starts.event_no) over (
            partition by near_events.position, near_events.lead_id
            order by near_events.event_no
            rows between unbounded preceding and current row
        ) as start_no
    from near_events
    left join burst_starts
        on near_events.position = burst_starts.position
        and near_events.lead_id = burst_starts.lead_id
        and near_events.event_no = burst_starts.event_no

),

final as (

    select
        activity_id,
        position
    from numbered
    where start_no > event_no - min_count

)

select * from final
