with final as (

    select * from {{ ref('stg_account_engagement__campaign_costs') }}

)

select * from final
