-- What is left of the fading points of a lead at each moment at which it was given points, for each criterion
-- on the score. Empty where no rule decays.

with criteria as (

    select * from {{ ref('scoring_criteria') }}
    where subject = 'score'

),

ledger as (

    select * from {{ ref('fct_score_ledger') }}

),

fading as (

    select * from ledger
    where decay <> 'none'

),

moments as (

    select distinct
        criteria.version,
        criteria.stage,
        criteria.path,
        criteria.criterion,
        criteria.field,
        ledger.lead_id,
        ledger.occurred_at
    from ledger
    inner join criteria
        on ledger.scorecard_version = criteria.version
        and (criteria.field = 'total' or criteria.field = ledger.axis)

),

final as (

    select
        moments.version,
        moments.stage,
        moments.path,
        moments.criterion,
        moments.lead_id,
        moments.occurred_at,
        sum({{ decayed_points('fading.points', 'fading.decay', 'fading.decay_days', 'fading.occurred_at', 'moments.occurred_at') }}) as fading_score
    from moments
    inner join fading
        on moments.lead_id = fading.lead_id
        and moments.version = fading.scorecard_version
        and fading.occurred_at <= moments.occurred_at
        and (moments.field = 'total' or moments.field = fading.axis)
    group by
        moments.version, moments.stage, moments.path, moments.criterion,
        moments.lead_id, moments.occurred_at

)

select * from final
