-- Why the conversions of a window are not those that it is compared with (the window of the same length before, or the
-- plan): more or fewer chances (volume), chances of other segments (mix), or segments that convert otherwise (rate).
-- Each value's three effects add up to its own difference, and the values' differences to the whole one.
-- The plan of a value: the targets of the whole, its part of the chances and its rate against the others as before.

with conversions as (

    select * from {{ ref('mart_conversions') }}
    where basis in ('cohort', 'period') and dimension <> 'all'

),

windows as (

    select * from {{ ref('funnel_windows') }}
    where previous_from_month is not null

),

targets as (

    select
        time_window,
        metric,
        target
    from {{ ref('mart_kpi_windows') }}
    where dimension = 'all' and target is not null

),

whole_maturity as (

    select * from {{ ref('mart_conversion_windows') }}
    where dimension = 'all'

),

{{ bridge_steps() }},

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

totals as (

    select
        cells.*,
        sum(n) over (partition by from_stage, to_stage, basis, dimension, time_window) as all_n,
        sum(before_n) over (partition by from_stage, to_stage, basis, dimension, time_window) as all_before_n,
        sum(before_k) over (partition by from_stage, to_stage, basis, dimension, time_window) as all_before_k
    from cells

),

compared as (

    select
        totals.*,
        'previous' as compared_with,
        cast(1 as double) as n_factor,
        cast(1 as double) as k_factor
    from totals
    where all_before_n > 0

    union all

    select
        totals.*,
        'target' as compared_with,
        coalesce(counts.target, totals.all_n) / totals.all_before_n as n_factor,
        coalesce(counts.target, totals.all_n) * rates.target / totals.all_before_k as k_factor
    from totals
    inner join bridge_steps
        on totals.from_stage = bridge_steps.from_stage
        and totals.to_stage = bridge_steps.to_stage
    inner join targets as rates
        on bridge_steps.rate_metric = rates.metric
        and totals.time_window = rates.time_window
    left join targets as counts
        on bridge_steps.count_metric = counts.metric
        and totals.time_window = counts.time_window
    where totals.basis = 'cohort' and totals.all_before_k > 0

),

based as (

    select
        compared.*,
        before_n * n_factor as base_n,
        before_k * k_factor as base_k,
        all_before_n * n_factor as all_base_n,
        -- a value that was not there before is held against the whole
        case
            when before_n > 0 then before_k * k_factor / (before_n * n_factor)
            else all_before_k * k_factor / (all_before_n * n_factor)
        end as base_rate
    from compared

),

{{ bridge_effects() }},

final as (

    select
        '{{ var("run_id") }}' as run_id,
        effects.compared_with,
        effects.from_stage,
        effects.to_stage,
        effects.basis,
        effects.time_window,
        effects.dimension,
        effects.value,
        effects.previous_from_month as from_period,
        effects.from_month as to_period,
        effects.base_n,
        effects.base_k,
        effects.n,
        effects.k,
        effects.volume_effect,
        effects.mix_effect,
        effects.rate_effect,
        coalesce(whole_maturity.is_mature, false) as is_mature
    from effects
    left join whole_maturity
        on effects.from_stage = whole_maturity.from_stage
        and effects.to_stage = whole_maturity.to_stage
        and effects.basis = whole_maturity.basis
        and effects.time_window = whole_maturity.time_window

)

select * from final
