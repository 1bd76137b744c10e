-- Every lead as it stands today, to see how many would reach how many points.
select
    leads.lead_id,
    journeys.episode_no,
    scores.total_score as current_score,
    false as is_good,
    true as is_known,
    leads.industry,
    leads.job_level,
    leads.employee_count,
    leads.channel as source_channel,
    leads.prefecture,
    leads.product
from marts.dim_leads as leads
inner join marts.lead_scores as scores on leads.lead_id = scores.lead_id
inner join (
    select lead_id, max(episode_no) as episode_no
    from marts.fct_lead_journeys
    group by lead_id
) as journeys on leads.lead_id = journeys.lead_id
order by leads.lead_id
