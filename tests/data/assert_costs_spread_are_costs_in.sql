-- Detects: money lost or made where an invoice is spread over its months.
-- Because: a month at the edge counted twice or a day dropped changes ROI by little and every month.
-- A row means: the invoice is for `amount`, its months sum to `spread`.

with costs as (

    select * from {{ ref('int_costs') }}

),

months as (

    select
        cost_id,
        sum(amount) as spread
    from {{ ref('int_cost_months') }}
    group by cost_id

),

final as (

    select
        costs.cost_id,
        costs.amount,
        months.spread
    from costs
    left join months on costs.cost_id = months.cost_id
    where months.spread is null or costs.amount <> months.spread

)

select * from final
