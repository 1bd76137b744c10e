with final as (

    select * from {{ ref('stg_hubspot__deal_contacts') }}

)

select * from final
