-- Criteria that ask for several distinct things inside a window. Seen from each piece of evidence, the
-- things are ranked from the latest back; the one that makes the count full says whether the criterion
-- holds there and how long it lasts. Nothing later than the evidence itself is looked at.

with criteria as (

    select distinct question_no, min_count, window_days
    from {{ ref('scoring_criteria') }}
    where min_count > 1

),

evidence as (

    select
        evidence.*,
        criteria.min_count,
        criteria.window_days
    from {{ ref('scoring_evidence') }} as evidence
    inner join criteria on evidence.question_no = criteria.question_no

),

seen as (

    select
        evidence.question_no,
        evidence.lead_id,
        evidence.first_at as held_from,
        evidence.distinct_key as from_key,
        evidence.min_count,
        evidence.window_days,
        earlier.distinct_key,
        max(least(earlier.last_at, evidence.first_at)) as seen_at
    from evidence
    inner join evidence as earlier
        on evidence.lead_id = earlier.lead_id
        and evidence.question_no = earlier.question_no
        and earlier.first_at <= evidence.first_at
    where evidence.window_days is null
        or {{ days_between('earlier.last_at', 'evidence.first_at') }} <= evidence.window_days
    group by
        evidence.question_no, evidence.lead_id,
        evidence.first_at, evidence.distinct_key, evidence.min_count, evidence.window_days,
        earlier.distinct_key

),

ranked as (

    select
        seen.*,
        row_number() over (
            partition by question_no, lead_id, held_from, from_key
            order by seen_at desc, distinct_key
        ) as thing_no
    from seen

),

final as (

    select
        question_no,
        lead_id,
        held_from,
        case when window_days is not null then {{ window_end('seen_at', 'window_days') }} end as held_until
    from ranked
    where thing_no = min_count

)

select * from final
