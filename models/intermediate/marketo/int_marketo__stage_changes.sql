{{ staged('stage_changes', ref('int_marketo__named_activities'), {
    'entity': "'lead'",
    'entity_id': "'marketo:' || lead_id",
    'from_status': 'old_value',
    'to_status': 'new_value',
    'changed_at': 'activity_date',
    'reason': 'reason',
    'changed_by': 'modifying_user',
}, where="makes = 'stage_change'", is_utc=true, counts='marketo__activity') }}

select * from final
