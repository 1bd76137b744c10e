with source as (

    select * from {{ source('flipdesk', 'conversion') }}

),

final as (

    select
        tag,
        _source
    from source
    where {{ clean_text('member_id') }} is null

)

select * from final
