with steps as (

    select * from {{ ref('funnel_steps_taken') }}

),

followed_days as (

    select * from {{ ref('funnel_followed_days') }}

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

followed as (

    select
        followed_days.from_stage,
        followed_days.to_stage,
        windows.time_window,
        windows.until_month,
        followed_days.dimension,
        followed_days.value,
        followed_days.day_no,
        sum(followed_days.took_count) as took_count,
        sum(followed_days.ended_count) as ended_count,
        sum(followed_days.open_count) as open_count,
        max(followed_days.oldest_days) as oldest_days
    from followed_days
    inner join windows
        on followed_days.from_month >= windows.from_month
        and followed_days.from_month < windows.until_month
    group by
        followed_days.from_stage, followed_days.to_stage, windows.time_window, windows.until_month,
        followed_days.dimension, followed_days.value, followed_days.day_no

),

{{ conversion_counts(
    entered='entered',
    arrived='arrived',
    followed='followed',
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
