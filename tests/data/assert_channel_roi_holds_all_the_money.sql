-- Detects: revenue or cost that a channel page does not show.
-- Because: the table is cut by the channels that have leads; a channel with money or cost alone must have a row
--     too, or the total of the page is not the company's.
-- A row means: this model and basis show `revenue` and `cost`; the credits give `credited`, the invoices up to
--     this month `spent`.

with roi as (

    select
        model,
        basis,
        sum(revenue) as revenue,
        sum(coalesce(cost, 0)) as cost
    from {{ ref('mart_channel_roi') }}
    group by model, basis

),

credits as (

    select
        model,
        sum(revenue) as credited
    from {{ ref('fct_attribution_credits') }}
    group by model

),

costs as (

    select coalesce(sum(amount), 0) as spent
    from {{ ref('int_cost_months') }}
    where month_on <= {{ local_month(as_of()) }}

),

final as (

    select
        roi.model,
        roi.basis,
        roi.revenue,
        credits.credited,
        roi.cost,
        costs.spent
    from roi
    left join credits on roi.model = credits.model
    cross join costs
    where roi.revenue <> coalesce(credits.credited, 0)
        or roi.cost <> costs.spent

)

select * from final
