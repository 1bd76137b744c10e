-- How long a step takes: the 90th percentile of its lag, measured on chances old enough to have had that
-- long. The first estimate, on all, only decides which are old enough.

with steps as (

    select * from {{ ref('funnel_steps_taken') }}

),

first_estimate as (

    select
        from_stage,
        to_stage,
        percentile_cont(0.9) within group (order by lag_days) as p90_days
    from steps
    where lag_days is not null
    group by from_stage, to_stage

),

final as (

    select
        steps.from_stage,
        steps.to_stage,
        cast(coalesce(
            percentile_cont(0.9) within group (order by case
                when {{ days_between('steps.from_at', as_of()) }} >= first_estimate.p90_days then steps.lag_days
            end),
            max(first_estimate.p90_days)
        ) as double) as p90_days
    from steps
    inner join first_estimate
        on steps.from_stage = first_estimate.from_stage
        and steps.to_stage = first_estimate.to_stage
    group by steps.from_stage, steps.to_stage

)

select * from final
