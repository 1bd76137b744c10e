-- The values of one dimension, the largest first.
select
    value,
    max(actual) as n
from marts.mart_kpi_windows
where dimension = $dimension
    and metric = 'leads'
    and time_window = 'all'
group by value
order by n desc nulls last, value
limit 200
