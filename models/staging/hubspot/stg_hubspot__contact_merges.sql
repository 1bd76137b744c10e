-- The contact that was merged, as a lead that goes into another one.

{{ staged('leads', source('hubspot', 'contact_merge_audit'), {
    'lead_id': id_of('hubspot', 'vid_to_merge'),
    'created_at': adapter.quote('timestamp'),
    'updated_at': adapter.quote('timestamp'),
    'merged_into_lead_id': id_of('hubspot', 'canonical_vid'),
}, is_utc=true, counts='hubspot__contact_merge_audit') }}

select * from final
