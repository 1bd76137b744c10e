-- What is left of the fading points of a lead at each moment at which it was given points, for each criterion
-- on the score. Empty where no rule decays.

with questions as (

    select * from {{ ref('scoring_score_questions') }}

),

reachable as (

    select * from {{ ref('scoring_reachable_scores') }}

),

fading as (

    select
        questions.question_no,
        ledger.lead_id,
        ledger.occurred_at,
        ledger.points,
        ledger.decay,
        ledger.decay_days
    from {{ ref('fct_score_ledger') }} as ledger
    inner join questions
        on ledger.scorecard_version = questions.version
        and (questions.field = 'total' or questions.field = ledger.axis)
    inner join reachable
        on questions.question_no = reachable.question_no
        and ledger.lead_id = reachable.lead_id
    where ledger.decay <> 'none'

),

fading_leads as (

    select distinct question_no, lead_id
    from fading

),

moments as (

    select distinct
        questions.question_no,
        ledger.lead_id,
        ledger.occurred_at
    from {{ ref('fct_score_ledger') }} as ledger
    inner join questions
        on ledger.scorecard_version = questions.version
        and (questions.field = 'total' or questions.field = ledger.axis)
    inner join fading_leads
        on questions.question_no = fading_leads.question_no
        and ledger.lead_id = fading_leads.lead_id

),

final as (

    select
        moments.question_no,
        moments.lead_id,
        moments.occurred_at,
        sum({{ decayed_points('fading.points', 'fading.decay', 'fading.decay_days', 'fading.occurred_at', 'moments.occurred_at') }}) as fading_score
    from moments
    inner join fading
        on moments.question_no = fading.question_no
        and moments.lead_id = fading.lead_id
        and fading.occurred_at <= moments.occurred_at
    group by moments.question_no, moments.lead_id, moments.occurred_at

)

select * from final
