-- From the qualification into the SFA: how many hand-overs took how long, in slots of four hours; what lasts longer than the
-- last slot is in it.
with newest as (
    select max(period) as period from marts.fct_handoffs
),

checks as (
    select
        checks.status,
        epoch_us(checks.done_at) - epoch_us(checks.started_at) as taken,
        epoch_us(checks.due_at) - epoch_us(checks.started_at) as allowed
    from marts.fct_sla_checks as checks
    cross join newest
    where checks.term_id = (
        select min(term_id) from marts.fct_sla_checks
        where allowed_business_hours is null and taken_business_hours is not null
    )
        and checks.done_at is not null
        and checks.period > newest.period - to_months(cast($months as int))
)

select
    cast(least(greatest(taken, 0) // 14400000000, 18) * 4 as bigint) as from_hours,
    status,
    count(*) as handoffs,
    max(allowed) / 3600000000.0 as allowed_hours
from checks
group by all
order by from_hours, status
limit 200
