{{ staged('stage_changes', source('kintone', 'lead'), {
    'entity': "'lead'",
    'entity_id': id_of('kintone', 'record_id'),
    'to_status': 'status',
    'changed_at': load_instant(),
}, where='status is not null', counts=none) }}

select * from final
