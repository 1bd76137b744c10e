-- The company is the account: until intermediate finds it, company_name holds its id.

{{ staged('leads', source('salesforce', 'contact'), {
    'lead_id': id_of('salesforce', salesforce_id('id')),
    'email': 'email',
    'full_name': 'coalesce(' ~ joined_text(['last_name', 'first_name']) ~ ', name)',
    'company_name': salesforce_id('account_id'),
    'job_title': 'title',
    'department': 'department',
    'country': 'mailing_country',
    'prefecture': 'mailing_state',
    'created_at': salesforce_time('created_date'),
    'updated_at': salesforce_time('last_modified_date'),
    'source_channel': 'lead_source',
    'source_campaign': 'source_campaign_c',
    'source_content': 'source_content_c',
    'product': 'product_c',
    'owner_id': 'owner_id',
    'is_opted_out': 'has_opted_out_of_email',
    'merged_into_lead_id': id_of('salesforce', salesforce_id('master_record_id')),
    'is_deleted': 'case when ' ~ salesforce_is_gone(is_versioned=true) ~ " then 'true' else 'false' end",
}, counts='salesforce__contact') }}

select * from final
