-- The funnel of the leads that came in a window, whatever time they took: one cohort, so that the share of the first
-- stage is a share. The steps of mart_conversions are dated by their own entry instead, and answer how good a month was.

with counted as (

    select * from {{ ref('funnel_counted_leads') }}

),

windows as (

    select * from {{ ref('funnel_windows') }}

),

placed as (

    select
        windows.time_window,
        windows.previous_from_month,
        windows.from_month,
        windows.until_month,
        counted.period >= windows.from_month as is_current,
        counted.*
    from counted
    inner join windows
        on counted.period >= coalesce(windows.previous_from_month, windows.from_month)
        and counted.period < windows.until_month

),

summed as (

    select
        time_window,
        previous_from_month,
        from_month,
        until_month,
        dimension,
        value,
        funnel_type,
        stage,
        stage_order,
        cast(sum(case when is_current then n else 0 end) as bigint) as n,
        cast(sum(case when not is_current then n else 0 end) as bigint) as previous_n,
        {%- for name in ['went_on', 'lost', 'returned', 'open', 'won'] %}
        cast(sum(case when is_current then {{ name }}_count else 0 end) as bigint) as {{ name }}_count{{ ',' if not loop.last }}
        {%- endfor %}
    from placed
    group by
        time_window, previous_from_month, from_month, until_month,
        dimension, value, funnel_type, stage, stage_order

),

chained as (

    select
        summed.*,
        lead(n) over (
            partition by time_window, dimension, value, funnel_type order by stage_order
        ) as following_n,
        first_value(n) over (
            partition by time_window, dimension, value, funnel_type order by stage_order
        ) as first_n
    from summed

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        time_window,
        dimension,
        value,
        funnel_type,
        stage,
        cast(stage_order as int) as stage_order,
        previous_from_month as previous_from_on,
        from_month as from_on,
        until_month as until_on,
        n,
        case when time_window <> 'all' then previous_n end as previous_n,
        case when following_n is not null then n end as next_n,
        following_n as next_k,
        {{ rate('following_n', 'n') }} as next_rate,
        {{ wilson_low('following_n', 'n') }} as next_ci_low,
        {{ wilson_high('following_n', 'n') }} as next_ci_high,
        first_n as cumulative_n,
        n as cumulative_k,
        {{ rate('n', 'first_n') }} as cumulative_rate,
        {{ wilson_low('n', 'first_n') }} as cumulative_ci_low,
        {{ wilson_high('n', 'first_n') }} as cumulative_ci_high,
        went_on_count,
        lost_count,
        returned_count,
        open_count,
        won_count
    from chained
    where first_n > 0

)

select * from final
