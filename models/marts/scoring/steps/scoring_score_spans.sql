-- Criteria on the score: one row for each moment at which points were given and the criterion held after
-- it, lasting until the next points. Decay is looked at when points are given: a score that only
-- fades qualifies nobody.

with criteria as (

    select distinct question_no, version, field, operator, value
    from {{ ref('scoring_criteria') }}
    where subject = 'score'

),

ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

reachable as (

    select * from {{ ref('scoring_reachable_scores') }}

),

fading as (

    select * from {{ ref('scoring_fading_scores') }}

),

points_given as (

    select
        criteria.question_no,
        ledger.lead_id,
        ledger.occurred_at,
        sum(case when ledger.decay = 'none' then ledger.points else 0 end) as lasting_points
    from ledger
    inner join criteria
        on ledger.scorecard_version = criteria.version
        and (criteria.field = 'total' or criteria.field = ledger.axis)
    inner join reachable
        on ledger.lead_id = reachable.lead_id
        and criteria.question_no = reachable.question_no
    group by criteria.question_no, ledger.lead_id, ledger.occurred_at

),

running as (

    select
        points_given.*,
        sum(lasting_points) over (
            partition by question_no, lead_id
            order by occurred_at
            rows between unbounded preceding and current row
        ) as lasting_score,
        lead(occurred_at) over (
            partition by question_no, lead_id
            order by occurred_at
        ) as next_at
    from points_given

),

scored as (

    select
        running.*,
        criteria.operator,
        criteria.value,
        running.lasting_score + coalesce(fading.fading_score, 0) as score
    from running
    inner join criteria on running.question_no = criteria.question_no
    left join fading
        on running.lead_id = fading.lead_id
        and running.question_no = fading.question_no
        and running.occurred_at = fading.occurred_at

),

final as (

    select
        question_no,
        lead_id,
        occurred_at as held_from,
        next_at as held_until
    from scored
    where {{ condition_state('operator', 'value', 'cast(round(score, 9) as ' ~ dbt.type_string() ~ ')', 'round(score, 9)') }} = 1

)

select * from final
