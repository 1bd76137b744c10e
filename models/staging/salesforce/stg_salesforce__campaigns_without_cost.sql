with source as (

    select * from {{ source('salesforce', 'campaign') }}

),

final as (

    select
        name,
        _source
    from source
    where not {{ salesforce_has_cost() }} and not {{ salesforce_is_gone() }}

)

select * from final
