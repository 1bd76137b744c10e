-- Everything the head of one lead card says.
select
    dim_leads.*,
    dim_lead_contacts.email,
    dim_lead_contacts.full_name,
    dim_lead_contacts.company_name,
    dim_lead_contacts.company_domain,
    dim_lead_contacts.job_title,
    lead_scores.scorecard_version,
    lead_scores.as_of,
    lead_scores.fit_score,
    lead_scores.engagement_score,
    lead_scores.total_score,
    lead_scores.max_possible_score,
    lead_scores.grade,
    lead_scores.stage,
    lead_scores.episode_no,
    lead_scores.points_to_mql,
    lead_explanations.why_ja,
    lead_explanations.why_en,
    lead_explanations.unknown_ja,
    lead_explanations.unknown_en,
    lead_explanations.missing_ja,
    lead_explanations.missing_en,
    lead_explanations.lost_ja,
    lead_explanations.lost_en
from marts.dim_leads
left join marts.lead_scores on dim_leads.lead_id = lead_scores.lead_id
left join marts.lead_explanations on dim_leads.lead_id = lead_explanations.lead_id
left join marts.dim_lead_contacts on dim_leads.lead_id = dim_lead_contacts.lead_id
where dim_leads.lead_id = $lead_id
limit 1
