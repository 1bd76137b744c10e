-- What came of one lead, episode by episode.
select
    episode_no,
    handed_over_at,
    score_at_handoff,
    return_reason,
    lost_reason,
    cast(amount as double) as amount,
    deal_id
from marts.fct_lead_journeys
where lead_id = $lead_id
order by episode_no
limit 50
