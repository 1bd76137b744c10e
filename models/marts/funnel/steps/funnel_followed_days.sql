-- What the curves of the basis kaplan_meier are made of: how each day of their lives ended for the chances of a month.
-- Counted once, so that a month and a window of months add up the same days.

with steps as (

    select * from {{ ref('funnel_steps_taken') }}

),

final as (

    select
        from_stage,
        to_stage,
        from_month,
        {{ dimension_columns() }},
        day_no,
        count(case when outcome = 'taken' then 1 end) as took_count,
        count(case when outcome = 'ended' then 1 end) as ended_count,
        count(case when outcome = 'open' then 1 end) as open_count,
        max({{ days_between('from_at', as_of()) }}) as oldest_days
    from steps
    group by {{ by_each_dimension(['from_stage', 'to_stage', 'from_month', 'day_no']) }}

)

select * from final
