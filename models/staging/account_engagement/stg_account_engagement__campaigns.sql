with source as (

    select * from {{ source('account_engagement', 'campaign') }}

),

final as (

    select
        id as campaign_id,
        name,
        _source
    from source

)

select * from final
