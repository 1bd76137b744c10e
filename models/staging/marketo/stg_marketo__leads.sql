{{ staged('leads', source('marketo', 'lead'), {
    'lead_id': id_of('marketo', 'id'),
    'email': 'email',
    'full_name': joined_text(['last_name', 'first_name']),
    'company_name': 'company',
    'company_domain': domain_of('website'),
    'job_title': 'title',
    'department': 'department',
    'industry': 'industry',
    'employee_count': 'number_of_employees',
    'country': 'country',
    'prefecture': 'state',
    'created_at': 'created_at',
    'updated_at': 'updated_at',
    'source_channel': 'lead_source',
    'source_campaign': 'acquisition_program_id',
    'is_opted_out': 'unsubscribed',
    'is_deleted': '_fivetran_deleted',
}, is_utc=true, counts='marketo__lead') }}

select * from final
