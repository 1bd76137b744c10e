-- Leads whose things cannot be counted by their numbers alone: one came back on another day, or one began before the one
-- before had ended. They are few, and are counted pair by pair. Things that came back are looked for by a 64-bit hash: a
-- chance collision only makes one more lead to be counted so.

with things as (

    select * from {{ ref('scoring_things') }}

),

came_back as (

    select {{ hash_of(['question_no', 'lead_id', 'distinct_key']) }} as thing_hash
    from things
    group by {{ hash_of(['question_no', 'lead_id', 'distinct_key']) }}
    having count(*) > 1

),

final as (

    select distinct question_no, lead_id
    from things
    where previous_last_at >= first_at
        or {{ hash_of(['question_no', 'lead_id', 'distinct_key']) }} in (select thing_hash from came_back)

)

select * from final
