{{ staged('leads', source('mazrica', 'contact'), {
    'lead_id': id_of('mazrica', 'contact_id'),
    'email': 'mail',
    'full_name': 'name',
    'company_name': 'account_name',
    'company_domain': id_of('mazrica', 'account_id'),
    'department': 'department',
    'job_title': 'job_title',
    'created_at': 'coalesce(created_at, ' ~ load_instant() ~ ')',
    'updated_at': 'updated_at',
    'source_channel': 'source_channel',
    'owner_id': 'owner',
}, counts='mazrica__contact') }}

select * from final
