{#- CTE bridge_steps: the metric whose target is the rate of a step, and the one whose target is its chances. -#}
{% macro bridge_steps() -%}
{%- set counts = {'lead': 'leads', 'mql': 'mqls', 'sql': 'sqls', 'opportunity': 'opportunities'} -%}
bridge_steps as (

    {%- for metric, step in metric_steps().items() %}
    select '{{ step[0] }}' as from_stage, '{{ step[1] }}' as to_stage, '{{ metric }}' as rate_metric, '{{ counts[step[0]] }}' as count_metric
    {%- if not loop.last %}
    union all
    {%- endif -%}
    {%- endfor %}

)
{%- endmacro %}

{#- CTE effects, of `based`: base_n, base_k, base_rate of each value and n, k, with all_base_n and all_n of the whole.
    volume: as many chances more or fewer, spread as in the base; mix: the chances where they were instead, at the base's
    rates; rate: the chances that were, at their rates instead of the base's. They add up to k - base_k. -#}
{% macro bridge_effects() -%}
effects as (

    select
        based.*,
        base_k * all_n / all_base_n - base_k as volume_effect,
        n * base_rate - base_k * all_n / all_base_n as mix_effect,
        k - n * base_rate as rate_effect
    from based

)
{%- endmacro %}
