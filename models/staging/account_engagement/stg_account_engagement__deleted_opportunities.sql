with source as (

    select * from {{ source('account_engagement', 'opportunity') }}

),

final as (

    select
        name,
        _source
    from source
    where coalesce({{ parse_boolean('_fivetran_deleted') }}, false)

)

select * from final
