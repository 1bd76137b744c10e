-- cohort: of those who entered from_stage in the period, how many ever entered to_stage. period: entries into
-- to_stage over entries into from_stage in the same month, whoever they are; it can exceed 1.

with steps as (

    select * from {{ ref('funnel_steps_taken') }}

),

ripening as (

    select * from {{ ref('funnel_ripening') }}

),

{{ conversion_counts(
    entered='steps',
    arrived='steps',
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
