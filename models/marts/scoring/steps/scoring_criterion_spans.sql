-- From when until when a criterion held for a lead. held_until is exclusive, NULL where it never ends.

with criteria as (

    select distinct question_no, window_days
    from {{ ref('scoring_criteria') }}
    where min_count = 1

),

evidence as (

    select * from {{ ref('scoring_evidence') }}

),

final as (

    select question_no, lead_id, held_from, held_until
    from {{ ref('scoring_criterion_counts') }}

    union all

    select question_no, lead_id, held_from, held_until
    from {{ ref('scoring_score_spans') }}

    union all

    select
        evidence.question_no,
        evidence.lead_id,
        evidence.first_at as held_from,
        case
            when criteria.window_days is not null
                then {{ window_end('evidence.last_at', 'criteria.window_days') }}
        end as held_until
    from evidence
    inner join criteria on evidence.question_no = criteria.question_no

)

select * from final
