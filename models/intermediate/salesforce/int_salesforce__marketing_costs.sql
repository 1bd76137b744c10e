with final as (

    select * from {{ ref('stg_salesforce__campaign_costs') }}

)

select * from final
