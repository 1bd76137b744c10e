-- Windows of the same metrics, beside the window of the same length before. A target of counts is monthly and
-- adds up over the window's months; a target of rates stays what it is at the window's end.

with cells as (

    select * from {{ ref('mart_kpis') }}

),

windows as (

    select * from {{ ref('funnel_windows') }}

),

ripening as (

    {{ metric_ripening(ref('funnel_ripening')) }}

),

placed as (

    select
        windows.time_window,
        windows.until_month,
        cells.period >= windows.from_month as is_current,
        cells.*
    from cells
    inner join windows
        on cells.period >= coalesce(windows.previous_from_month, windows.from_month)
        and cells.period < windows.until_month

),

summed as (

    select
        time_window,
        until_month,
        metric,
        unit,
        dimension,
        value,
        cast(sum(case when is_current then n end) as bigint) as n,
        cast(coalesce(sum(case when is_current then k end), 0) as bigint) as k,
        sum(case when is_current then actual end) as total,
        sum(case when is_current and unit <> 'rate' then target end) as total_target,
        max_by(case when is_current and unit = 'rate' then target end, case when is_current then period end) as rate_target,
        cast(sum(case when not is_current then n end) as bigint) as previous_n,
        cast(sum(case when not is_current then k end) as bigint) as previous_k,
        sum(case when not is_current then actual end) as previous_total,
        max(case when is_current then 1 else 0 end) as has_current
    from placed
    group by time_window, until_month, metric, unit, dimension, value

),

measured as (

    select
        summed.*,
        case when unit = 'rate' then {{ rate('k', 'n') }} else coalesce(total, 0) end as actual,
        case when unit = 'rate' then {{ rate('previous_k', 'previous_n') }} else previous_total end as previous,
        case when unit = 'rate' then rate_target else total_target end as target
    from summed

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        measured.metric,
        measured.unit,
        measured.time_window,
        measured.dimension,
        measured.value,
        measured.n,
        measured.k,
        cast(measured.actual as double) as actual,
        {{ wilson_low('measured.k', 'measured.n') }} as ci_low,
        {{ wilson_high('measured.k', 'measured.n') }} as ci_high,
        cast(measured.target as double) as target,
        cast({{ gap_to_target('measured.unit', 'measured.actual', 'measured.n', 'measured.k', 'measured.target', 'measured.dimension') }} as double) as gap,
        coalesce(
            case
                when ripening.p90_days is null and measured.unit = 'rate' and measured.metric <> 'win_rate_decided' then false
                when ripening.p90_days is null then measured.time_window <> 'all'
                else {{ days_between(day_start('measured.until_month'), as_of()) }} >= ripening.p90_days
            end,
            false
        ) as is_mature,
        cast(case
            when ripening.p90_days is not null
                then greatest(ceil(ripening.p90_days - {{ days_between(day_start('measured.until_month'), as_of()) }}), 0)
        end as int) as days_to_mature,
        cast(measured.previous as double) as previous,
        measured.previous_n,
        measured.previous_k,
        case when measured.unit = 'rate' then {{ newcombe_low('measured.k', 'measured.n', 'measured.previous_k', 'measured.previous_n') }} end as diff_low,
        case when measured.unit = 'rate' then {{ newcombe_high('measured.k', 'measured.n', 'measured.previous_k', 'measured.previous_n') }} end as diff_high
    from measured
    left join ripening on measured.metric = ripening.metric
    where measured.has_current = 1

)

select * from final
