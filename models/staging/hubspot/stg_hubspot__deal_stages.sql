{{ staged('stage_changes', source('hubspot', 'deal_stage'), {
    'entity': "'deal'",
    'entity_id': id_of('hubspot', 'deal_id'),
    'to_status': 'value',
    'changed_at': 'date_entered',
    'changed_by': 'source_id',
}, is_utc=true, counts='hubspot__deal_stage') }}

select * from final
