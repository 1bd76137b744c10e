{#- dbt-spark's session method puts seed values between quotes without escaping them, so that one apostrophe
    in a label breaks the load. The same insert with literals that are escaped; thrift takes it as well. -#}
{% macro spark__load_csv_rows(model, agate_table) %}
    {%- set types = model['config'].get('column_types', {}) -%}
    {#- texts become what they are once a column: a cast in every cell takes Spark twice the time -#}
    {%- set typed = [] -%}
    {%- for name in agate_table.column_names -%}
        {%- set type = types.get(name, adapter.convert_type(agate_table, loop.index0)) -%}
        {%- do typed.append('cast(col' ~ loop.index ~ ' as ' ~ type ~ ')') -%}
    {%- endfor -%}
    {%- set statements = [] -%}
    {%- for chunk in agate_table.rows | batch(get_batch_size()) -%}
        {%- set rows = [] -%}
        {%- for row in chunk -%}
            {%- set cells = [] -%}
            {%- for cell in row -%}
                {#- no macro of its own: a call costs more than all that it would do -#}
                {%- do cells.append('null' if cell is none else "'" ~ (cell | string | replace("\\", "\\\\") | replace("'", "\\'")) ~ "'") -%}
            {%- endfor -%}
            {%- do rows.append('(' ~ cells | join(', ') ~ ')') -%}
        {%- endfor -%}
        {%- set sql = 'insert into ' ~ this.render() ~ ' select ' ~ typed | join(', ') ~ ' from values ' ~ rows | join(', ') -%}
        {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
        {%- do statements.append(sql) -%}
    {%- endfor -%}
    {{ return(statements[0] if statements else '') }}
{% endmacro %}

{#- dbt's own, which only the loading of seeds uses, without its `write`: what it writes for the curious to
    <target>/run/<path of the seed> goes over the seed file itself where LEADLOOP_SEEDS is an absolute path. -#}
{% macro noop_statement(name=None, message=None, code=None, rows_affected=None, res=None) -%}
    {%- set sql = caller() -%}
    {%- if name is not none -%}
        {{ store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) }}
    {%- endif -%}
{%- endmacro %}
