-- An invoice is spread over the days it covers. The share of a month is the difference of two rounded
-- running totals, so that the shares add up to the invoice to the last digit.

with costs as (

    select * from {{ ref('int_costs') }}

),

months as (

    select n from ({{ numbers(121) }}) as counted

),

spread as (

    select
        costs.*,
        {{ date_diff_days('costs.starts_on', 'costs.ends_on') }} + 1 as days_in_all,
        cast(date_trunc('month', costs.starts_on) as date) as first_month
    from costs

),

by_month as (

    select
        spread.*,
        {{ add_months('spread.first_month', 'months.n') }} as month_on,
        {{ add_months('spread.first_month', 'months.n + 1') }} as next_month_on
    from spread
    cross join months
    where {{ add_months('spread.first_month', 'months.n') }} <= spread.ends_on

),

running as (

    select
        by_month.*,
        greatest({{ date_diff_days('starts_on', 'month_on') }}, 0) as days_before,
        least({{ date_diff_days('starts_on', 'next_month_on') }}, days_in_all) as days_until
    from by_month

),

final as (

    select
        cost_id,
        channel,
        campaign,
        content,
        kind,
        month_on,
        cast(
            round(cast(amount as double) * cast(days_until as double) / cast(days_in_all as double), 2) as decimal(18, 2)
        )
        - cast(
            round(cast(amount as double) * cast(days_before as double) / cast(days_in_all as double), 2) as decimal(18, 2)
        ) as amount
    from running

)

select * from final
