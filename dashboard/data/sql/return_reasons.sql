-- Why sales gave leads back in one window, the most frequent reason first, beside the window before.
select
    return_reason,
    n,
    k,
    share,
    ci_low,
    ci_high,
    cumulative_share,
    previous_n,
    previous_k,
    previous_share,
    diff_low,
    diff_high
from marts.mart_return_reasons
where time_window = $window
    and dimension = $dimension
    and value = $value
order by k desc, return_reason
