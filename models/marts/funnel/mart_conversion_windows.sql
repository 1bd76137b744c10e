with steps as (

    select * from {{ ref('funnel_steps_taken') }}

),

windows as (

    select * from {{ ref('funnel_windows') }}

),

ripening as (

    select * from {{ ref('funnel_ripening') }}

),

entered as (

    select
        windows.time_window,
        windows.until_month,
        steps.*
    from steps
    inner join windows
        on steps.from_month >= windows.from_month
        and steps.from_month < windows.until_month

),

arrived as (

    select
        windows.time_window,
        windows.until_month,
        steps.*
    from steps
    inner join windows
        on steps.to_month >= windows.from_month
        and steps.to_month < windows.until_month

),

cohorts as (

    select
        time_window,
        until_month,
        from_stage,
        to_stage,
        {{ dimension_columns() }},
        cast(count(*) as bigint) as n,
        cast(count(to_at) as bigint) as k,
        percentile_cont(0.5) within group (order by lag_days) as median_days,
        percentile_cont(0.9) within group (order by lag_days) as p90_days
    from entered
    group by {{ by_each_dimension(['time_window', 'until_month', 'from_stage', 'to_stage']) }}

),

arrivals as (

    select
        time_window,
        until_month,
        from_stage,
        to_stage,
        {{ dimension_columns() }},
        cast(count(*) as bigint) as k,
        percentile_cont(0.5) within group (order by lag_days) as median_days,
        percentile_cont(0.9) within group (order by lag_days) as p90_days
    from arrived
    group by {{ by_each_dimension(['time_window', 'until_month', 'from_stage', 'to_stage']) }}

),

by_basis as (

    select
        time_window, until_month, from_stage, to_stage, 'cohort' as basis, dimension, value, n, k,
        median_days, p90_days
    from cohorts

    union all

    select
        coalesce(cohorts.time_window, arrivals.time_window) as time_window,
        coalesce(cohorts.until_month, arrivals.until_month) as until_month,
        coalesce(cohorts.from_stage, arrivals.from_stage) as from_stage,
        coalesce(cohorts.to_stage, arrivals.to_stage) as to_stage,
        'period' as basis,
        coalesce(cohorts.dimension, arrivals.dimension) as dimension,
        coalesce(cohorts.value, arrivals.value) as value,
        coalesce(cohorts.n, 0) as n,
        coalesce(arrivals.k, 0) as k,
        arrivals.median_days,
        arrivals.p90_days
    from cohorts
    full outer join arrivals
        on cohorts.time_window = arrivals.time_window
        and cohorts.from_stage = arrivals.from_stage
        and cohorts.to_stage = arrivals.to_stage
        and cohorts.dimension = arrivals.dimension
        and cohorts.value = arrivals.value

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        by_basis.from_stage,
        by_basis.to_stage,
        by_basis.basis,
        by_basis.time_window,
        by_basis.dimension,
        by_basis.value,
        cast(by_basis.n as bigint) as n,
        cast(by_basis.k as bigint) as k,
        {{ rate('by_basis.k', 'by_basis.n') }} as rate,
        {{ wilson_low('by_basis.k', 'by_basis.n') }} as ci_low,
        {{ wilson_high('by_basis.k', 'by_basis.n') }} as ci_high,
        {{ is_ripe('by_basis.basis', 'by_basis.until_month', 'ripening.p90_days') }} as is_mature,
        cast(by_basis.median_days as double) as median_days,
        cast(by_basis.p90_days as double) as p90_days
    from by_basis
    left join ripening
        on by_basis.from_stage = ripening.from_stage
        and by_basis.to_stage = ripening.to_stage

)

select * from final
