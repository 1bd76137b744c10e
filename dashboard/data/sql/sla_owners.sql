-- What each owner has to call, and how long the first contact took.
with newest as (
    select max(period) as period from marts.fct_handoffs
),

checks as (
    select checks.*
    from marts.fct_sla_checks as checks
    cross join newest
    where checks.term_id = (select min(term_id) from marts.mart_contact_progress)
        and checks.period > newest.period - to_months(cast($months as int))
)

select
    owner_id,
    team,
    count(*) as handoffs,
    count(*) filter (status in ('open', 'not_due')) as waiting,
    count(*) filter (status = 'open') as overdue,
    count(*) filter (status = 'met') as k,
    count(*) filter (status in ('met', 'breached', 'open')) as n,
    quantile_cont(taken_business_hours, 0.5) filter (done_at is not null) as median_hours,
    quantile_cont(taken_business_hours, 0.9) filter (done_at is not null) as p90_hours
from checks
group by all
order by overdue desc, waiting desc, owner_id
limit 200
