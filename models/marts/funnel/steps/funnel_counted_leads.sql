-- How many leads of a month were in each stage, and what became of those who went no further, for every way of counting.

{%- set stages = funnel_stages() %}

with funnels as (

    select * from {{ ref('fct_lead_funnels') }}

),

journeys as (

    select * from {{ ref('fct_lead_journeys') }}
    where episode_no = 1

),

placed as (

    select
        funnels.*,
        {{ known_dimensions('journeys') }}
    from funnels
    inner join journeys on funnels.lead_id = journeys.lead_id

),

counted as (

    select
        period,
        {{ dimension_columns() }},
        {%- for type in funnel_types() %}
        {%- for stage in stages %}
        {%- set here = type ~ '_' ~ stage %}
        {%- set further = type ~ '_' ~ stages[loop.index] if not loop.last else none %}
        count(case when is_{{ here }} then 1 end) as {{ here }}_n,
        {%- for outcome in ['lost', 'returned', 'open', 'won'] %}
        count(case when is_{{ here }}{% if further %} and not is_{{ further }}{% endif %} and outcome = '{{ outcome }}' then 1 end) as {{ here }}_{{ outcome }},
        {%- endfor %}
        count(case when is_{{ here }}{% if further %} and is_{{ further }}{% else %} and false{% endif %} then 1 end) as {{ here }}_went_on
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from placed
    group by {{ by_each_dimension(['period']) }}

),

final as (

    {%- for type in funnel_types() %}
    {%- set outer = loop %}
    {%- for stage in stages %}
    {%- set here = type ~ '_' ~ stage %}

    select
        '{{ type }}' as funnel_type,
        '{{ stage }}' as stage,
        {{ loop.index }} as stage_order,
        period,
        dimension,
        value,
        {{ here }}_n as n,
        {{ here }}_went_on as went_on_count,
        {{ here }}_lost as lost_count,
        {{ here }}_returned as returned_count,
        {{ here }}_open as open_count,
        {{ here }}_won as won_count
    from counted
    {%- if not (outer.last and loop.last) %}

    union all
    {%- endif -%}
    {%- endfor %}
    {%- endfor %}

)

select * from final
