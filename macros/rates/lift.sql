{#- How many times as often as in all: the rate of k of n over the base rate. NULL below 10 records, where no page
    shows a percentage either, and where nobody in the base did it. -#}
{% macro lift(k, n, base_k, base_n) -%}
    case
        when {{ n }} >= 10 and {{ base_k }} > 0
            then ({{ rate(k, n) }}) / ({{ rate(base_k, base_n) }})
    end
{%- endmacro %}

{#- A bound of a lift: that of the rate's Wilson interval over the base rate, which is taken as known. The records are
    part of the base, so both move together and the true interval is a little narrower. -#}
{% macro lift_bound(bound, n, base_k, base_n) -%}
    case
        when {{ n }} >= 10 and {{ base_k }} > 0
            then ({{ bound }}) / ({{ rate(base_k, base_n) }})
    end
{%- endmacro %}
