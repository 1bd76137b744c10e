-- What became of the returned leads of one window; `all` for each level that is not cut.
select
    reason_group,
    return_reason,
    follow_up,
    returned_count,
    nurturing_count,
    excluded_count,
    cooling_down_count,
    too_soon_count,
    mql_n,
    mql_k,
    mql_rate,
    mql_ci_low,
    mql_ci_high,
    sql_k,
    won_n,
    won_k,
    won_rate,
    won_ci_low,
    won_ci_high,
    median_days
from marts.mart_return_outcomes
where time_window = $window
order by reason_group, return_reason, follow_up
