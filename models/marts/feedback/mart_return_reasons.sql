-- Why sales gave leads back, by window and channel, beside the window of the same length before. An unknown word is
-- `unclassified`, so that the reasons add up to the returns.

with returns as (

    select * from {{ ref('fct_returns') }}

),

windows as (

    select * from {{ ref('funnel_windows') }}

),

placed as (

    select
        windows.time_window,
        returns.channel,
        returns.return_reason,
        returns.reason_group,
        returns.period >= windows.from_month as is_current
    from returns
    inner join windows
        on returns.period >= coalesce(windows.previous_from_month, windows.from_month)
        and returns.period < windows.until_month

),

counted as (

    select
        time_window,
        case when grouping(channel) = 0 then 'channel' else 'all' end as dimension,
        case when grouping(channel) = 0 then channel else 'all' end as value,
        return_reason,
        reason_group,
        count(case when is_current then 1 end) as k,
        count(case when not is_current then 1 end) as previous_k
    from placed
    group by grouping sets (
        (time_window, return_reason, reason_group),
        (time_window, channel, return_reason, reason_group)
    )

),

summed as (

    select
        counted.*,
        sum(k) over (partition by time_window, dimension, value) as n,
        sum(previous_k) over (partition by time_window, dimension, value) as previous_n,
        sum(k) over (
            partition by time_window, dimension, value
            order by k desc, return_reason
            rows between unbounded preceding and current row
        ) as cumulative_k
    from counted

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        summed.time_window,
        summed.dimension,
        summed.value,
        summed.return_reason,
        summed.reason_group,
        cast(summed.n as bigint) as n,
        cast(summed.k as bigint) as k,
        {{ rate('summed.k', 'summed.n') }} as share,
        {{ wilson_low('summed.k', 'summed.n') }} as ci_low,
        {{ wilson_high('summed.k', 'summed.n') }} as ci_high,
        {{ rate('summed.cumulative_k', 'summed.n') }} as cumulative_share,
        -- the window `all` has no window before it
        case when windows.previous_from_month is not null then cast(summed.previous_n as bigint) end as previous_n,
        case when windows.previous_from_month is not null then cast(summed.previous_k as bigint) end as previous_k,
        {{ rate('summed.previous_k', 'summed.previous_n') }} as previous_share,
        {{ newcombe_low('summed.k', 'summed.n', 'summed.previous_k', 'summed.previous_n') }} as diff_low,
        {{ newcombe_high('summed.k', 'summed.n', 'summed.previous_k', 'summed.previous_n') }} as diff_high
    from summed
    inner join windows on summed.time_window = windows.time_window

)

select * from final
