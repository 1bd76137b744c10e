{{ staged('deals', source('account_engagement', 'opportunity'), {
    'deal_id': id_of('account_engagement', 'id'),
    'name': 'name',
    'amount': 'value',
    'stage': 'stage',
    'is_closed': "case when lower(status) in ('won', 'lost') then 'true' else 'false' end",
    'is_won': "case when lower(status) = 'won' then 'true' else 'false' end",
    'created_at': salesforce_time('created_at'),
    'closed_at': "case when lower(status) in ('won', 'lost') then " ~ salesforce_time('closed_at') ~ ' end',
    'updated_at': salesforce_time('updated_at'),
}, where='not coalesce(' ~ parse_boolean('_fivetran_deleted') ~ ', false)', counts='account_engagement__opportunity') }}

select * from final
