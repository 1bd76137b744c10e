-- Criteria that ask for several distinct things inside a window: at each thing, the one that makes the count full, looking
-- back, says whether the criterion holds there and how long it lasts. Nothing later than the thing itself is
-- looked at. Most leads do one thing after another, and the full count is so many numbers back; where things are
-- tangled, those seen by then are ranked from the latest back.

with things as (

    select * from {{ ref('scoring_things') }}

),

tangled as (

    select * from {{ ref('scoring_tangled_leads') }}

),

one_by_one as (

    select
        things.question_no,
        things.lead_id,
        things.first_at as held_from,
        earlier.last_at as seen_at,
        things.window_days
    from things
    inner join things as earlier
        on things.question_no = earlier.question_no
        and things.lead_id = earlier.lead_id
        and things.thing_no - things.min_count + 1 = earlier.thing_no
    left join tangled
        on things.question_no = tangled.question_no
        and things.lead_id = tangled.lead_id
    where tangled.lead_id is null
        and (
            things.window_days is null
            or {{ days_between('earlier.last_at', 'things.first_at') }} <= things.window_days
        )

),

seen as (

    select
        things.question_no,
        things.lead_id,
        things.first_at as held_from,
        things.thing_no,
        things.min_count,
        things.window_days,
        earlier.distinct_key,
        max(least(earlier.last_at, things.first_at)) as seen_at
    from tangled
    inner join things
        on tangled.question_no = things.question_no
        and tangled.lead_id = things.lead_id
    inner join things as earlier
        on things.lead_id = earlier.lead_id
        and things.question_no = earlier.question_no
        and earlier.first_at <= things.first_at
    where things.window_days is null
        or {{ days_between('earlier.last_at', 'things.first_at') }} <= things.window_days
    group by
        things.question_no, things.lead_id, things.first_at, things.thing_no,
        things.min_count, things.window_days, earlier.distinct_key

),

ranked as (

    select
        seen.*,
        row_number() over (
            partition by question_no, lead_id, thing_no
            order by seen_at desc, distinct_key
        ) as seen_no
    from seen

),

full_counts as (

    select question_no, lead_id, held_from, seen_at, window_days
    from one_by_one

    union all

    select question_no, lead_id, held_from, seen_at, window_days
    from ranked
    where seen_no = min_count

),

final as (

    select
        question_no,
        lead_id,
        held_from,
        case when window_days is not null then {{ window_end('seen_at', 'window_days') }} end as held_until
    from full_counts

)

select * from final
