{{ staged('activities', source('hubspot', 'engagement_call'), {
    'activity_id': id_of('hubspot:call', 'engagement_id'),
    'activity_type': "case when upper(property_hs_call_status) = 'COMPLETED' then 'call_connected' else 'call_attempt' end",
    'occurred_at': 'coalesce(property_hs_timestamp, property_hs_createdate)',
    'content_id': 'engagement_id',
    'content_name': 'property_hs_call_title',
    'actor': 'property_hubspot_owner_id',
}, linked=['lead_id'], is_utc=true, counts='hubspot__engagement_call') }}

select * from final
