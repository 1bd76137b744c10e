-- Every duty about one lead: its hand-overs, and the newest weeks of its deals.
select
    checks.episode_no,
    checks.term_id,
    checks.duty_of,
    checks.started_at,
    checks.due_at,
    checks.done_at,
    checks.status,
    calls.remaining_business_hours
from marts.fct_sla_checks as checks
left join marts.mart_calls_today as calls
    on checks.lead_id = calls.lead_id
    and checks.episode_no = calls.episode_no
    and checks.term_id = calls.term_id
where checks.lead_id = $lead_id
order by checks.episode_no desc, checks.due_at, checks.term_id
limit 200
