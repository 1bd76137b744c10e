{#- A touch's part of an amount: the rounded running total up to it less the one before it. The first of the
    running weights below 1e-12 is nothing, the last above 1 - 1e-12 is all. -#}
{% macro share_of(amount) -%}
    cast(
        cast(round({{ amount }} * {{ whole('weight_until') }}, 2) as decimal(18, 2))
        - cast(round({{ amount }} * {{ whole('weight_until - weight') }}, 2) as decimal(18, 2))
        as decimal(18, 2)
    )
{%- endmacro %}

{% macro whole(weight) -%}
    case
        when {{ weight }} > 1 - 1e-12 then cast(1 as double)
        when {{ weight }} < 1e-12 then cast(0 as double)
        else {{ weight }}
    end
{%- endmacro %}

{#- The figures of mart_channel_roi and its windows from their sums. Cost NULL is "not registered": nothing
    is divided by it and nothing is earned on it. -#}
{% macro roi_measures() -%}
    {{ per_unit('cost', 'leads') }} as cost_per_lead,
    {{ per_unit('cost', 'mqls') }} as cost_per_mql,
    {{ per_unit('cost', 'sqls') }} as cost_per_sql,
    {{ per_unit('cost', 'won') }} as cac,
    {{ per_unit('revenue', 'cost') }} as roas,
    case
        when cost > 0 then (cast(gross_profit as double) - cast(cost as double)) / cast(cost as double)
    end as roi
{%- endmacro %}

{#- The bases of ROI: by which date counts and money fall into a month. -#}
{% macro roi_bases() %}
    {{ return(['close_date', 'touch_date', 'cohort']) }}
{% endmacro %}
