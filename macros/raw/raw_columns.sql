{#- The raw contract for dbt. leadloop/raw/contract.py holds the same lists for the loader;
    tests/python/project/test_models.py keeps them equal. -#}
{% macro raw_columns() %}
    {{ return({
        'leads': 'lead_id email full_name company_name company_domain job_title department industry employee_count country prefecture created_at updated_at source_channel source_campaign source_content product owner_id is_opted_out merged_into_lead_id is_deleted'.split(),
        'activities': 'activity_id lead_id activity_type occurred_at content_id content_name content_type url channel campaign answer session_id actor'.split(),
        'deals': 'deal_id lead_id account_id name amount currency gross_margin_rate stage is_closed is_won created_at closed_at lost_reason owner_id product updated_at'.split(),
        'deal_contacts': 'deal_id lead_id role added_at'.split(),
        'stage_changes': 'entity entity_id from_status to_status changed_at reason changed_by'.split(),
        'marketing_costs': 'cost_id channel campaign content starts_on ends_on amount currency kind'.split(),
    }) }}
{% endmacro %}

{#- What the loader counted, one table a list; types differ from text only where named. -#}
{% macro raw_load_columns() %}
    {{ return({
        'load_files': 'source table_name file sha256 encoding rows_read rows_loaded rows_rejected loaded_at'.split(),
        'load_rejects': 'source table_name file line column_name rule value message loaded_at'.split(),
    }) }}
{% endmacro %}

{#- What the version published before hands on, one table a list. -#}
{% macro carried_columns() %}
    {{ return({
        'frozen_scores': 'lead_id handed_over_at scorecard_version score frozen_run_id'.split(),
    }) }}
{% endmacro %}

{% macro raw_column_type(column_name) %}
    {%- if column_name in ('_line', 'line', 'rows_read', 'rows_loaded', 'rows_rejected') -%} bigint
    {%- elif column_name in ('_loaded_at', 'loaded_at', 'handed_over_at') -%} timestamp
    {%- elif column_name == 'score' -%} double
    {%- else -%} string
    {%- endif -%}
{% endmacro %}
