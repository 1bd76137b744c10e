with source as (

    select * from {{ source('salesforce', 'opportunity_field_history') }}

),

final as (

    select
        field,
        _source
    from source
    where coalesce(field, '') <> 'StageName' and not {{ salesforce_is_gone() }}

)

select * from final
