-- What finance booked against what the models gave out, month by month. The difference is 0 or the build
-- does not pass; assert_every_model_credits_the_same_revenue asks it of each model.

with deals as (

    select * from {{ ref('int_deals') }}
    where is_won

),

credits as (

    select * from {{ ref('fct_attribution_credits') }}

),

booked as (

    select
        {{ local_month('closed_at') }} as period,
        sum(coalesce(amount, 0)) as revenue_booked
    from deals
    group by {{ local_month('closed_at') }}

),

one_model as (

    select min(model) as model
    from credits

),

given as (

    select
        {{ local_month('credits.closed_at') }} as period,
        sum(case when credits.channel <> 'unattributed' then credits.revenue else 0 end) as revenue_attributed,
        sum(case when credits.channel = 'unattributed' then credits.revenue else 0 end) as revenue_unattributed
    from credits
    inner join one_model on credits.model = one_model.model
    inner join deals on credits.deal_id = deals.deal_id
    group by {{ local_month('credits.closed_at') }}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        coalesce(booked.period, given.period) as period,
        cast(coalesce(booked.revenue_booked, 0) as decimal(18, 2)) as revenue_booked,
        cast(coalesce(given.revenue_attributed, 0) as decimal(18, 2)) as revenue_attributed,
        cast(coalesce(given.revenue_unattributed, 0) as decimal(18, 2)) as revenue_unattributed,
        cast(
            coalesce(booked.revenue_booked, 0)
            - coalesce(given.revenue_attributed, 0)
            - coalesce(given.revenue_unattributed, 0) as decimal(18, 2)
        ) as difference
    from booked
    full outer join given on booked.period = given.period

)

select * from final
