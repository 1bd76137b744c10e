{#- The published DuckDB file answers replay questions by itself: table functions of the macros in
    macros/rules/replay.sql, in the schema marts. A build on Spark ends in the same file and gets the same
    functions from leadloop/spark/run.py. -#}
{% macro create_replay_functions() %}
    {%- if execute and target.type == 'duckdb' and flags.WHICH in ('build', 'run', 'run-operation') and replay_tables_exist() -%}
        {%- for name in ('score_as_of', 'breakdown_as_of', 'stage_as_of') -%}
            {%- do run_query(
                'create or replace macro marts.' ~ name ~ '(at_instant, of_version) as table '
                ~ context['leadloop'][name]('cast(at_instant as timestamp)', 'cast(of_version as varchar)')
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{% macro replay_tables_exist() %}
    {%- set wanted = ['dim_leads', 'dim_scorecard_windows', 'dim_scoring_rules', 'fct_score_ledger', 'fct_lead_journeys', 'fct_qualifications'] -%}
    {%- set found = run_query(
        "select count(*) from information_schema.tables where table_catalog = current_database() and table_schema = 'marts' and table_name in ('"
        ~ wanted | join("', '") ~ "')"
    ) -%}
    {{ return(found.columns[0].values()[0] == wanted | length) }}
{% endmacro %}
