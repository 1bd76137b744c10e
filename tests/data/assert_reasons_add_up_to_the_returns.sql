-- Detects: returns that no reason holds, or that flow into no follow-up.
-- Because: the Pareto of reasons and the picture of what came after are read as the whole.
-- A row means: this window's reasons or follow-ups sum to `found` where there are `returned` returns.

with reasons as (

    select time_window, sum(k) as found
    from {{ ref('mart_return_reasons') }}
    where dimension = 'all'
    group by time_window

),

outcomes as (

    select time_window, max(returned_count) as returned, max(nurturing_count + excluded_count) as followed_up
    from {{ ref('mart_return_outcomes') }}
    where reason_group = 'all' and follow_up = 'all'
    group by time_window

)

select
    outcomes.time_window,
    outcomes.returned,
    outcomes.followed_up,
    reasons.found
from outcomes
left join reasons on outcomes.time_window = reasons.time_window
where reasons.found is null
    or reasons.found <> outcomes.returned
    or outcomes.followed_up <> outcomes.returned
