-- What each channel cost and earned in one window, under one model and basis.
select
    channel,
    leads,
    mqls,
    sqls,
    opportunities,
    won,
    cast(cost as double) as cost,
    cast(revenue as double) as revenue,
    cast(gross_profit as double) as gross_profit,
    cast(pipeline as double) as pipeline,
    cost_per_lead,
    cost_per_mql,
    cost_per_sql,
    cost_per_opportunity,
    cac,
    roas,
    roi,
    is_mature,
    sql_n,
    sql_k,
    sql_rate,
    sql_ci_low,
    sql_ci_high,
    win_n,
    win_k,
    win_rate,
    win_ci_low,
    win_ci_high
from marts.mart_channel_roi_windows
where time_window = $window
    and model = $model
    and basis = $basis
order by gross_profit desc nulls last, leads desc nulls last, channel
