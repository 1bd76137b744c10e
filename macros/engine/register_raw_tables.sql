{#- Makes the Parquet files of the data home visible as the schema `raw`, so that both engines
    read the same files. Runs before every dbt command that touches data. -#}
{% macro register_raw_tables() %}
    {%- if execute and flags.WHICH in ('run', 'build', 'test', 'seed', 'show', 'snapshot') -%}
        {{ adapter.dispatch('register_raw_tables', 'leadloop')() }}
        {{ adapter.dispatch('register_carried_tables', 'leadloop')() }}
    {%- endif -%}
{% endmacro %}

{% macro duckdb__register_raw_tables() %}
    {%- set root = duckdb_raw_path() -%}
    {%- do run_query("create schema if not exists scratch.raw") -%}
    {%- for table, columns in all_raw_tables().items() -%}
        {%- do run_query('create or replace view scratch.raw.' ~ table ~ ' as ' ~ duckdb_parquet_rows(root ~ '/' ~ table, columns)) -%}
    {%- endfor -%}
    {%- for table, columns in tool_raw_tables().items() -%}
        {%- set files = run_query("select count(*) from glob('" ~ root | replace("'", "''") ~ '/' ~ table ~ "/*.parquet')") -%}
        {%- set has_files = files.columns[0].values()[0] > 0 -%}
        {%- set rows = duckdb_parquet_rows(root ~ '/' ~ table, columns) if has_files else empty_rows(columns) -%}
        {%- do run_query('create or replace view scratch.raw.' ~ table ~ ' as ' ~ rows) -%}
    {%- endfor -%}
{% endmacro %}

{% macro duckdb_parquet_rows(folder, columns) -%}
    {{ return('select ' ~ columns | join(', ') ~ " from read_parquet('" ~ folder | replace("'", "''")
        ~ "/*.parquet', union_by_name = true)") }}
{%- endmacro %}

{#- A query that gives no row of these columns. -#}
{% macro empty_rows(columns) -%}
    {%- set typed = [] -%}
    {%- for column in columns -%}
        {%- do typed.append('cast(null as ' ~ raw_column_type(column) | trim ~ ') as ' ~ column) -%}
    {%- endfor -%}
    {{ return('select ' ~ typed | join(', ') ~ ' where false') }}
{%- endmacro %}

{#- What the version before handed on (leadloop/publish/carried.py); without one the table is empty. -#}
{% macro duckdb__register_carried_tables() %}
    {%- set folder = var('carried_path') | replace("'", "''") -%}
    {%- for table, columns in carried_columns().items() -%}
        {%- set rows = empty_rows(columns) -%}
        {%- if folder -%}
            {%- set rows = 'select ' ~ columns | join(', ') ~ " from read_parquet('" ~ folder ~ '/' ~ table ~ ".parquet')" -%}
        {%- endif -%}
        {%- do run_query('create or replace view scratch.raw.' ~ table ~ ' as ' ~ rows) -%}
    {%- endfor -%}
{% endmacro %}

{% macro spark__register_carried_tables() %}
    {%- set folder = var('carried_path') -%}
    {%- for table, columns in carried_columns().items() -%}
        {%- do register_spark_table(table, columns, folder ~ '/' ~ table ~ '.parquet' if folder else '') -%}
    {%- endfor -%}
{% endmacro %}

{% macro duckdb_raw_path() %}
    {%- if var('raw_path') -%} {{ return(var('raw_path')) }} {%- endif -%}
    {%- set home = env_var('LEADLOOP_HOME', 'data') ~ '/raw' -%}
    {%- set found = run_query("select count(*) from glob('" ~ home | replace("'", "''") ~ "/leads/*.parquet')") -%}
    {{ return(home if found.columns[0].values()[0] > 0 else 'sample/raw') }}
{% endmacro %}

{% macro spark__register_raw_tables() %}
    {%- set root = var('raw_path') or env_var('LEADLOOP_HOME', 'data') ~ '/raw' -%}
    {%- do run_query('create database if not exists ' ~ target.schema ~ '_raw') -%}
    {%- for tables in (all_raw_tables(), tool_raw_tables()) -%}
        {%- for table, columns in tables.items() -%}
            {%- do register_spark_table(table, columns, root ~ '/' ~ table) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}

{#- A table over Parquet files that lie somewhere, or an empty one. -#}
{% macro register_spark_table(table, columns, location) %}
    {%- set name = target.schema ~ '_raw.' ~ table -%}
    {%- set typed = [] -%}
    {%- for column in columns -%}
        {%- do typed.append(column ~ ' ' ~ raw_column_type(column) | trim) -%}
    {%- endfor -%}
    {%- do run_query('drop table if exists ' ~ name) -%}
    {%- do run_query(
        'create table ' ~ name ~ ' (' ~ typed | join(', ') ~ ') using parquet'
        ~ (" location '" ~ location ~ "'" if location else '')
    ) -%}
{% endmacro %}

{#- The tables of the tools that are on, with the columns that the sources of staging name; all text. -#}
{% macro tool_raw_tables() %}
    {%- set tables = {} -%}
    {%- for node in graph.sources.values() if node.source_name in tools_on() -%}
        {%- do tables.update({node.identifier: node.columns.keys() | list + ['_source', '_file', '_line', '_loaded_at']}) -%}
    {%- endfor -%}
    {{ return(tables) }}
{% endmacro %}

{% macro all_raw_tables() %}
    {%- set tables = {} -%}
    {%- for table, columns in raw_columns().items() -%}
        {%- do tables.update({table: columns + ['_source', '_file', '_line', '_loaded_at']}) -%}
    {%- endfor -%}
    {%- do tables.update(raw_load_columns()) -%}
    {{ return(tables) }}
{% endmacro %}
