-- Events of a lead that may be a part of too many within so many seconds. Such a stretch touches at most two neighbouring
-- buckets of as many seconds, so that one of them holds half of it: all events are only counted by bucket, and what lies
-- near a full bucket is kept, to be looked at one by one.

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

final as (

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

)

select * from final
