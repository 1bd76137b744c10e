with source as (

    select * from {{ source('hubspot', 'form') }}

),

final as (

    select
        guid as form_id,
        name,
        _source
    from source

)

select * from final
