with source as (

    select * from {{ source('flipdesk', 'scenario_report') }}

),

final as (

    select
        scenario,
        shown,
        _source
    from source

)

select * from final
