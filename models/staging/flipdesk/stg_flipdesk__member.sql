with source as (

    select * from {{ source('flipdesk', 'member') }}

),

final as (

    select
        {{ clean_text('member_id') }} as member_id,
        {{ clean_text('lead_key') }} as lead_key,
        _source
    from source

)

select * from final
