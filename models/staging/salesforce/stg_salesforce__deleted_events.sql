with source as (

    select * from {{ source('salesforce', 'event') }}

),

final as (

    select
        is_deleted,
        _source
    from source
    where {{ salesforce_is_gone(is_versioned=true) }}

)

select * from final
