-- The months of a window, and the first one of the window before.
select
    previous_from_period,
    from_period,
    until_period
from marts.mart_funnel_counts
where time_window = $window
limit 1
