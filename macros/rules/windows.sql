{#- Is a version in force at an instant? `windows` has the first instant at which it is, from_at, and the first at which it
    no longer is, to_at. -#}
{% macro is_in_force(windows, at) -%}
    ({{ windows }}.from_at <= {{ at }} and {{ windows }}.to_at > {{ at }})
{%- endmacro %}
