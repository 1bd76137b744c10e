-- What became of returned leads, by the reason they came back with: into nurturing or left out, qualified again, SQL
-- again, won after all. Each is part of the one before it, so that the flows of the picture add up.

with returns as (

    select * from {{ ref('fct_returns') }}

),

windows as (

    select * from {{ ref('funnel_windows') }}

),

counted as (

    select
        windows.time_window,
        case when grouping(returns.reason_group) = 0 then returns.reason_group else 'all' end as reason_group,
        case when grouping(returns.return_reason) = 0 then returns.return_reason else 'all' end as return_reason,
        case when grouping(returns.follow_up) = 0 then returns.follow_up else 'all' end as follow_up,
        count(*) as returned_count,
        count(case when returns.follow_up = 'nurturing' then 1 end) as nurturing_count,
        count(case when returns.follow_up = 'excluded' then 1 end) as excluded_count,
        count(case when returns.standing = 'cooling_down' then 1 end) as cooling_down_count,
        count(returns.requalified_at) as mql_count,
        count(case when returns.is_requalified_too_soon then 1 end) as too_soon_count,
        count(returns.sql_again_at) as sql_count,
        count(returns.won_again_at) as won_count,
        percentile_cont(0.5) within group (order by returns.days_to_requalify) as median_days
    from returns
    inner join windows
        on returns.period >= windows.from_month
        and returns.period < windows.until_month
    group by grouping sets (
        (windows.time_window),
        (windows.time_window, returns.follow_up),
        (windows.time_window, returns.reason_group),
        (windows.time_window, returns.reason_group, returns.follow_up),
        (windows.time_window, returns.reason_group, returns.return_reason),
        (windows.time_window, returns.reason_group, returns.return_reason, returns.follow_up)
    )

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        time_window,
        reason_group,
        return_reason,
        follow_up,
        cast(returned_count as bigint) as returned_count,
        cast(nurturing_count as bigint) as nurturing_count,
        cast(excluded_count as bigint) as excluded_count,
        cast(cooling_down_count as bigint) as cooling_down_count,
        cast(too_soon_count as bigint) as too_soon_count,
        {%- for stage in ['mql', 'sql', 'won'] %}
        cast(returned_count as bigint) as {{ stage }}_n,
        cast({{ stage }}_count as bigint) as {{ stage }}_k,
        {{ rate(stage ~ '_count', 'returned_count') }} as {{ stage }}_rate,
        {{ wilson_low(stage ~ '_count', 'returned_count') }} as {{ stage }}_ci_low,
        {{ wilson_high(stage ~ '_count', 'returned_count') }} as {{ stage }}_ci_high,
        {%- endfor %}
        cast(median_days as double) as median_days
    from counted

)

select * from final
