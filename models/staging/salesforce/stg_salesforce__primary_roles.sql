with source as (

    select * from {{ source('salesforce', 'opportunity_contact_role') }}

),

final as (

    select
        {{ id_of('salesforce', salesforce_id('opportunity_id')) }} as deal_id,
        {{ id_of('salesforce', salesforce_id('contact_id')) }} as lead_id,
        coalesce({{ parse_boolean('is_primary') }}, false) as is_primary
    from source
    where not {{ salesforce_is_gone() }}

)

select * from final
