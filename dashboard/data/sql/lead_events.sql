-- What one lead did, the newest first.
select
    activity_id,
    activity_type,
    event_group,
    occurred_at,
    content_name,
    content_type,
    channel,
    campaign,
    answer,
    excluded_by,
    label_ja,
    label_en,
    (select count(*) from marts.fct_lead_events where lead_id = $lead_id) as total_rows
from marts.fct_lead_events
where lead_id = $lead_id
order by occurred_at desc, activity_id desc
limit $limit
