-- Events of a lead of which so many happen within so many seconds that a machine must have made them. Such a
-- stretch touches at most two neighbouring buckets of as many seconds, so that one of them holds half of it:
-- all events are only counted by bucket, and what lies near a full bucket is looked at one by one.

with full_buckets as (

    -- by hash: a chance collision only makes a few more events to be looked at
    select {{ hash_of(['position', 'lead_id', time_bucket_no('occurred_at', 'within_seconds')]) }} as bucket_hash
    from ({{ events_seen_by('burst', ['lead_id', 'occurred_at']) }})
    group by {{ hash_of(['position', 'lead_id', time_bucket_no('occurred_at', 'within_seconds')]) }}
    having count(*) * 2 >= max(min_count)

),

near_buckets as (

    select distinct
        seen.position,
        seen.lead_id,
        {{ time_bucket_no('seen.occurred_at', 'seen.within_seconds') }} + steps.n - 1 as bucket_no
    from ({{ events_seen_by('burst', ['lead_id', 'occurred_at']) }}) as seen
    inner join full_buckets
        on {{ hash_of(['seen.position', 'seen.lead_id', time_bucket_no('seen.occurred_at', 'seen.within_seconds')]) }}
        = full_buckets.bucket_hash
    cross join ({{ numbers(3) }}) as steps

),

near_events as (

    select
        seen.activity_id,
        seen.lead_id,
        seen.occurred_at,
        seen.position,
        seen.within_seconds,
        seen.min_count,
        row_number() over (
            partition by seen.position, seen.lead_id
            order by seen.occurred_at, seen.activity_id
        ) as event_no
    from ({{ events_seen_by('burst', ['activity_id', 'lead_id', 'occurred_at']) }}) as seen
    inner join near_buckets
        on seen.position = near_buckets.position
        and seen.lead_id = near_buckets.lead_id
        and {{ time_bucket_no('seen.occurred_at', 'seen.within_seconds') }} = near_buckets.bucket_no

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
