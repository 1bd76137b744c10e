-- The sentences with which a call to one lead can begin.
select
    thanks_ja,
    thanks_en,
    bridge_ja,
    bridge_en,
    last_seen_on
from marts.lead_openings
where lead_id = $lead_id
limit 1
