-- One step of one window for each value of a dimension, the surest first.
select
    value,
    n,
    k,
    rate,
    ci_low,
    ci_high,
    case when basis = 'kaplan_meier' then open_count end as open_count,
    is_mature
from marts.mart_conversion_windows
where time_window = $window
    and basis = $basis
    and from_stage = $from_stage
    and to_stage = $to_stage
    and dimension = $dimension
    and n > 0
order by n >= 10 desc, ci_low desc nulls last, n desc, value
limit 40
