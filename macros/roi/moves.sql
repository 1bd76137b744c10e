{#- The 95 % interval of the difference of two independent figures, from the interval of each: as Newcombe's, for figures that
    are no rates. Source: Zou and Donner 2008 (MOVER). -#}
{% macro mover_low(left, left_low, right, right_high) -%}
    ({{ left }}) - ({{ right }}) - sqrt(power(({{ left }}) - ({{ left_low }}), 2) + power(({{ right_high }}) - ({{ right }}), 2))
{%- endmacro %}

{% macro mover_high(left, left_high, right, right_low) -%}
    ({{ left }}) - ({{ right }}) + sqrt(power(({{ left_high }}) - ({{ left }}), 2) + power(({{ right }}) - ({{ right_low }}), 2))
{%- endmacro %}
