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

{{ conversion_counts(
    entered='entered',
    arrived='arrived',
    keys={
        'entered': ['time_window', 'until_month'],
        'arrived': ['time_window', 'until_month'],
        'names': ['time_window', 'until_month'],
    },
    entered_slot=['time_window', 'until_month'],
    arrived_slot=['time_window', 'until_month'],
) }},

final as (

    select
        '{{ var("run_id") }}' as run_id,
        by_basis.from_stage,
        by_basis.to_stage,
        by_basis.basis,
        by_basis.time_window,
        by_basis.dimension,
        by_basis.value,
        {{ conversion_measures('by_basis.until_month') }}
    from by_basis
    left join ripening
        on by_basis.from_stage = ripening.from_stage
        and by_basis.to_stage = ripening.to_stage

)

select * from final
