-- The funnel of one window: every step of one segment on one basis.
select
    from_stage,
    to_stage,
    n,
    k,
    rate,
    ci_low,
    ci_high,
    is_mature,
    median_days,
    p90_days
from marts.mart_conversion_windows
where time_window = $window
    and basis = $basis
    and dimension = $dimension
    and value = $value
order by from_stage, to_stage
