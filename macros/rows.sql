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
    --vars 'tools: hubspot,salesforce'. -#}
{% macro tools_on() %}
    {{ return(var('tools').split(',') if var('tools') else []) }}
{% endmacro %}

{#- Which canonical tables each tool says something about. -#}
{% macro tool_tables() %}
    {{ return({
        'hubspot': ['leads', 'activities', 'deals', 'deal_contacts', 'stage_changes'],
        'bownow': ['leads', 'stage_changes'],
        'mazrica': ['leads', 'activities', 'deals', 'stage_changes'],
        'kintone': ['leads', 'activities', 'deals', 'stage_changes'],
        'freeasy': ['activities'],
        'flipdesk': ['activities'],
    }) }}
{% endmacro %}

{#- Models of a tool in which others look something up (names, links, stages), and the table whose rows they count. -#}
{% macro lookup_tables() %}
    {{ return({
        'hubspot': {
            'form': 'form', 'email_campaign': 'email_campaign', 'engagement': 'engagement', 'engagement_contact': 'engagement_contact',
            'deal_pipeline_stage': 'deal_pipeline_stage', 'other_properties': 'contact_property_history',
        },
        'bownow': {},
        'mazrica': {'account': 'account', 'planned': 'action'},
        'kintone': {},
        'freeasy': {'background': 'survey_answer'},
        'flipdesk': {
            'member': 'member', 'anonymous': 'conversion', 'scenario_conversion': 'scenario_conversion',
            'scenario_report': 'scenario_report',
        },
    }) }}
{% endmacro %}
