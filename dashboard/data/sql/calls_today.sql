-- Whom to call today, in the order of the mart.
with calls as (
    select *
    from marts.mart_calls_today
    order by call_rank
    limit $limit
)

select
    calls.lead_id,
    calls.episode_no,
    dim_lead_contacts.company_name,
    dim_lead_contacts.full_name,
    calls.handed_over_at,
    calls.due_at,
    calls.is_late,
    calls.waiting_business_hours,
    calls.waiting_business_days,
    calls.allowed_business_days,
    calls.remaining_business_hours,
    calls.score,
    calls.grade,
    calls.top_reasons_ja,
    calls.top_reasons_en,
    calls.owner_id,
    calls.team,
    calls.call_rank,
    (select count(*) from marts.mart_calls_today) as total_rows,
    (select count(*) from marts.mart_calls_today where is_late) as late_rows
from calls
left join marts.dim_lead_contacts on calls.lead_id = dim_lead_contacts.lead_id
order by calls.call_rank
