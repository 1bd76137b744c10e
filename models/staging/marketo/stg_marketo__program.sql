with source as (

    select * from {{ source('marketo', 'program') }}

),

final as (

    select
        {{ clean_text('id') }} as program_id,
        {{ clean_text('name') }} as name,
        {{ clean_text('channel') }} as channel,
        _source
    from source

)

select * from final
