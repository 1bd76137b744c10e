{#- A number of the agreement as exact text, the same on both engines: 15, 12.5, 0.25. -#}
{% macro number_as_text(number) -%}
    regexp_replace(cast(cast({{ number }} as decimal(18, 6)) as {{ dbt.type_string() }}), '[.]?0+$', '')
{%- endmacro %}
