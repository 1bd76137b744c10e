-- The hand-overs of one lead with their instants and legs, the newest first.
select
    episode_no,
    qualified_at,
    handed_over_at,
    listed_at,
    synced_at,
    assigned_at,
    first_contact_at,
    disposed_at,
    disposition,
    owner_id,
    team,
    score,
    is_sync_derived,
    is_first_contact_derived,
    is_contacted_before,
    listing_business_hours,
    sync_business_hours,
    assignment_business_hours,
    contact_business_hours,
    disposal_business_hours,
    listing_hours,
    sync_hours,
    assignment_hours,
    contact_hours,
    disposal_hours
from marts.fct_handoffs
where lead_id = $lead_id
order by episode_no desc
limit 50
