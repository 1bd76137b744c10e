-- When in the week leads are handed over, and when they are first contacted.
with newest as (
    select max(period) as period from marts.fct_handoffs
),

chosen as (
    select handoffs.*
    from marts.fct_handoffs as handoffs
    cross join newest
    where handoffs.period > newest.period - to_months(cast($months as int))
)

select 'handed_over' as kind, handed_over_weekday as weekday, handed_over_hour as hour, count(*) as handoffs
from chosen
group by all

union all

select 'contact' as kind, contact_weekday as weekday, contact_hour as hour, count(*) as handoffs
from chosen
where contact_weekday is not null
group by all

order by kind, weekday, hour
limit 500
