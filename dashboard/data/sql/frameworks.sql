-- The hearing frameworks of the agreement.
select distinct framework
from marts.dim_frameworks
order by framework
limit 50
