with source as (

    select * from {{ source('account_engagement', 'lifecycle_stage') }}

),

final as (

    select
        id as stage_id,
        name,
        _source
    from source

)

select * from final
