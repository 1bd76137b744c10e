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

{#- The same of what tools know about each other's ids: a tool that keeps them names identity_claims among its tables and has a
    model int_<tool>__identity_claims: lead_id, same_as_lead_id (both as our lead ids, with the tool before them), reason (where
    the id stood), detail (what else helps to find it). -#}
{% macro claims_of_every_tool() -%}
with final as (

    select
        cast(null as {{ dbt.type_string() }}) as lead_id,
        cast(null as {{ dbt.type_string() }}) as same_as_lead_id,
        cast(null as {{ dbt.type_string() }}) as reason,
        cast(null as {{ dbt.type_string() }}) as detail
    from (select 0 as claim_count) as nobody
    where claim_count > 0
    {%- for tool in tools_on() if 'identity_claims' in tool_tables()[tool] %}

    union all

    select lead_id, same_as_lead_id, reason, detail from {{ ref('int_' ~ tool ~ '__identity_claims') }}
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
        'account_engagement': [
            'leads', 'activities', 'deals', 'deal_contacts', 'stage_changes', 'marketing_costs', 'identity_claims',
        ],
        'salesforce': ['leads', 'activities', 'deals', 'deal_contacts', 'stage_changes', 'marketing_costs'],
        'ads': ['marketing_costs'],
        'marketo': ['leads', 'activities', 'deals', 'deal_contacts', 'stage_changes', 'marketing_costs', 'identity_claims'],
        'bownow': ['leads', 'stage_changes'],
        'mazrica': ['leads', 'activities', 'deals', 'stage_changes'],
        'kintone': ['leads', 'activities', 'deals', 'stage_changes'],
        'freeasy': ['activities'],
        'flipdesk': ['activities'],
    }) }}
{% endmacro %}

{#- Models of a tool in which others look something up (names, links, stages), and the table whose rows they count; rows of a
    model deleted_… are suppressed. -#}
{% macro lookup_tables() %}
    {{ return({
        'hubspot': {
            'form': 'form', 'email_campaign': 'email_campaign', 'engagement': 'engagement', 'engagement_contact': 'engagement_contact',
            'deal_pipeline_stage': 'deal_pipeline_stage', 'other_properties': 'contact_property_history', 'deleted_deals': 'deal',
        },
        'account_engagement': {
            'lifecycle_stages': 'lifecycle_stage', 'visitors': 'visitor', 'campaigns_without_cost': 'campaign',
            'deleted_opportunities': 'opportunity',
        },
        'salesforce': {
            'accounts': 'account', 'users': 'user', 'campaigns_without_cost': 'campaign', 'deleted_opportunities': 'opportunity',
            'deleted_roles': 'opportunity_contact_role', 'deleted_tasks': 'task', 'deleted_events': 'event',
            'deleted_members': 'campaign_member', 'deleted_campaigns': 'campaign', 'deleted_lead_history': 'lead_history',
            'deleted_opportunity_field_history': 'opportunity_field_history', 'other_lead_history': 'lead_history',
            'other_opportunity_field_history': 'opportunity_field_history',
        },
        'ads': {
            'google_campaign_history': 'google_campaign_history', 'google_account_history': 'google_account_history',
            'facebook_ad_history': 'facebook_ad_history', 'facebook_campaign_history': 'facebook_campaign_history',
            'facebook_account_history': 'facebook_account_history', 'linkedin_campaign_history': 'linkedin_campaign_history',
            'linkedin_account_history': 'linkedin_account_history', 'microsoft_campaign_history': 'microsoft_campaign_history',
            'microsoft_account_history': 'microsoft_account_history',
        },
        'marketo': {'activity_type': 'activity_type', 'campaign': 'campaign', 'program': 'program'},
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

{#- Models of a tool that account for rows which are handed on by no other: in _table what they are rows of, in row_status
    what became of them. -#}
{% macro accounted_rows() %}
    {{ return({
        'ads': ['int_ads__added_rows'],
        'marketo': ['int_marketo__unread_activities'],
    }) }}
{% endmacro %}
