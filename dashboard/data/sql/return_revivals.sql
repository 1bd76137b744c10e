-- What revived leads did before they qualified again.
select
    activity_type,
    n,
    k,
    rate,
    ci_low,
    ci_high
from marts.mart_return_revivals
order by k desc, activity_type
