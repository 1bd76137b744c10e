-- Criteria on the score: one row for each moment at which points were given and the criterion held after
-- it, lasting until the next points. Decay is looked at when points are given: a score that only
-- fades qualifies nobody. Where no rule takes points, a lower bound once reached holds for good, and of a lead that
-- never came back only the first moment counts: it is one span.

with returned_leads as (

    select distinct lead_id from {{ ref('funnel_returns') }}

),

asked as (

    select
        questions.*,
        reachable.lead_id,
        questions.is_for_good and returned_leads.lead_id is null as is_settled
    from {{ ref('scoring_reachable_scores') }} as reachable
    inner join {{ ref('scoring_score_questions') }} as questions on reachable.question_no = questions.question_no
    left join returned_leads on reachable.lead_id = returned_leads.lead_id

),

fading as (

    select * from {{ ref('scoring_fading_scores') }}

),

rising as (

    select
        asked.question_no,
        asked.value,
        ledger.lead_id,
        ledger.occurred_at,
        sum(ledger.points) over (
            partition by asked.question_no, ledger.lead_id
            order by ledger.occurred_at
            range between unbounded preceding and current row
        ) as score
    from {{ ref('fct_score_ledger') }} as ledger
    inner join asked
        on ledger.lead_id = asked.lead_id
        and ledger.scorecard_version = asked.version
        and (asked.field = 'total' or asked.field = ledger.axis)
    where asked.is_settled

),

points_given as (

    select
        asked.question_no,
        asked.operator,
        asked.value,
        ledger.lead_id,
        ledger.occurred_at,
        sum(case when ledger.decay = 'none' then ledger.points else 0 end) as lasting_points
    from {{ ref('fct_score_ledger') }} as ledger
    inner join asked
        on ledger.lead_id = asked.lead_id
        and ledger.scorecard_version = asked.version
        and (asked.field = 'total' or asked.field = ledger.axis)
    where not asked.is_settled
    group by asked.question_no, asked.operator, asked.value, ledger.lead_id, ledger.occurred_at

),

running as (

    select
        points_given.*,
        sum(lasting_points) over (
            partition by question_no, lead_id
            order by occurred_at
            rows between unbounded preceding and current row
        ) as lasting_score,
        lead(occurred_at) over (partition by question_no, lead_id order by occurred_at) as next_at
    from points_given

),

scored as (

    select
        running.*,
        running.lasting_score + coalesce(fading.fading_score, 0) as score
    from running
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

    union all

    select
        question_no,
        lead_id,
        min(occurred_at) as held_from,
        cast(null as timestamp) as held_until
    from rising
    where {{ operators(number='round(score, 9)', value='value')['gte']['holds'] }}
    group by question_no, lead_id

)

select * from final
