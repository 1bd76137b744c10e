with source as (

    select * from {{ source('salesforce', 'lead') }}

),

final as (

    select
        {{ id_of('salesforce', salesforce_id('id')) }} as lead_id,
        {{ id_of('salesforce', salesforce_id('converted_contact_id')) }} as contact_id,
        {{ id_of('salesforce', salesforce_id('converted_opportunity_id')) }} as deal_id
    from source
    where {{ clean_text('converted_contact_id') }} is not null

)

select * from final
