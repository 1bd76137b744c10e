-- Leads whose things cannot be counted by their numbers alone: one came back on another day, or one began before the one
-- before had ended. They are few, and are counted pair by pair.

with things as (

    select * from {{ ref('scoring_things') }}

),

final as (

    select question_no, lead_id
    from things
    group by question_no, lead_id, distinct_key
    having count(*) > 1

    union

    select question_no, lead_id
    from things
    where previous_last_at >= first_at

)

select * from final
