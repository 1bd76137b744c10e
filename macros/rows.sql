{#- One under the other: what staging made of the canonical table, and what intermediate put together from each tool that is
    on. All have the columns that `staged` gives them, in its order. -#}
{% macro rows_of_every_tool(table) -%}
with final as (

    select * from {{ ref('stg_canonical__' ~ table) }}
    {%- for tool in tools_on() if table in tool_tables()[tool] %}

    union all

    select * from {{ ref('int_' ~ tool ~ '__' ~ table) }}
    {%- endfor %}

)
{%- endmacro %}

{#- The tools that a build reads besides the canonical tables: `leadloop build` finds them in the data home, by hand it is
    --vars '{tools: [hubspot]}'. -#}
{% macro tools_on() %}
    {{ return(var('tools')) }}
{% endmacro %}

{#- Which canonical tables each tool says something about. -#}
{% macro tool_tables() %}
    {{ return({}) }}
{% endmacro %}
