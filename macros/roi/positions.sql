{#- The milestones that a touch can be the last one before, and the flag that says so. -#}
{% macro touch_milestones() %}
    {{ return({
        'lead': 'is_last_before_lead',
        'mql': 'is_last_before_mql',
        'sql': 'is_last_before_sql',
        'opportunity': 'is_last_before_opportunity',
    }) }}
{% endmacro %}

{#- The positions of attribution_weights that a touch holds by itself, whatever the model, and when it does. What depends on the
    model (middle, decay) is worked out in roi_rule_shares. -#}
{% macro touch_positions() %}
    {{ return({
        'first': 'is_first',
        'last': 'is_last',
        'lead_creation': 'is_last_before_lead',
        'mql': 'is_last_before_mql',
        'sql': 'is_last_before_sql',
        'opportunity': 'is_last_before_opportunity',
        'source': "activity_type = 'source'",
        'each': 'true',
        'each_until_opportunity': 'is_until_opportunity',
    }) }}
{% endmacro %}

{#- Models that the data make: their credits need no row of attribution_weights. -#}
{% macro fitted_models() %}
    {{ return(['markov', 'shapley']) }}
{% endmacro %}

{#- Every attribution model there is, column model. -#}
{% macro attribution_models() -%}
    select distinct model
    from {{ ref('attribution_weights') }}
    {%- for model in fitted_models() %}
    union all
    select '{{ model }}' as model
    {%- endfor %}
{%- endmacro %}
