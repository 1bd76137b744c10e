with final as (

    select * from {{ ref('stg_kintone__lead_statuses_seen') }}

    union all

    select * from {{ ref('stg_kintone__deal_statuses_seen') }}

)

select * from final
