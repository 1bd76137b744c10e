with source as (

    select * from {{ source('salesforce', 'lead_history') }}

),

final as (

    select
        field,
        _source
    from source
    where coalesce(field, '') <> 'Status' and not {{ salesforce_is_gone() }}

)

select * from final
