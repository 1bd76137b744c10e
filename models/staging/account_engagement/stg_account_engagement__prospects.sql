-- Until intermediate finds the campaign, source_campaign holds its number. A prospect whom nobody may mail has opted out.

{{ staged('leads', source('account_engagement', 'prospect'), {
    'lead_id': id_of('account_engagement', 'id'),
    'email': 'email',
    'full_name': joined_text(['last_name', 'first_name']),
    'company_name': 'company',
    'company_domain': domain_of('website'),
    'job_title': 'job_title',
    'department': 'department',
    'industry': 'industry',
    'employee_count': "case when " ~ parse_bigint(clean_text('employees')) ~ " is not null then employees end",
    'country': 'country',
    'prefecture': 'state',
    'created_at': salesforce_time('created_at'),
    'updated_at': salesforce_time('updated_at'),
    'source_channel': 'source',
    'source_campaign': 'campaign_id',
    'owner_id': 'user_id',
    'is_opted_out': 'case when ' ~ parse_boolean('opted_out') ~ ' or ' ~ parse_boolean('is_do_not_email') ~ " then 'true' end",
    'is_deleted': '_fivetran_deleted',
}, counts='account_engagement__prospect') }}

select * from final
