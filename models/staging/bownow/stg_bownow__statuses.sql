-- What a load saw; which of it is a change intermediate asks the loads before.

{{ staged('stage_changes', source('bownow', 'lead'), {
    'entity': "'lead'",
    'entity_id': id_of_mail('bownow', 'mail'),
    'to_status': 'status',
    'changed_at': load_instant(),
}, where='status is not null', counts=none) }}

select * from final
