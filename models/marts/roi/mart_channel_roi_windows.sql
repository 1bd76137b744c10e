-- Ratios of sums, never sums of ratios. Rates of a channel come from its cohorts: of the leads, MQLs and SQLs
-- that arrived in the window.

with months as (

    select * from {{ ref('roi_months') }}

),

windows as (

    select * from {{ ref('funnel_windows') }}

),

conversions as (

    select * from {{ ref('mart_conversion_windows') }}
    where dimension = 'channel' and basis = 'cohort'

),

ripening as (

    select max(p90_days) as p90_days
    from {{ ref('funnel_ripening') }}
    where from_stage = 'lead' and to_stage = 'won'

),

summed as (

    select
        windows.time_window,
        windows.until_month,
        months.channel,
        months.model,
        months.basis,
        cast(sum(months.leads) as bigint) as leads,
        cast(sum(months.mqls) as bigint) as mqls,
        cast(sum(months.sqls) as bigint) as sqls,
        cast(sum(months.opportunities) as bigint) as opportunities,
        cast(sum(months.won) as bigint) as won,
        cast(sum(months.cost) as decimal(18, 2)) as cost,
        cast(sum(months.revenue) as decimal(18, 2)) as revenue,
        cast(sum(months.gross_profit) as decimal(18, 2)) as gross_profit,
        cast(sum(months.pipeline) as decimal(18, 2)) as pipeline
    from months
    inner join windows
        on months.period >= windows.from_month
        and months.period < windows.until_month
    group by windows.time_window, windows.until_month, months.channel, months.model, months.basis

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        summed.time_window,
        summed.channel,
        summed.model,
        summed.basis,
        summed.leads,
        summed.mqls,
        summed.sqls,
        summed.opportunities,
        summed.won,
        summed.cost,
        summed.revenue,
        summed.gross_profit,
        summed.pipeline,
        {{ roi_measures() }},
        sql_rates.n as sql_n,
        sql_rates.k as sql_k,
        sql_rates.rate as sql_rate,
        sql_rates.ci_low as sql_ci_low,
        sql_rates.ci_high as sql_ci_high,
        win_rates.n as win_n,
        win_rates.k as win_k,
        win_rates.rate as win_rate,
        win_rates.ci_low as win_ci_low,
        win_rates.ci_high as win_ci_high,
        {{ is_ripe("case when summed.basis = 'close_date' then 'period' else 'cohort' end", 'summed.until_month', 'ripening.p90_days') }} as is_mature
    from summed
    cross join ripening
    left join conversions as sql_rates
        on summed.time_window = sql_rates.time_window
        and summed.channel = sql_rates.value
        and sql_rates.from_stage = 'mql'
        and sql_rates.to_stage = 'sql'
    left join conversions as win_rates
        on summed.time_window = win_rates.time_window
        and summed.channel = win_rates.value
        and win_rates.from_stage = 'sql'
        and win_rates.to_stage = 'won'

)

select * from final
