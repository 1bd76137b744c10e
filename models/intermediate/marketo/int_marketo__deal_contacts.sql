with final as (

    select * from {{ ref('stg_marketo__opportunity_roles') }}

)

select * from final
