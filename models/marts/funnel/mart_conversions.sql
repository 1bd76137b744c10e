-- Three bases, because one answers what another cannot. cohort: of those who entered from_stage in the period, how many ever entered to_stage. period: entries into
-- to_stage over entries into from_stage in the same month, whoever they are; it can exceed 1. kaplan_meier: of the
-- cohort, how many will have entered to_stage once the open ones are as old as the oldest; lost and returned ones cannot.

with steps as (

    select * from {{ ref('funnel_steps_taken') }}

),

followed as (

    select
        from_stage, to_stage, dimension, value, day_no,
        from_month as period,
        took_count, ended_count, open_count, oldest_days
    from {{ ref('funnel_followed_days') }}

),

ripening as (

    select * from {{ ref('funnel_ripening') }}

),

{{ conversion_counts(
    entered='steps',
    arrived='steps',
    followed='followed',
    keys={'entered': ['from_month'], 'arrived': ['to_month'], 'names': ['period']},
    entered_slot=['from_month as period'],
    arrived_slot=['to_month as period'],
) }},

final as (

    select
        '{{ var("run_id") }}' as run_id,
        by_basis.from_stage,
        by_basis.to_stage,
        by_basis.basis,
        by_basis.period,
        by_basis.dimension,
        by_basis.value,
        {{ conversion_measures(add_months('by_basis.period', 1)) }}
    from by_basis
    left join ripening
        on by_basis.from_stage = ripening.from_stage
        and by_basis.to_stage = ripening.to_stage

)

select * from final
