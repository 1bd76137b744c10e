{#- CTEs cohorts, arrivals and by_basis of a conversion mart. `entered` and `arrived` are relations of steps, cut
    into slots by the columns `keys`: by when from_stage, and by when to_stage was entered. A period sets the
    arrivals of a slot against its entries, whoever they are. -#}
{% macro conversion_counts(entered, arrived, keys, entered_slot, arrived_slot) -%}
cohorts as (

    select
        from_stage,
        to_stage,
        {{ entered_slot | join(', ') }},
        {{ dimension_columns() }},
        cast(count(*) as bigint) as n,
        cast(count(to_at) as bigint) as k,
        percentile_cont(0.5) within group (order by lag_days) as median_days,
        percentile_cont(0.9) within group (order by lag_days) as p90_days
    from {{ entered }}
    group by {{ by_each_dimension(['from_stage', 'to_stage'] + keys['entered']) }}

),

arrivals as (

    select
        from_stage,
        to_stage,
        {{ arrived_slot | join(', ') }},
        {{ dimension_columns() }},
        cast(count(*) as bigint) as k,
        percentile_cont(0.5) within group (order by lag_days) as median_days,
        percentile_cont(0.9) within group (order by lag_days) as p90_days
    from {{ arrived }}
    where to_at is not null
    group by {{ by_each_dimension(['from_stage', 'to_stage'] + keys['arrived']) }}

),

{%- set slots = ['from_stage', 'to_stage'] + keys['names'] + ['dimension', 'value'] %}

by_basis as (

    select
        {{ slots | join(', ') }},
        'cohort' as basis, n, k, median_days, p90_days
    from cohorts

    union all

    select
        {%- for slot in slots %}
        coalesce(cohorts.{{ slot }}, arrivals.{{ slot }}) as {{ slot }},
        {%- endfor %}
        'period' as basis,
        coalesce(cohorts.n, 0) as n,
        coalesce(arrivals.k, 0) as k,
        arrivals.median_days,
        arrivals.p90_days
    from cohorts
    full outer join arrivals
        on {% for slot in slots -%}
            cohorts.{{ slot }} = arrivals.{{ slot }}
            {%- if not loop.last %} and {% endif %}
        {%- endfor %}

)
{%- endmacro %}

{#- What every conversion mart says about a row of by_basis. -#}
{% macro conversion_measures(until_day) -%}
        cast(by_basis.n as bigint) as n,
        cast(by_basis.k as bigint) as k,
        {{ rate('by_basis.k', 'by_basis.n') }} as rate,
        {{ wilson_low('by_basis.k', 'by_basis.n') }} as ci_low,
        {{ wilson_high('by_basis.k', 'by_basis.n') }} as ci_high,
        {{ is_ripe('by_basis.basis', until_day, 'ripening.p90_days') }} as is_mature,
        cast(by_basis.median_days as double) as median_days,
        cast(by_basis.p90_days as double) as p90_days
{%- endmacro %}
