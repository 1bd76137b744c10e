-- Why the conversions of a window are not those that it is compared with (the window of the same length before, or the
-- plan): more or fewer chances (volume), chances of other segments (mix), or segments that convert otherwise (rate).
-- Each value's three effects add up to its own difference, and the values' differences to the whole one.
-- The plan of a value: the targets of the whole, its part of the chances and its rate against the others as before.

with cells as (

    select * from {{ ref('funnel_bridge_cells') }}

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

compared as (

    select
        cells.*,
        'previous' as compared_with,
        cast(1 as double) as n_factor,
        cast(1 as double) as k_factor
    from cells
    where all_before_n > 0

    union all

    select
        cells.*,
        'target' as compared_with,
        coalesce(counts.target, cells.all_n) / cells.all_before_n as n_factor,
        coalesce(counts.target, cells.all_n) * rates.target / cells.all_before_k as k_factor
    from cells
    inner join bridge_steps
        on cells.from_stage = bridge_steps.from_stage
        and cells.to_stage = bridge_steps.to_stage
    inner join targets as rates
        on bridge_steps.rate_metric = rates.metric
        and cells.time_window = rates.time_window
    left join targets as counts
        on bridge_steps.count_metric = counts.metric
        and cells.time_window = counts.time_window
    where cells.basis = 'cohort' and cells.all_before_k > 0

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
        effects.previous_from_month as previous_from_on,
        effects.from_month as from_on,
        effects.base_n as base_chances,
        effects.base_k as base_conversions,
        cast(effects.n as bigint) as n,
        cast(effects.k as bigint) as k,
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
