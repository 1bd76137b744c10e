-- The chances and conversions of a window and of the one before, value by value, with those of all values.

with conversions as (

    select * from {{ ref('mart_conversions') }}
    where basis in ('cohort', 'period') and dimension <> 'all'

),

windows as (

    select * from {{ ref('funnel_windows') }}
    where previous_from_month is not null

),

cells as (

    select
        conversions.from_stage,
        conversions.to_stage,
        conversions.basis,
        conversions.dimension,
        conversions.value,
        windows.time_window,
        windows.previous_from_month,
        windows.from_month,
        cast(sum(case when conversions.period >= windows.from_month then conversions.n else 0 end) as double) as n,
        cast(sum(case when conversions.period >= windows.from_month then conversions.k else 0 end) as double) as k,
        cast(sum(case when conversions.period < windows.from_month then conversions.n else 0 end) as double) as before_n,
        cast(sum(case when conversions.period < windows.from_month then conversions.k else 0 end) as double) as before_k
    from conversions
    inner join windows
        on conversions.period >= windows.previous_from_month
        and conversions.period < windows.until_month
    group by
        conversions.from_stage, conversions.to_stage, conversions.basis, conversions.dimension, conversions.value,
        windows.time_window, windows.previous_from_month, windows.from_month

),

final as (

    select
        cells.*,
        sum(n) over (partition by from_stage, to_stage, basis, dimension, time_window) as all_n,
        sum(before_n) over (partition by from_stage, to_stage, basis, dimension, time_window) as all_before_n,
        sum(before_k) over (partition by from_stage, to_stage, basis, dimension, time_window) as all_before_k
    from cells

)

select * from final
