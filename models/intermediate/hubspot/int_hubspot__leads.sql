with final as (

    select * from {{ ref('stg_hubspot__contacts') }}

    union all

    select * from {{ ref('stg_hubspot__contact_merges') }}

)

select * from final
