{#- May this figure be judged? A cohort, once the whole of it is as old as the step's 90th percentile lag; a
    period, once it is over; an estimate that takes the open ones for what they are, once its oldest chance is as old as
    that: the curve then has been followed as far. Without a single conversion nobody knows how long the step takes. -#}
{% macro is_ripe(basis, until_day, p90_days, oldest_days='cast(null as double)') -%}
    coalesce(
        case
            when {{ basis }} = 'period' then {{ day_start(until_day) }} <= {{ as_of() }}
            when {{ basis }} = 'kaplan_meier' then {{ oldest_days }} >= {{ p90_days }}
            else {{ days_between(day_start(until_day), as_of()) }} >= {{ p90_days }}
        end,
        false
    )
{%- endmacro %}
