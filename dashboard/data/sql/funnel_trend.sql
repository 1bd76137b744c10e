-- One step month by month, with the target where the agreement names one.
with
conversions as (
    select *
    from marts.mart_conversions
    where from_stage = $from_stage
        and to_stage = $to_stage
        and basis = $basis
        and dimension = $dimension
        and value = $value
),

targets as (
    select period, target, days_to_mature
    from marts.mart_kpis
    where metric = $metric
        and dimension = $dimension
        and value = $value
)

select
    conversions.period,
    conversions.n,
    conversions.k,
    conversions.rate,
    conversions.ci_low,
    conversions.ci_high,
    case when conversions.basis = 'kaplan_meier' then conversions.open_count end as open_count,
    conversions.is_mature,
    targets.target,
    targets.days_to_mature
from conversions
left join targets on conversions.period = targets.period
order by conversions.period desc
limit 24
