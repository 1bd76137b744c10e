-- The company of one lead: its people, roles and points.
select
    account_leads.account_key,
    account_leads.account_kind,
    dim_accounts.company_name,
    dim_accounts.domain,
    account_scores.total_score,
    account_scores.max_lead_score,
    account_scores.lead_count,
    account_scores.active_lead_count,
    account_scores.active_window_days,
    account_scores.known_role_count,
    account_scores.active_role_count,
    account_scores.has_decision_maker,
    account_scores.has_active_decision_maker,
    account_scores.last_activity_at,
    account_scores.mql_count,
    account_scores.has_open_deal
from marts.account_leads
left join marts.dim_accounts on account_leads.account_key = dim_accounts.account_key
left join marts.account_scores on account_leads.account_key = account_scores.account_key
where account_leads.lead_id = $lead_id
limit 1
