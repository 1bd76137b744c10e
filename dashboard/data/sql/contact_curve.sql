-- How many hand-overs of the newest months had been contacted after so many working hours, and within how many they had
-- to be.
with months as (
    select distinct period
    from marts.mart_contact_progress
    order by period desc
    limit $months
),

limits as (
    select
        term_id,
        min(allowed_business_hours) as least_hours,
        max(allowed_business_hours) as most_hours
    from marts.fct_sla_checks
    where allowed_business_hours is not null and period in (select period from months)
    group by term_id
)

select
    progress.term_id,
    progress.period,
    progress.business_hours,
    progress.n,
    progress.k,
    progress.rate,
    progress.ci_low,
    progress.ci_high,
    limits.least_hours,
    limits.most_hours,
    results.k as met_k,
    results.n as met_n,
    results.rate as met_rate,
    results.ci_low as met_ci_low,
    results.ci_high as met_ci_high
from marts.mart_contact_progress as progress
left join limits on progress.term_id = limits.term_id
left join marts.mart_sla_results as results
    on progress.term_id = results.term_id
    and progress.period = results.period
    and results.period_kind = 'month'
    and results.dimension = 'all'
where progress.period in (select period from months)
    and progress.term_id = (select min(term_id) from marts.mart_contact_progress)
order by progress.period desc, progress.business_hours
limit 2000
