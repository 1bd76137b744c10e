-- Leads and contacts are people alike. A converted lead goes into its contact, which is the record that lives on: the contact
-- keeps the day and the channel on which the person came as a lead. A contact that is not in the export is stood in for by
-- its lead, under the contact's id, so that what is known of it joins; such a row counts as no row of a file.

with leads as (

    select * from {{ ref('stg_salesforce__leads') }}

),

contacts as (

    select * from {{ ref('stg_salesforce__contacts') }}

),

accounts as (

    select
        account_id,
        max(name) as name,
        max(domain) as domain,
        max(industry) as industry,
        max(employee_count) as employee_count
    from {{ ref('stg_salesforce__accounts') }}
    group by account_id

),

conversions as (

    select distinct lead_id, contact_id
    from {{ ref('stg_salesforce__conversions') }}

),

known_contacts as (

    select distinct lead_id as contact_id
    from contacts
    where broken_rule is null

),

came_as_leads as (

    select
        merged_into_lead_id as contact_id,
        min(created_at) as created_at,
        min_by(source_channel, created_at) filter (where source_channel is not null) as source_channel
    from leads
    where broken_rule is null and merged_into_lead_id is not null
    group by merged_into_lead_id

),

people as (

    select {{ staged_columns('leads', 'contacts', {
        'company_name': 'accounts.name',
        'company_domain': 'accounts.domain',
        'industry': 'accounts.industry',
        'employee_count': 'accounts.employee_count',
        'created_at': 'least(contacts.created_at, coalesce(came_as_leads.created_at, contacts.created_at))',
        'source_channel': 'coalesce(came_as_leads.source_channel, contacts.source_channel)',
    }) }}
    from contacts
    left join accounts on contacts.company_name = accounts.account_id
    left join came_as_leads on contacts.lead_id = came_as_leads.contact_id

),

stand_ins as (

    select {{ staged_columns('leads', 'leads', {
        'lead_id': 'conversions.contact_id',
        'merged_into_lead_id': 'cast(null as ' ~ dbt.type_string() ~ ')',
        '_table': 'cast(null as ' ~ dbt.type_string() ~ ')',
    }) }}
    from leads
    inner join conversions
        on leads.lead_id = conversions.lead_id and leads.merged_into_lead_id = conversions.contact_id
    left join known_contacts on conversions.contact_id = known_contacts.contact_id
    where leads.broken_rule is null and known_contacts.contact_id is null

),

final as (

    select {{ staged_columns('leads', 'leads', {'company_name': 'coalesce(accounts.name, leads.company_name)'}) }}
    from leads
    -- some integrations write the account's id where the company's name belongs
    left join accounts on leads.company_name = accounts.account_id

    union all

    select * from people

    union all

    select * from stand_ins

)

select * from final
