-- The months of a window, and the first one of the window before.
select
    previous_from_on,
    from_on,
    until_on
from marts.mart_funnel_counts
where time_window = $window
limit 1
