-- Ids of leads by source and by why each stands for the lead it stands for.
select
    source,
    link_reason,
    cast(count(*) as bigint) as ids,
    cast(count(distinct lead_id) as bigint) as leads,
    cast(count(*) filter (where is_conflict) as bigint) as conflicts
from marts.lead_identities
group by source, link_reason
order by source, link_reason
