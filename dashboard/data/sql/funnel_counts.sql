-- The leads that came in a window, stage by stage, counted in one of three ways.
select
    stage,
    n,
    previous_n,
    next_n,
    next_k,
    next_rate,
    next_ci_low,
    next_ci_high,
    cumulative_n,
    cumulative_k,
    cumulative_rate,
    cumulative_ci_low,
    cumulative_ci_high,
    went_on_count,
    lost_count,
    returned_count,
    open_count,
    won_count
from marts.mart_funnel_counts
where time_window = $window
    and funnel_type = $funnel_type
    and dimension = $dimension
    and value = $value
order by stage_order
