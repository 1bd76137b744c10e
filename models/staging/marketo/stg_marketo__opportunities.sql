-- The close date of an open opportunity is a hope.

{{ staged('deals', source('marketo', 'opportunity'), {
    'deal_id': id_of('marketo', 'external_opportunity_id'),
    'name': 'name',
    'amount': 'amount',
    'stage': 'stage',
    'is_closed': 'coalesce(' ~ clean_text('is_closed') ~ ', ' ~ clean_text('is_won') ~ ", 'false')",
    'is_won': 'is_won',
    'created_at': 'created_at',
    'closed_at': 'case when ' ~ parse_boolean('is_closed') ~ ' or ' ~ parse_boolean('is_won') ~ ' then close_date end',
    'updated_at': 'updated_at',
}, is_utc=true, counts='marketo__opportunity') }}

select * from final
