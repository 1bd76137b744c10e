-- How far each monthly cohort had come at each age.
select
    period,
    age_days,
    n,
    k,
    rate,
    ci_low,
    ci_high,
    is_observed
from marts.mart_cohort_progress
where from_stage = $from_stage
    and to_stage = $to_stage
    and dimension = $dimension
    and value = $value
    and period >= (select max(period) from marts.mart_cohort_progress) - interval 12 month
order by period, age_days
