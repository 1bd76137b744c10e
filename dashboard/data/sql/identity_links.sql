-- The ids that stand for another lead, or of which a link was refused; one reason only where it is named.
select
    source,
    source_lead_id,
    lead_id,
    link_reason,
    link_detail_masked,
    conflict_reason
from marts.lead_identities
where (link_reason <> 'self' or is_conflict)
    and (
        $link = ''
        or ($link = 'conflict' and is_conflict)
        or link_reason = $link
    )
order by lead_id, source, source_lead_id
limit $limit
