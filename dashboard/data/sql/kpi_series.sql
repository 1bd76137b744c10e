-- The last thirteen months of every metric for one segment.
select
    metric,
    unit,
    period,
    n,
    k,
    actual,
    ci_low,
    ci_high,
    target,
    gap,
    is_mature,
    days_to_mature
from marts.mart_kpis
where dimension = $dimension
    and value = $value
    and period >= (select max(period) from marts.mart_kpis) - interval 12 month
order by metric, period
