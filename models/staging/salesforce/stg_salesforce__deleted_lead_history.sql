with source as (

    select * from {{ source('salesforce', 'lead_history') }}

),

final as (

    select
        is_deleted,
        _source
    from source
    where {{ salesforce_is_gone() }}

)

select * from final
