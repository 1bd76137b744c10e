with source as (

    select * from {{ source('hubspot', 'engagement_contact') }}

),

final as (

    select
        engagement_id,
        {{ id_of('hubspot', 'contact_id') }} as lead_id,
        _source
    from source

)

select * from final
