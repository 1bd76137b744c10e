with source as (

    select * from {{ source('account_engagement', 'visitor') }}

),

final as (

    select
        id as visitor_id,
        {{ id_of('account_engagement', 'prospect_id') }} as lead_id,
        _source
    from source

)

select * from final
