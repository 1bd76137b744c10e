{{ staged('stage_changes', source('hubspot', 'contact_property_history'), {
    'entity': "'lead'",
    'entity_id': id_of('hubspot', 'contact_id'),
    'to_status': 'value',
    'changed_at': adapter.quote('timestamp'),
    'changed_by': 'source_id',
}, where="name = 'lifecyclestage'", is_utc=true, counts='hubspot__contact_property_history') }}

select * from final
