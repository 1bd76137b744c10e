{#- CTEs cohorts, arrivals, by_basis and what incidence_curves() brings, of a conversion mart. `entered` and `arrived` are
    relations of steps, cut into slots by the columns `keys`: by when from_stage, and by when to_stage was entered;
    `followed` is one of days. A period sets the arrivals of a slot against its entries, whoever they are. -#}
{% macro conversion_counts(entered, arrived, followed, keys, entered_slot, arrived_slot) -%}
cohorts as (

    select
        from_stage,
        to_stage,
        {{ entered_slot | join(', ') }},
        {{ dimension_columns() }},
        cast(count(*) as bigint) as n,
        cast(count(to_at) as bigint) as k,
        cast(count(case when outcome = 'open' then 1 end) as bigint) as open_count,
        {{ lag_percentiles() }}
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
        {{ lag_percentiles() }}
    from {{ arrived }}
    where to_at is not null
    group by {{ by_each_dimension(['from_stage', 'to_stage'] + keys['arrived']) }}

),

{%- set slots = ['from_stage', 'to_stage'] + keys['names'] + ['dimension', 'value'] %}

{{ incidence_curves(followed, slots) }},

by_basis as (

    select
        {{ slots | join(', ') }},
        'cohort' as basis,
        n,
        k,
        open_count,
        {{ rate('k', 'n') }} as rate,
        cast(k as double) as effective_k,
        cast(n as double) as effective_n,
        cast(null as double) as oldest_days,
        median_days,
        p75_days,
        p90_days
    from cohorts

    union all

    select
        {%- for slot in slots %}
        coalesce(cohorts.{{ slot }}, arrivals.{{ slot }}) as {{ slot }},
        {%- endfor %}
        'period' as basis,
        coalesce(cohorts.n, 0) as n,
        coalesce(arrivals.k, 0) as k,
        cast(null as bigint) as open_count,
        {{ rate('coalesce(arrivals.k, 0)', 'cohorts.n') }} as rate,
        cast(coalesce(arrivals.k, 0) as double) as effective_k,
        cast(coalesce(cohorts.n, 0) as double) as effective_n,
        cast(null as double) as oldest_days,
        arrivals.median_days,
        arrivals.p75_days,
        arrivals.p90_days
    from cohorts
    full outer join arrivals
        on {% for slot in slots -%}
            cohorts.{{ slot }} = arrivals.{{ slot }}
            {%- if not loop.last %} and {% endif %}
        {%- endfor %}

    union all

    select
        {{ slots | join(', ') }},
        'kaplan_meier' as basis,
        n,
        k,
        open_count,
        rate,
        rate * effective_n as effective_k,
        effective_n,
        oldest_days,
        median_days,
        p75_days,
        p90_days
    from incidences

)
{%- endmacro %}

{#- How long those took who took the step. -#}
{% macro lag_percentiles() -%}
    percentile_cont(0.5) within group (order by lag_days) as median_days,
        percentile_cont(0.75) within group (order by lag_days) as p75_days,
        percentile_cont(0.9) within group (order by lag_days) as p90_days
{%- endmacro %}

{#- What every conversion mart says about a row of by_basis. -#}
{% macro conversion_measures(until_day) -%}
        cast(by_basis.n as bigint) as n,
        cast(by_basis.k as bigint) as k,
        by_basis.open_count,
        by_basis.rate,
        {{ wilson_low('by_basis.effective_k', 'by_basis.effective_n') }} as ci_low,
        {{ wilson_high('by_basis.effective_k', 'by_basis.effective_n') }} as ci_high,
        {{ is_ripe('by_basis.basis', until_day, 'ripening.p90_days', 'by_basis.oldest_days') }} as is_mature,
        cast(by_basis.median_days as double) as median_days,
        cast(by_basis.p75_days as double) as p75_days,
        cast(by_basis.p90_days as double) as p90_days
{%- endmacro %}
