with source as (

    select * from {{ source('hubspot', 'email_campaign') }}

),

final as (

    select
        id as email_campaign_id,
        coalesce(subject, name) as name,
        _source
    from source

)

select * from final
