-- The conversions of `conversion` once more, and never added to them.

with source as (

    select * from {{ source('flipdesk', 'scenario_conversion') }}

),

final as (

    select
        scenario,
        tag,
        _source
    from source

)

select * from final
