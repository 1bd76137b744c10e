-- Counts, cost and money of a channel side by side. Whoever has only a cost, or only money, has a row.

with counts as (

    select * from {{ ref('roi_counts') }}

),

money as (

    select * from {{ ref('roi_money') }}

),

costs as (

    select
        month_on as period,
        channel,
        cast(sum(amount) as decimal(18, 2)) as cost
    from {{ ref('int_cost_months') }}
    where month_on <= {{ local_month(as_of()) }}
    group by month_on, channel

),

models as (

    {{ attribution_models() }}

),

bases as (

    {%- for basis in roi_bases() %}
    select '{{ basis }}' as basis, '{{ 'lead' if basis == 'cohort' else 'event' }}' as clock
    {%- if not loop.last %}
    union all
    {%- endif -%}
    {%- endfor %}

),

cells as (

    select bases.basis, bases.clock, counts.period, counts.channel, models.model
    from counts
    inner join bases on counts.clock = bases.clock
    cross join models

    union

    select bases.basis, bases.clock, costs.period, costs.channel, models.model
    from costs
    cross join bases
    cross join models

    union

    select bases.basis, bases.clock, money.period, money.channel, money.model
    from money
    inner join bases on money.basis = bases.basis

),

final as (

    select
        cells.period,
        cells.channel,
        cells.model,
        cells.basis,
        coalesce(counts.leads, 0) as leads,
        coalesce(counts.mqls, 0) as mqls,
        coalesce(counts.sqls, 0) as sqls,
        coalesce(counts.opportunities, 0) as opportunities,
        coalesce(counts.won, 0) as won,
        costs.cost,
        coalesce(money.revenue, cast(0 as decimal(18, 2))) as revenue,
        coalesce(money.gross_profit, cast(0 as decimal(18, 2))) as gross_profit,
        coalesce(money.pipeline, cast(0 as decimal(18, 2))) as pipeline
    from cells
    left join counts
        on cells.clock = counts.clock
        and cells.period = counts.period
        and cells.channel = counts.channel
    left join costs
        on cells.period = costs.period
        and cells.channel = costs.channel
    left join money
        on cells.basis = money.basis
        and cells.period = money.period
        and cells.channel = money.channel
        and cells.model = money.model

)

select * from final
