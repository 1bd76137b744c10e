{{ staged('stage_changes', source('mazrica', 'contact'), {
    'entity': "'lead'",
    'entity_id': id_of('mazrica', 'contact_id'),
    'to_status': 'lifecycle_stage',
    'changed_at': load_instant(),
}, where='lifecycle_stage is not null', counts=none) }}

select * from final
