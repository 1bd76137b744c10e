-- The distinct things that a counting criterion counts, numbered as they come in time.

with criteria as (

    select distinct question_no, min_count, window_days
    from {{ ref('scoring_criteria') }}
    where min_count > 1

),

evidence as (

    select * from {{ ref('scoring_evidence') }}

),

final as (

    select
        evidence.question_no,
        evidence.lead_id,
        evidence.distinct_key,
        evidence.first_at,
        evidence.last_at,
        criteria.min_count,
        criteria.window_days,
        row_number() over (
            partition by evidence.question_no, evidence.lead_id
            order by evidence.first_at, evidence.distinct_key
        ) as thing_no,
        lag(evidence.last_at) over (
            partition by evidence.question_no, evidence.lead_id
            order by evidence.first_at, evidence.distinct_key
        ) as previous_last_at
    from evidence
    inner join criteria on evidence.question_no = criteria.question_no

)

select * from final
