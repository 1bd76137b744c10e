with activities as (

    select * from {{ ref('int_activities') }}

),

final as (

    select
        lead_id,
        activity_id,
        lower(content_id) as question,
        case
            when lower(answer) in ('confirmed', 'denied', 'partly') then lower(answer)
            else 'unknown'
        end as state,
        content_name as evidence,
        actor as asked_by,
        occurred_at as answered_at
    from activities
    where activity_type = 'hearing_answer'

)

select * from final
