{#- By what a conversion can be cut. Every cut is one more set in `grouping sets`, so a new dimension is a
    new word here (and a label in dim_labels). -#}
{% macro journey_dimensions() %}
    {{ return(['channel', 'campaign', 'content', 'industry', 'job_level', 'product', 'segment', 'owner_id']) }}
{% endmacro %}

{#- The dimensions of a row with unknown spelled out, so that no cut loses a lead. -#}
{% macro known_dimensions(relation) -%}
    {%- for dimension in journey_dimensions() %}
        coalesce({{ relation }}.{{ dimension }}, 'unknown') as {{ dimension }}{% if not loop.last %},{% endif %}
    {%- endfor %}
{%- endmacro %}

{#- `grouping sets`: the fixed columns alone (dimension all), then with each dimension. -#}
{% macro by_each_dimension(fixed) -%}
    grouping sets (
        ({{ fixed | join(', ') }}),
        {%- for dimension in journey_dimensions() %}
        ({{ (fixed + [dimension]) | join(', ') }}){% if not loop.last %},{% endif %}
        {%- endfor %}
    )
{%- endmacro %}

{#- The two columns that say which cut a row of such a grouping is. -#}
{% macro dimension_columns() -%}
    case
        {%- for dimension in journey_dimensions() %}
        when grouping({{ dimension }}) = 0 then '{{ dimension }}'
        {%- endfor %}
        else 'all'
    end as dimension,
    case
        {%- for dimension in journey_dimensions() %}
        when grouping({{ dimension }}) = 0 then {{ dimension }}
        {%- endfor %}
        else 'all'
    end as value
{%- endmacro %}

{#- From which stage to which a conversion is measured. `is_first_episode`: only a lead's first episode has
    the stage lead. -#}
{% macro funnel_steps() %}
    {{ return([
        ('lead', 'mql', true),
        ('mql', 'sql', false),
        ('sql', 'opportunity', false),
        ('opportunity', 'won', false),
        ('sql', 'won', false),
        ('lead', 'won', true),
        ('sql', 'returned', false),
    ]) }}
{% endmacro %}

{#- Windows of whole local months before as_of, by name; `all` reaches to as_of itself. -#}
{% macro time_windows() %}
    {{ return([('m1', 1), ('m3', 3), ('m6', 6), ('m12', 12), ('all', none)]) }}
{% endmacro %}
