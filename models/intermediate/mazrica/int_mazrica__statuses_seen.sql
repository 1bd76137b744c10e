with final as (

    select * from {{ ref('stg_mazrica__phases') }}

    union all

    select * from {{ ref('stg_mazrica__lifecycle_stages') }}

)

select * from final
