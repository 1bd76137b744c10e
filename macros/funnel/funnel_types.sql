{#- How a lead is counted in a stage. imputed: also where it was skipped and a later one reached (as in all other marts);
    all_stages: only after every stage before, each of them seen and in order; any_stages: wherever it was seen. -#}
{% macro funnel_types() %}
    {{ return(['imputed', 'all_stages', 'any_stages']) }}
{% endmacro %}

{#- The stages of the way to a customer, in order. -#}
{% macro funnel_stages() %}
    {{ return(['lead', 'mql', 'sql', 'opportunity', 'won']) }}
{% endmacro %}
