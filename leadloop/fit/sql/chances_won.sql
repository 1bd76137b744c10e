-- Every hand-over, as the lead stood, with what became of it.
with handed_over as (

    select
        lead_id,
        episode_no,
        handed_over_at as frozen_at,
        score_at_handoff as current_score,
        won_at is not null as is_good,
        least(
            coalesce(won_at, lost_at, returned_at),
            coalesce(lost_at, returned_at, won_at),
            coalesce(returned_at, won_at, lost_at)
        ) as decided_at
    from marts.fct_lead_journeys
    where handed_over_at is not null

),

usual as (

    select quantile_cont(date_diff('hour', frozen_at, decided_at), 0.9) as p90_hours
    from handed_over
    where decided_at is not null

)

select
    handed_over.lead_id,
    handed_over.episode_no,
    handed_over.current_score,
    handed_over.is_good,
    handed_over.decided_at is not null
    and date_diff('hour', handed_over.frozen_at, scores.as_of) >= coalesce(usual.p90_hours, 0) as is_known,
    leads.industry,
    leads.job_level,
    leads.employee_count,
    leads.channel as source_channel,
    leads.prefecture,
    leads.product
from handed_over
inner join marts.dim_leads as leads on handed_over.lead_id = leads.lead_id
cross join usual
cross join (select max(as_of) as as_of from marts.lead_scores) as scores
order by handed_over.frozen_at, handed_over.lead_id, handed_over.episode_no
