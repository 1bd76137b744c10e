-- Campaigns at the same age: what had been spent and earned so many months after the first cost, so that a new campaign
-- is not compared with one that had two years. Profit counts in the month of the close. The month of as_of is not
-- over and is left out.

with costs as (

    select
        channel,
        campaign,
        month_on,
        sum(amount) as cost
    from {{ ref('int_cost_months') }}
    where campaign is not null and month_on < {{ local_month(as_of()) }}
    group by channel, campaign, month_on

),

starts as (

    select
        channel,
        campaign,
        min(month_on) as started_on
    from costs
    group by channel, campaign

),

profits as (

    select
        model,
        channel,
        campaign,
        {{ local_month('closed_at') }} as month_on,
        sum(gross_profit) as gross_profit
    from {{ ref('fct_attribution_credits') }}
    where campaign is not null and revenue > 0
    group by model, channel, campaign, {{ local_month('closed_at') }}

),

models as (

    {{ attribution_models() }}

),

months as (

    select
        models.model,
        starts.channel,
        starts.campaign,
        counted.n as age_months,
        {{ add_months('starts.started_on', 'counted.n') }} as month_on
    from starts
    cross join models
    cross join ({{ numbers(60) }}) as counted
    where {{ add_months('starts.started_on', 'counted.n') }} < {{ local_month(as_of()) }}

),

summed as (

    select
        months.model,
        months.channel,
        months.campaign,
        months.age_months,
        sum(coalesce(costs.cost, 0)) over (
            partition by months.model, months.channel, months.campaign order by months.age_months
            rows between unbounded preceding and current row
        ) as cost,
        sum(coalesce(profits.gross_profit, 0)) over (
            partition by months.model, months.channel, months.campaign order by months.age_months
            rows between unbounded preceding and current row
        ) as gross_profit
    from months
    left join costs
        on months.channel = costs.channel
        and months.campaign = costs.campaign
        and months.month_on = costs.month_on
    left join profits
        on months.model = profits.model
        and months.channel = profits.channel
        and months.campaign = profits.campaign
        and months.month_on = profits.month_on

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        model,
        channel,
        campaign,
        cast(age_months as bigint) as age_months,
        cast(cost as decimal(18, 2)) as cost,
        cast(gross_profit as decimal(18, 2)) as gross_profit,
        case when cost > 0 then (cast(gross_profit as double) - cast(cost as double)) / cast(cost as double) end as roi,
        -- age at which profit first reached cost, where it has
        min(case when gross_profit >= cost and cost > 0 then cast(age_months as bigint) end) over (
            partition by model, channel, campaign
        ) as payback_months
    from summed

)

select * from final
