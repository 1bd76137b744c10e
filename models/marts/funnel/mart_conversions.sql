-- cohort: of those who entered from_stage in the period, how many ever entered to_stage. period: entries into
-- to_stage over entries into from_stage in the same month, whoever they are; it can exceed 1.

with steps as (

    select * from {{ ref('funnel_steps_taken') }}

),

ripening as (

    select * from {{ ref('funnel_ripening') }}

),

cohorts as (

    select
        from_stage,
        to_stage,
        from_month as period,
        {{ dimension_columns() }},
        cast(count(*) as bigint) as n,
        cast(count(to_at) as bigint) as k,
        percentile_cont(0.5) within group (order by lag_days) as median_days,
        percentile_cont(0.9) within group (order by lag_days) as p90_days
    from steps
    group by {{ by_each_dimension(['from_stage', 'to_stage', 'from_month']) }}

),

arrivals as (

    select
        from_stage,
        to_stage,
        to_month as period,
        {{ dimension_columns() }},
        cast(count(*) as bigint) as k,
        percentile_cont(0.5) within group (order by lag_days) as median_days,
        percentile_cont(0.9) within group (order by lag_days) as p90_days
    from steps
    where to_at is not null
    group by {{ by_each_dimension(['from_stage', 'to_stage', 'to_month']) }}

),

periods as (

    select
        coalesce(cohorts.from_stage, arrivals.from_stage) as from_stage,
        coalesce(cohorts.to_stage, arrivals.to_stage) as to_stage,
        coalesce(cohorts.period, arrivals.period) as period,
        coalesce(cohorts.dimension, arrivals.dimension) as dimension,
        coalesce(cohorts.value, arrivals.value) as value,
        coalesce(cohorts.n, 0) as n,
        coalesce(arrivals.k, 0) as k,
        arrivals.median_days,
        arrivals.p90_days
    from cohorts
    full outer join arrivals
        on cohorts.from_stage = arrivals.from_stage
        and cohorts.to_stage = arrivals.to_stage
        and cohorts.period = arrivals.period
        and cohorts.dimension = arrivals.dimension
        and cohorts.value = arrivals.value

),

by_basis as (

    select
        from_stage, to_stage, 'cohort' as basis, period, dimension, value, n, k,
        median_days, p90_days
    from cohorts

    union all

    select
        from_stage, to_stage, 'period' as basis, period, dimension, value, n, k,
        median_days, p90_days
    from periods

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        by_basis.from_stage,
        by_basis.to_stage,
        by_basis.basis,
        by_basis.period,
        by_basis.dimension,
        by_basis.value,
        cast(by_basis.n as bigint) as n,
        cast(by_basis.k as bigint) as k,
        {{ rate('by_basis.k', 'by_basis.n') }} as rate,
        {{ wilson_low('by_basis.k', 'by_basis.n') }} as ci_low,
        {{ wilson_high('by_basis.k', 'by_basis.n') }} as ci_high,
        {{ is_ripe('by_basis.basis', add_months('by_basis.period', 1), 'ripening.p90_days') }} as is_mature,
        cast(by_basis.median_days as double) as median_days,
        cast(by_basis.p90_days as double) as p90_days
    from by_basis
    left join ripening
        on by_basis.from_stage = ripening.from_stage
        and by_basis.to_stage = ripening.to_stage

)

select * from final
