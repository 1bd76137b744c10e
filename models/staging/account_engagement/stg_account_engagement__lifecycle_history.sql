-- Until intermediate finds their names, the statuses are the numbers of the stages.

{{ staged('stage_changes', source('account_engagement', 'lifecycle_history'), {
    'entity': "'lead'",
    'entity_id': id_of('account_engagement', 'prospect_id'),
    'from_status': 'previous_stage_id',
    'to_status': 'next_stage_id',
    'changed_at': salesforce_time('created_at'),
}, counts='account_engagement__lifecycle_history') }}

select * from final
