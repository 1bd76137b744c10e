-- Who else of one lead's company is there, level by level; who decides comes first.
select
    mart_buying_groups.job_level,
    mart_buying_groups.is_decision_maker,
    mart_buying_groups.lead_count,
    mart_buying_groups.active_lead_count,
    mart_buying_groups.last_activity_at
from marts.account_leads
inner join marts.mart_buying_groups on account_leads.account_key = mart_buying_groups.account_key
where account_leads.lead_id = $lead_id
order by
    mart_buying_groups.is_decision_maker desc,
    mart_buying_groups.active_lead_count desc,
    mart_buying_groups.job_level
limit 50
