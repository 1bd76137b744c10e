-- Who speaks for an opportunity. Its row is counted as a person of the deal.

with source as (

    select * from {{ source('marketo', 'opportunity_role') }}

),

final as (

    select
        {{ id_of('marketo', 'external_opportunity_id') }} as deal_id,
        {{ id_of('marketo', 'lead_id') }} as lead_id,
        coalesce({{ parse_boolean('is_primary') }}, false) as is_primary
    from source

)

select * from final
