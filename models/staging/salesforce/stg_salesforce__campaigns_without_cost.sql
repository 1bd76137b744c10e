with source as (

    select * from {{ source('salesforce', 'campaign') }}

),

final as (

    select
        name,
        _source
    from source
    where not {{ salesforce_has_cost() }}

)

select * from final
