-- Reason by channel in one window.
select
    value as channel,
    return_reason,
    n,
    k,
    share,
    ci_low,
    ci_high
from marts.mart_return_reasons
where time_window = $window
    and dimension = 'channel'
    and n > 0
order by n desc, channel, return_reason
