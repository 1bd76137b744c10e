with cells as (

    select * from {{ ref('funnel_kpi_cells') }}

),

targets as (

    select * from {{ ref('targets') }}

),

ripening as (

    {{ metric_ripening(ref('funnel_ripening')) }}

),

targeted as (

    -- A rate's common target holds for every segment that has none of its own; a count's does not.
    select
        cells.*,
        coalesce(targets.target, common.target) as target,
        case
            when cells.unit = 'rate' and not cells.is_mature then cast(ceil(
                ripening.p90_days - {{ days_between(day_start(add_months('cells.period', 1)), as_of()) }}
            ) as int)
        end as days_to_mature
    from cells
    left join targets
        on cells.metric = targets.metric
        and cells.dimension = targets.dimension
        and cells.value = targets.value
        and cells.period >= targets.valid_from
        and (cells.period < targets.valid_to or targets.valid_to is null)
    left join targets as common
        on cells.metric = common.metric
        and cells.unit = 'rate'
        and common.dimension = 'all'
        and cells.period >= common.valid_from
        and (cells.period < common.valid_to or common.valid_to is null)
    left join ripening on cells.metric = ripening.metric

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        metric,
        unit,
        period,
        dimension,
        value,
        n,
        k,
        cast(actual as double) as actual,
        {{ wilson_low('k', 'n') }} as ci_low,
        {{ wilson_high('k', 'n') }} as ci_high,
        cast(target as double) as target,
        cast({{ gap_to_target('unit', 'actual', 'n', 'k', 'target', 'dimension') }} as double) as gap,
        -- a count is judged once its month is over
        is_mature and {{ day_start(add_months('period', 1)) }} <= {{ as_of() }} as is_mature,
        days_to_mature
    from targeted

)

select * from final
