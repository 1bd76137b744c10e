{{ staged('leads', source('bownow', 'lead'), {
    'lead_id': id_of_mail('bownow', 'mail'),
    'email': 'mail',
    'full_name': 'coalesce(full_name, ' ~ joined_text(['last_name', 'first_name']) ~ ')',
    'company_name': 'company_name',
    'company_domain': domain_of('url'),
    'job_title': 'job_title',
    'department': 'department',
    'industry': 'industry',
    'employee_count': 'employee_count',
    'prefecture': 'prefecture',
    'created_at': 'coalesce(created_at, ' ~ load_instant() ~ ')',
    'updated_at': 'updated_at',
    'source_channel': 'source_channel',
    'owner_id': 'owner',
    'is_opted_out': 'is_opted_out',
}, counts='bownow__lead') }}

select * from final
