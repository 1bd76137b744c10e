with costs as (

    select * from {{ ref('int_costs_resolved') }}

),

final as (

    select
        cost_id,
        channel,
        campaign,
        content,
        kind,
        starts_on,
        ends_on,
        amount
    from costs
    where row_status = 'loaded'

)

select * from final
