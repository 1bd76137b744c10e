{#- A touch's part of an amount: the rounded running total up to it less the one before it. Weights are
    rounded, so a running weight below 1e-9 is nothing and one above 1 - 1e-9 is all. -#}
{% macro share_of(amount) -%}
    cast(
        cast(round({{ amount }} * {{ whole('weight_until') }}, 2) as decimal(18, 2))
        - cast(round({{ amount }} * {{ whole('weight_before') }}, 2) as decimal(18, 2))
        as decimal(18, 2)
    )
{%- endmacro %}

{% macro whole(weight) -%}
    case
        when {{ weight }} > 1 - 1e-9 then cast(1 as double)
        when {{ weight }} < 1e-9 then cast(0 as double)
        else {{ weight }}
    end
{%- endmacro %}

{#- Shares of a deal under a model made to add up to 1, and what was given up to each touch and before it, in their order. What was
    given before a touch is the very number of the one before: subtracted from its own it differs in the last bit, and an
    amount that rounds at that bit is then a hundredth short. -#}
{% macro running_weights(relation) -%}
    select
        running.*,
        coalesce(lag(weight_until) over (partition by deal_id, model order by touch_no), cast(0 as double)) as weight_before
    from (
        select
            parts.*,
            round(sum(weight) over (
                partition by deal_id, model order by touch_no
                rows between unbounded preceding and current row
            ), 12) as weight_until
        from (
            select
                {{ relation }}.*,
                -- shares are added in any order: without its last bits a weight is the same in every build
                round(share / sum(share) over (partition by deal_id, model), 12) as weight
            from {{ relation }}
        ) as parts
    ) as running
{%- endmacro %}

{#- The money columns of a credit: of won deals, of open ones, and of all that were ever created. -#}
{% macro credited_money() -%}
    {%- set amount = 'cast(coalesce(deals.amount, 0) as double)' -%}
    {%- set margin = amount ~ ' * coalesce(deals.gross_margin_rate, 1)' -%}
    {%- set nothing = 'cast(0 as decimal(18, 2))' -%}
    case when deals.is_won then {{ share_of(amount) }} else {{ nothing }} end as revenue,
        case when deals.is_won then {{ share_of(margin) }} else {{ nothing }} end as gross_profit,
        case when not deals.is_closed then {{ share_of(amount) }} else {{ nothing }} end as pipeline,
        {{ share_of(amount) }} as pipeline_created
{%- endmacro %}

{#- The figures of mart_channel_roi and its windows from their sums. Cost NULL is "not registered": nothing
    is divided by it and nothing is earned on it. -#}
{% macro roi_measures() -%}
    {{ per_unit('cost', 'leads') }} as cost_per_lead,
    {{ per_unit('cost', 'mqls') }} as cost_per_mql,
    {{ per_unit('cost', 'sqls') }} as cost_per_sql,
    {{ per_unit('cost', 'opportunities') }} as cost_per_opportunity,
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
