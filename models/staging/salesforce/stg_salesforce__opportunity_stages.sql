{{ staged('stage_changes', source('salesforce', 'opportunity_field_history'), {
    'entity': "'deal'",
    'entity_id': id_of('salesforce', salesforce_id('opportunity_id')),
    'from_status': 'old_value',
    'to_status': 'new_value',
    'changed_at': salesforce_time('created_date'),
    'changed_by': salesforce_id('created_by_id'),
}, where="field = 'StageName' and not " ~ salesforce_is_gone(), counts='salesforce__opportunity_field_history') }}

select * from final
