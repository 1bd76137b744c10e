-- The lead is found by the address; until then lead_id holds the address itself.

{{ staged('activities', source('hubspot', 'email_event'), {
    'activity_id': id_of('hubspot:mail', 'id'),
    'lead_id': 'lower(recipient)',
    'activity_type': "'hubspot_email_' || lower(type)",
    'occurred_at': 'created',
    'content_id': 'email_campaign_id',
    'content_type': "'email'",
    'channel': "'email'",
    'actor': "case when lower(filtered_event) in ('true', 't', '1') then 'bot' end",
}, is_utc=true, counts='hubspot__email_event') }}

select * from final
