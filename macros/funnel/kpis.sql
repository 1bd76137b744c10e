{#- A metric's step, so that a month knows how long it still has to ripen. -#}
{% macro metric_steps() %}
    {{ return({
        'mql_rate': ('lead', 'mql'),
        'sql_rate': ('mql', 'sql'),
        'meeting_rate': ('sql', 'opportunity'),
        'win_rate_cohort': ('sql', 'won'),
        'return_rate': ('sql', 'returned'),
    }) }}
{% endmacro %}

{#- How long each of those metrics takes to ripen, a row a metric. -#}
{% macro metric_ripening(ripening) -%}
    {%- for metric, step in metric_steps().items() %}
    select '{{ metric }}' as metric, p90_days
    from {{ ripening }}
    where from_stage = '{{ step[0] }}' and to_stage = '{{ step[1] }}'
    {%- if not loop.last %}
    union all
    {%- endif -%}
    {%- endfor %}
{%- endmacro %}

{#- What is missing to the target, in records or yen: negative is short of it. The whole is short by whole records,
    because nobody can convert half a lead; a segment keeps its fraction, so that the segments of a dimension
    add up to what the whole is short of before rounding. -#}
{% macro gap_to_target(unit, actual, n, k, target, dimension) -%}
    case
        when {{ target }} is null then cast(null as double)
        when {{ unit }} = 'rate' and {{ dimension }} <> 'all'
            then cast({{ k }} as double) - {{ target }} * cast({{ n }} as double)
        when {{ unit }} = 'rate' then cast({{ k }} as double) - ceil({{ target }} * cast({{ n }} as double) - 1e-9)
        else {{ actual }} - {{ target }}
    end
{%- endmacro %}
