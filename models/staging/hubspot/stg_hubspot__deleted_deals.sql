with source as (

    select * from {{ source('hubspot', 'deal') }}

),

final as (

    select
        is_deleted,
        _source
    from source
    where coalesce({{ parse_boolean('is_deleted') }}, false)

)

select * from final
