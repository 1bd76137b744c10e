-- The contacts that a contact says it has swallowed, as leads that go into it. Their own rows are gone.

{{ staged('leads', hubspot_listed(source('hubspot', 'contact'), 'property_hs_merged_object_ids') ~ ' as listed', {
    'lead_id': id_of('hubspot', 'listed_id'),
    'created_at': 'property_createdate',
    'merged_into_lead_id': id_of('hubspot', 'id'),
}, where='listed_id <> id and ' ~ parse_utc_timestamp(clean_text('property_createdate')) ~ ' is not null', is_utc=true, counts=none) }}

select * from final
