-- Ids of Salesforce that a person holds. Its row is counted as a lead.

with source as (

    select * from {{ source('marketo', 'lead') }}

),

final as (

    select
        {{ id_of('marketo', 'id') }} as lead_id,
        {{ clean_text('sfdc_lead_id') }} as sfdc_lead_id,
        {{ clean_text('sfdc_contact_id') }} as sfdc_contact_id
    from source

)

select * from final
