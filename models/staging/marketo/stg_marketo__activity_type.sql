with source as (

    select * from {{ source('marketo', 'activity_type') }}

),

final as (

    select
        {{ clean_text('id') }} as activity_type_id,
        {{ clean_text('name') }} as name,
        _source
    from source

)

select * from final
