-- Detects: a score that is not the sum of the rules shown for it.
-- Because: the score, its breakdown and the ledger are read from different queries; a salesperson who adds up
--     the card must get the number on it.
-- A row means: the lead's rules sum to `points`, its card says `total_score`, its sentence names `told_score`.

with scores as (

    select * from {{ ref('lead_scores') }}

),

breakdown as (

    select
        lead_id,
        scorecard_version,
        sum(points) as points
    from {{ ref('lead_score_breakdown') }}
    group by lead_id, scorecard_version

),

explanations as (

    select * from {{ ref('lead_explanations') }}

),

final as (

    select
        scores.lead_id,
        scores.scorecard_version,
        scores.total_score,
        explanations.total_score as told_score,
        coalesce(breakdown.points, 0) as points
    from scores
    left join breakdown
        on scores.lead_id = breakdown.lead_id
        and scores.scorecard_version = breakdown.scorecard_version
    left join explanations
        on scores.lead_id = explanations.lead_id
        and scores.scorecard_version = explanations.scorecard_version
    where abs(scores.total_score - coalesce(breakdown.points, 0)) > 1e-9
        or explanations.lead_id is null
        or abs(explanations.total_score - coalesce(breakdown.points, 0)) > 1e-9

)

select * from final
