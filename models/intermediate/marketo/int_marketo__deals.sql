-- The lead of an opportunity is who speaks for it, else the one with the lowest number.

with deals as (

    select * from {{ ref('stg_marketo__opportunities') }}

),

roles as (

    select
        deal_id,
        coalesce(min(case when is_primary then lead_id end), min(lead_id)) as lead_id
    from {{ ref('stg_marketo__primary_roles') }}
    group by deal_id

),

final as (

    select {{ staged_columns('deals', 'deals', {'lead_id': 'roles.lead_id'}) }}
    from deals
    left join roles on deals.deal_id = roles.deal_id

)

select * from final
