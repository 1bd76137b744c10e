{{ staged('stage_changes', source('mazrica', 'deal'), {
    'entity': "'deal'",
    'entity_id': id_of('mazrica', 'deal_id'),
    'to_status': 'phase',
    'changed_at': load_instant(),
}, where='phase is not null', counts=none) }}

select * from final
