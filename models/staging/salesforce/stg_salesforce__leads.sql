{{ staged('leads', source('salesforce', 'lead'), {
    'lead_id': id_of('salesforce', salesforce_id('id')),
    'email': 'email',
    'full_name': 'coalesce(' ~ joined_text(['last_name', 'first_name']) ~ ', name)',
    'company_name': 'company',
    'company_domain': domain_of('website'),
    'job_title': 'title',
    'department': 'department_c',
    'industry': 'industry',
    'employee_count': 'number_of_employees',
    'country': 'country',
    'prefecture': 'state',
    'created_at': salesforce_time('created_date'),
    'updated_at': salesforce_time('last_modified_date'),
    'source_channel': 'lead_source',
    'source_campaign': 'source_campaign_c',
    'source_content': 'source_content_c',
    'product': 'product_c',
    'owner_id': 'owner_id',
    'is_opted_out': 'has_opted_out_of_email',
    'merged_into_lead_id': id_of('salesforce', 'coalesce('
        ~ salesforce_id('master_record_id') ~ ', ' ~ salesforce_id('converted_contact_id') ~ ')'),
    'is_deleted': 'case when ' ~ salesforce_is_gone(is_versioned=true) ~ " then 'true' else 'false' end",
}, counts='salesforce__lead') }}

select * from final
