{{ staged('leads', source('hubspot', 'contact'), {
    'lead_id': id_of('hubspot', 'id'),
    'email': 'property_email',
    'full_name': joined_text(['property_lastname', 'property_firstname']),
    'company_name': 'property_company',
    'company_domain': domain_of('property_website'),
    'job_title': 'property_jobtitle',
    'department': 'property_department',
    'industry': 'property_industry',
    'employee_count': 'property_numemployees',
    'country': 'property_country',
    'prefecture': 'property_state',
    'created_at': 'property_createdate',
    'updated_at': 'property_lastmodifieddate',
    'source_channel': 'property_hs_analytics_source',
    'source_campaign': 'property_hs_analytics_source_data_1',
    'source_content': 'property_source_content',
    'product': 'property_product',
    'owner_id': 'property_hubspot_owner_id',
    'is_opted_out': 'property_hs_email_optout',
    'is_deleted': '_fivetran_deleted',
}, is_utc=true, counts='hubspot__contact') }}

select * from final
