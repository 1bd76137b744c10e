-- Who has leads that can be called, for the filter of the lead list.
select owner_id, cast(count(*) as bigint) as leads
from marts.lead_priorities
where owner_id is not null and owner_rank is not null
group by owner_id
order by owner_id
limit 500
