{#- Do we know where the lead stands? "no" is knowledge too; asked in vain and not asked are not. -#}
{% macro is_known_state(state) -%}
    ({{ state }} in ('confirmed', 'denied', 'partly'))
{%- endmacro %}
