with source as (

    select * from {{ source('hubspot', 'contact_property_history') }}

),

final as (

    select
        name,
        _source
    from source
    where name <> 'lifecyclestage' or name is null

)

select * from final
