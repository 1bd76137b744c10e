-- A model is rows of attribution_weights. The weights of the positions a touch holds add up in it; what a
-- model gives to positions that a deal does not have is shared in proportion. Money is the difference of
-- two rounded running totals, so that the credits of a deal add up to the deal to the last digit.

with touchpoints as (

    select * from {{ ref('fct_touchpoints') }}
    where deal_id is not null

),

deals as (

    select * from {{ ref('int_deals') }}

),

models as (

    select
        model,
        sum(case when position = 'first' then weight else 0 end) as first_weight,
        sum(case when position = 'last' then weight else 0 end) as last_weight,
        sum(case when position = 'each' then weight else 0 end) as each_weight
    from {{ ref('attribution_weights') }}
    group by model

),

shares as (

    select
        touchpoints.deal_id,
        touchpoints.touch_id,
        touchpoints.touch_no,
        models.model,
        touchpoints.lead_id,
        touchpoints.channel,
        touchpoints.campaign,
        touchpoints.content,
        touchpoints.touched_at,
        case when touchpoints.is_first then models.first_weight else 0 end
        + case when touchpoints.is_last then models.last_weight else 0 end
        + models.each_weight / cast(touchpoints.touch_count as double) as share
    from touchpoints
    cross join models

    union all

    -- A deal that nobody's touch led to is a row too.
    select
        deals.deal_id,
        'unattributed:' || deals.deal_id as touch_id,
        1 as touch_no,
        models.model,
        deals.lead_id,
        'unattributed' as channel,
        cast(null as {{ dbt.type_string() }}) as campaign,
        cast(null as {{ dbt.type_string() }}) as content,
        cast(null as timestamp) as touched_at,
        cast(1 as double) as share
    from deals
    cross join models
    left join (select distinct deal_id from touchpoints) as touched
        on deals.deal_id = touched.deal_id
    where touched.deal_id is null

),

weighted as (

    select
        shares.*,
        share / sum(share) over (partition by deal_id, model) as weight,
        sum(share) over (
            partition by deal_id, model order by touch_no
            rows between unbounded preceding and current row
        ) / sum(share) over (partition by deal_id, model) as weight_until
    from shares

),

priced as (

    select
        weighted.*,
        deals.closed_at,
        cast(coalesce(deals.amount, 0) as double) as amount,
        cast(coalesce(deals.amount, 0) as double) * coalesce(deals.gross_margin_rate, 1) as margin,
        deals.is_won,
        deals.is_closed
    from weighted
    inner join deals on weighted.deal_id = deals.deal_id
    where weighted.weight > 0

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        deal_id,
        touch_id,
        model,
        lead_id,
        channel,
        campaign,
        content,
        touched_at,
        closed_at,
        cast(weight as double) as weight,
        case when is_won then {{ share_of('amount') }} else cast(0 as decimal(18, 2)) end as revenue,
        case when is_won then {{ share_of('margin') }} else cast(0 as decimal(18, 2)) end as gross_profit,
        case when not is_closed then {{ share_of('amount') }} else cast(0 as decimal(18, 2)) end as pipeline
    from priced

)

select * from final
