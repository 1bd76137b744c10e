{#- Wilson's 95 % interval of k of n; NULL without observations or where k exceeds n (a period rate can).
    Source: Wilson 1927; the figures to test against are in docs/metrics.md. -#}
{% macro wilson_low(k, n) -%}
    {{ wilson_bound(k, n, '-') }}
{%- endmacro %}

{% macro wilson_high(k, n) -%}
    {{ wilson_bound(k, n, '+') }}
{%- endmacro %}

{% macro wilson_bound(k, n, sign) -%}
    {%- set z = 'cast(1.959963984540054 as double)' -%}
    {%- set kd = 'cast(' ~ k ~ ' as double)' -%}
    {%- set nd = 'cast(' ~ n ~ ' as double)' -%}
    case
        when {{ n }} > 0 and {{ k }} <= {{ n }} then
            least(cast(1 as double), greatest(cast(0 as double),
                ({{ kd }} / {{ nd }} + {{ z }} * {{ z }} / (2 * {{ nd }})
                {{ sign }} {{ z }} * sqrt(
                    {{ kd }} / {{ nd }} * (1 - {{ kd }} / {{ nd }}) / {{ nd }}
                    + {{ z }} * {{ z }} / (4 * {{ nd }} * {{ nd }})
                ))
                / (1 + {{ z }} * {{ z }} / {{ nd }})
            ))
    end
{%- endmacro %}

{#- k of n as double; NULL without observations. -#}
{% macro rate(k, n) -%}
    case when {{ n }} > 0 then cast({{ k }} as double) / cast({{ n }} as double) end
{%- endmacro %}

{#- Money divided by a count or by money; NULL where there is nothing to divide by. -#}
{% macro per_unit(amount, count) -%}
    case when {{ count }} > 0 then cast({{ amount }} as double) / cast({{ count }} as double) end
{%- endmacro %}

{#- Newcombe's 95 % interval of the difference of two independent rates (k1/n1 - k2/n2), from their Wilson
    intervals. Source: Newcombe 1998, method 10. -#}
{% macro newcombe_low(k1, n1, k2, n2) -%}
    ({{ rate(k1, n1) }}) - ({{ rate(k2, n2) }}) - sqrt(
        power(({{ rate(k1, n1) }}) - ({{ wilson_low(k1, n1) }}), 2)
        + power(({{ wilson_high(k2, n2) }}) - ({{ rate(k2, n2) }}), 2)
    )
{%- endmacro %}

{% macro newcombe_high(k1, n1, k2, n2) -%}
    ({{ rate(k1, n1) }}) - ({{ rate(k2, n2) }}) + sqrt(
        power(({{ wilson_high(k1, n1) }}) - ({{ rate(k1, n1) }}), 2)
        + power(({{ rate(k2, n2) }}) - ({{ wilson_low(k2, n2) }}), 2)
    )
{%- endmacro %}
