with final as (

    select * from {{ ref('stg_hubspot__contacts') }}

    union all

    select * from {{ ref('stg_hubspot__contact_merges') }}

    union all

    select * from {{ ref('stg_hubspot__merged_ids') }}

)

select * from final
