-- Detects: an attribution model that gives out more or less than was booked in a month.
-- Because: weights that do not sum to one, a touch joined twice, or a deal without a touch left out are all
--     invisible in a ratio.
-- A row means: this model credited `credited` in this month, and the deals won in it are worth `booked`.

with deals as (

    select
        {{ local_month('closed_at') }} as period,
        sum(coalesce(amount, 0)) as booked
    from {{ ref('int_deals') }}
    where is_won
    group by {{ local_month('closed_at') }}

),

models as (

    {{ attribution_models() }}

),

credits as (

    select
        credits.model,
        {{ local_month('credits.closed_at') }} as period,
        sum(credits.revenue) as credited
    from {{ ref('fct_attribution_credits') }} as credits
    where credits.revenue <> 0
    group by credits.model, {{ local_month('credits.closed_at') }}

),

expected as (

    select
        models.model,
        deals.period,
        deals.booked
    from models
    cross join deals
    where deals.booked <> 0

),

final as (

    select
        coalesce(expected.model, credits.model) as model,
        coalesce(expected.period, credits.period) as period,
        coalesce(expected.booked, 0) as booked,
        coalesce(credits.credited, 0) as credited
    from expected
    full outer join credits
        on expected.model = credits.model
        and expected.period = credits.period
    where coalesce(expected.booked, 0) <> coalesce(credits.credited, 0)

)

select * from final
