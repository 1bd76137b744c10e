-- Whether there is anything to show at all.
select cast(count(*) as bigint) as leads
from marts.dim_leads
