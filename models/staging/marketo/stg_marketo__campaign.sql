with source as (

    select * from {{ source('marketo', 'campaign') }}

),

final as (

    select
        {{ clean_text('id') }} as campaign_id,
        {{ clean_text('name') }} as name,
        {{ clean_text('program_id') }} as program_id,
        _source
    from source

)

select * from final
