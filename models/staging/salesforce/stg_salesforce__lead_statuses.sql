{{ staged('stage_changes', source('salesforce', 'lead_history'), {
    'entity': "'lead'",
    'entity_id': id_of('salesforce', salesforce_id('lead_id')),
    'from_status': 'old_value',
    'to_status': 'new_value',
    'changed_at': salesforce_time('created_date'),
    'changed_by': salesforce_id('created_by_id'),
}, where="field = 'Status' and not " ~ salesforce_is_gone(), counts='salesforce__lead_history') }}

select * from final
