-- The same-age view: of a month's cohort, how many had taken the step by day 0, 7, 14, ... of their own life.

{% set ages = [0, 7, 14, 30, 60, 90, 180] %}

with steps as (

    select * from {{ ref('funnel_steps_taken') }}

),

cohorts as (

    select
        from_stage,
        to_stage,
        from_month as period,
        {{ dimension_columns() }},
        cast(count(*) as bigint) as n,
        {%- for age in ages %}
        cast(count(case when lag_days < {{ age + 1 }} then 1 end) as bigint) as k_{{ age }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from steps
    group by {{ by_each_dimension(['from_stage', 'to_stage', 'from_month']) }}

),

by_age as (

    {%- for age in ages %}

    select from_stage, to_stage, period, dimension, value, {{ age }} as age_days, n, k_{{ age }} as k
    from cohorts
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        from_stage,
        to_stage,
        period,
        dimension,
        value,
        cast(age_days as int) as age_days,
        n,
        k,
        {{ rate('k', 'n') }} as rate,
        {{ wilson_low('k', 'n') }} as ci_low,
        {{ wilson_high('k', 'n') }} as ci_high,
        {{ days_between(day_start(add_months('period', 1)), as_of()) }} >= age_days + 1 as is_observed
    from by_age

)

select * from final
