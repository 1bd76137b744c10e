with final as (

    select * from {{ ref('stg_account_engagement__opportunity_prospects') }}

)

select * from final
