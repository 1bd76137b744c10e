-- A meeting that was called off, or to which nobody came, is none.

{{ staged('activities', source('hubspot', 'engagement_meeting'), {
    'activity_id': id_of('hubspot:meeting', 'engagement_id'),
    'activity_type': "case when upper(property_hs_meeting_outcome) in ('CANCELED', 'CANCELLED', 'NO_SHOW', 'RESCHEDULED')"
        ~ " then 'meeting_not_held' else 'meeting' end",
    'occurred_at': 'coalesce(property_hs_timestamp, property_hs_createdate)',
    'content_id': 'engagement_id',
    'content_name': 'property_hs_meeting_title',
    'actor': 'property_hubspot_owner_id',
}, linked=['lead_id'], is_utc=true, counts='hubspot__engagement_meeting') }}

select * from final
