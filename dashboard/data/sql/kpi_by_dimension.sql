-- One metric of one window, for each value of a dimension: where the gap is.
select
    value,
    unit,
    n,
    k,
    actual,
    ci_low,
    ci_high,
    target,
    gap,
    is_mature,
    days_to_mature
from marts.mart_kpi_windows
where time_window = $window
    and metric = $metric
    and dimension = $dimension
order by abs(gap) desc nulls last, n desc nulls last, value
limit 40
