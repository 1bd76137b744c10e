{{ staged('leads', source('kintone', 'lead'), {
    'lead_id': id_of('kintone', 'record_id'),
    'email': 'mail',
    'full_name': 'full_name',
    'company_name': 'company_name',
    'company_domain': domain_of('url'),
    'department': 'department',
    'job_title': 'job_title',
    'industry': 'industry',
    'employee_count': 'employee_count',
    'prefecture': 'prefecture',
    'created_at': 'coalesce(created_at, ' ~ load_instant() ~ ')',
    'updated_at': 'updated_at',
    'source_channel': 'source_channel',
    'source_campaign': 'source_campaign',
    'product': 'product',
    'owner_id': 'owner',
    'is_opted_out': 'is_opted_out',
}, counts='kintone__lead') }}

select * from final
