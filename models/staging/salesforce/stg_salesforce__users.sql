with source as (

    select * from {{ source('salesforce', 'user') }}

),

final as (

    select
        {{ salesforce_id('id') }} as user_id,
        name,
        _source
    from source

)

select * from final
