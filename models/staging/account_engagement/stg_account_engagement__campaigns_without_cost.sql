with source as (

    select * from {{ source('account_engagement', 'campaign') }}

),

final as (

    select
        name,
        _source
    from source
    where not {{ account_engagement_has_cost() }}

)

select * from final
