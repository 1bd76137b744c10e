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
    {%- set read = connector_tables() -%}
    {%- if read -%}
        {%- do log_connectors(duckdb_raw_rows(root, 'load_files', raw_load_columns()['load_files'], true), read) -%}
    {%- endif -%}
    {%- do run_query("create schema if not exists scratch.raw") -%}
    {%- for tables, may_lack in ((all_raw_tables(), read), (tool_raw_tables(), true)) -%}
        {%- for table, columns in tables.items() -%}
            {%- if table in read -%}
                {%- set rows = read[table].sql -%}
            {%- else -%}
                {%- set rows = load_account(table, columns, duckdb_raw_rows(root, table, columns, may_lack), read) -%}
            {%- endif -%}
            {%- do run_query('create or replace view scratch.raw.' ~ table ~ ' as ' ~ rows) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}

{#- What the loader wrote. Only a tool's table may lack files, and any table where a connector brings the company's data;
    elsewhere a folder without files is a wrong path. -#}
{% macro duckdb_raw_rows(root, table, columns, may_lack) -%}
    {%- set folder = root ~ '/' ~ table -%}
    {%- if may_lack -%}
        {%- set files = run_query("select count(*) from glob('" ~ folder | replace("'", "''") ~ "/*.parquet')") -%}
        {%- if files.columns[0].values()[0] == 0 -%} {{ return(empty_rows(columns)) }} {%- endif -%}
    {%- endif -%}
    {%- if table in tool_raw_tables() -%}
        {#- a file that an older loader wrote lacks the columns that a tool's table got since -#}
        {{ return('select ' ~ columns | join(', ') ~ ' from (' ~ empty_rows(columns) ~ ' union all by name '
            ~ duckdb_parquet_rows(folder, ['*']) ~ ')') }}
    {%- endif -%}
    {{ return(duckdb_parquet_rows(folder, columns)) }}
{%- endmacro %}

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
    {%- set read = connector_tables() -%}
    {%- for tables in (all_raw_tables(), tool_raw_tables()) -%}
        {%- for table, columns in tables.items() -%}
            {%- if table in read -%}
                {%- do copy_to_spark_table(table, read[table].sql) -%}
            {%- elif read and table in raw_load_columns() -%}
                {%- do register_spark_table(table ~ '_of_loader', columns, root ~ '/' ~ table) -%}
                {%- set rows = 'select * from ' ~ target.schema ~ '_raw.' ~ table ~ '_of_loader' -%}
                {%- if table == 'load_files' -%}{%- do log_connectors(rows, read) -%}{%- endif -%}
                {%- do copy_to_spark_table(table, load_account(table, columns, rows, read)) -%}
            {%- else -%}
                {%- do register_spark_table(table, columns, root ~ '/' ~ table) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}

{#- Copied, so that a connector which syncs meanwhile gives every model the same rows. -#}
{% macro copy_to_spark_table(table, rows) %}
    {%- set name = target.schema ~ '_raw.' ~ table -%}
    {%- do run_query('drop table if exists ' ~ name) -%}
    {%- do run_query('create table ' ~ name ~ ' using parquet as ' ~ rows) -%}
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
