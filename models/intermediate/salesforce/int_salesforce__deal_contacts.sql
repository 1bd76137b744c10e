with final as (

    select * from {{ ref('stg_salesforce__contact_roles') }}

)

select * from final
