-- Every metric of one window for one segment.
select
    metric,
    unit,
    n,
    k,
    actual,
    ci_low,
    ci_high,
    target,
    gap,
    is_mature,
    days_to_mature,
    previous,
    previous_n,
    previous_k,
    diff_low,
    diff_high
from marts.mart_kpi_windows
where time_window = $window
    and dimension = $dimension
    and value = $value
order by metric
