-- The funnel of one window: every step of one segment on one basis.
select
    from_stage,
    to_stage,
    n,
    k,
    rate,
    ci_low,
    ci_high,
    case when basis = 'kaplan_meier' then open_count end as open_count,
    is_mature,
    median_days,
    p75_days,
    p90_days
from marts.mart_conversion_windows
where time_window = $window
    and basis = $basis
    and dimension = $dimension
    and value = $value
order by from_stage, to_stage
