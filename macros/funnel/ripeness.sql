{#- May this figure be judged? A cohort, once the whole of it is as old as the step's 90th percentile lag; a
    period, once it is over. Without a single conversion nobody knows how long the step takes. -#}
{% macro is_ripe(basis, until_day, p90_days) -%}
    coalesce(
        case
            when {{ basis }} = 'period' then {{ day_start(until_day) }} <= {{ as_of() }}
            else {{ days_between(day_start(until_day), as_of()) }} >= {{ p90_days }}
        end,
        false
    )
{%- endmacro %}
