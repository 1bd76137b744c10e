-- Who never got that many points in all cannot have reached a lower bound: for most leads a criterion on the score
-- ends here, before anything is sorted by time.

with questions as (

    select * from {{ ref('scoring_score_questions') }}

),

ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

question_leads as (

    select * from {{ ref('scoring_question_leads') }}

),

sums as (

    select
        lead_id,
        scorecard_version,
        sum(greatest(points, 0)) as most_total,
        sum(case when axis = 'fit' then greatest(points, 0) else 0 end) as most_fit
    from ledger
    group by lead_id, scorecard_version

),

final as (

    select
        questions.question_no,
        sums.lead_id
    from sums
    inner join questions on sums.scorecard_version = questions.version
    left join question_leads
        on sums.lead_id = question_leads.lead_id
        and questions.question_no = question_leads.question_no
    where (questions.is_asked_of_all or question_leads.lead_id is not null)
        and (
            questions.operator not in {{ operators_with('floor') }}
            or case questions.field
                when 'fit' then sums.most_fit
                when 'engagement' then sums.most_total - sums.most_fit
                else sums.most_total
            end >= try_cast({{ list_item('questions.value', 1) }} as double) - 1e-6
        )

)

select * from final
