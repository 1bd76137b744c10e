{#- The outcomes of contents and the stage from which each is counted. -#}
{% macro content_outcomes() %}
    {{ return({'sql': 'mql', 'opportunity': 'sql', 'won': 'opportunity'}) }}
{% endmacro %}

{#- Counts, rates and the comparison of those who met a content with those who did not, from n, k and the whole of both. -#}
{% macro outcome_columns() -%}
    cast(counted.n as bigint) as n,
        cast(counted.k as bigint) as k,
        {{ rate('counted.k', 'counted.n') }} as rate,
        cast(bases.base_n as bigint) as base_n,
        cast(bases.base_k as bigint) as base_k,
        {{ rate('bases.base_k', 'bases.base_n') }} as base_rate,
        {{ wilson_low('bases.base_k', 'bases.base_n') }} as base_ci_low,
        {{ wilson_high('bases.base_k', 'bases.base_n') }} as base_ci_high,
        {{ lift('counted.k', 'counted.n', 'bases.base_k', 'bases.base_n') }} as lift,
        {{ wilson_low('counted.k', 'counted.n') }} as ci_low,
        {{ wilson_high('counted.k', 'counted.n') }} as ci_high,
        cast(bases.base_n - counted.n as bigint) as other_n,
        cast(bases.base_k - counted.k as bigint) as other_k,
        {{ newcombe_low('counted.k', 'counted.n', '(bases.base_k - counted.k)', '(bases.base_n - counted.n)') }} as difference_low,
        {{ newcombe_high('counted.k', 'counted.n', '(bases.base_k - counted.k)', '(bases.base_n - counted.n)') }} as difference_high,
        case
            when counted.n < 10 or bases.base_n - counted.n < 10 then 'too_few'
            when {{ newcombe_low('counted.k', 'counted.n', '(bases.base_k - counted.k)', '(bases.base_n - counted.n)') }} > 0 then 'more'
            when {{ newcombe_high('counted.k', 'counted.n', '(bases.base_k - counted.k)', '(bases.base_n - counted.n)') }} < 0 then 'less'
            else 'not_told_apart'
        end as verdict
{%- endmacro %}
