-- A prospect that is synchronised says by id which lead or contact of Salesforce it is.

with crm_ids as (

    select * from {{ ref('stg_account_engagement__crm_ids') }}

),

claims as (

    select lead_id, crm_lead_fid as crm_id, 'crm_lead_fid' as field
    from crm_ids

    union all

    select lead_id, crm_contact_fid as crm_id, 'crm_contact_fid' as field
    from crm_ids

),

final as (

    select distinct
        lead_id,
        {{ id_of('salesforce', 'crm_id') }} as same_as_lead_id,
        'crm_id' as reason,
        field || ' ' || crm_id as detail
    from claims
    where lead_id is not null and crm_id is not null

)

select * from final
