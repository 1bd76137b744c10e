with final as (

    select * from {{ ref('stg_kintone__activities') }}

)

select * from final
