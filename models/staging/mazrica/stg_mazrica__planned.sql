with source as (

    select * from {{ source('mazrica', 'action') }}

),

final as (

    select
        action_id,
        _source
    from source
    where state = '予定'

)

select * from final
