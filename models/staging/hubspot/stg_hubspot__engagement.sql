with source as (

    select * from {{ source('hubspot', 'engagement') }}

),

final as (

    select
        id as engagement_id,
        type,
        _source
    from source

)

select * from final
