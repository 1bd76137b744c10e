with source as (

    select * from {{ source('account_engagement', 'prospect') }}

),

final as (

    select
        {{ id_of('account_engagement', 'id') }} as lead_id,
        {{ salesforce_id('crm_lead_fid') }} as crm_lead_fid,
        {{ salesforce_id('crm_contact_fid') }} as crm_contact_fid
    from source

)

select * from final
