-- Persons of Marketo that hold the id of a lead or contact of Salesforce.

with ids as (

    select * from {{ ref('stg_marketo__lead_crm_ids') }}

),

claims as (

    select lead_id, {{ "'salesforce:' || " ~ salesforce_id('sfdc_lead_id') }} as same_as_lead_id, 'sfdc_lead_id' as reason, sfdc_lead_id as detail
    from ids
    where sfdc_lead_id is not null

    union all

    select lead_id, {{ "'salesforce:' || " ~ salesforce_id('sfdc_contact_id') }} as same_as_lead_id, 'sfdc_contact_id' as reason, sfdc_contact_id as detail
    from ids
    where sfdc_contact_id is not null

),

final as (

    -- the same row in two files is one claim
    select distinct lead_id, same_as_lead_id, reason, detail
    from claims

)

select * from final
