{#- Tables that a connector (Fivetran, Airbyte, dlt) has landed in a warehouse stand in the place of loaded files. Under
    the names of the raw contract and as text they are what the loader would have made of them, so that staging sees
    no difference. docs/load.md says what is done, and for whom. -#}

{#- {tool: {schema, and one of path (a DuckDB file) or database, where it is not the build's own}} -#}
{% macro connectors() %}
    {{ return(fromjson(var('connectors')) if var('connectors') else {}) }}
{% endmacro %}

{#- The raw tables that a connector has: {raw table: {tool, file, rows, sql}}; `rows` is how many there are, counted here
    and not by the models that read them. -#}
{% macro connector_tables() %}
    {%- set read = {} -%}
    {%- for tool, place in connectors().items() -%}
        {%- if tool not in tools_on() -%}
            {%- do exceptions.raise_compiler_error("connectors: '" ~ tool ~ "' is not on; name it in the variable `tools` too") -%}
        {%- endif -%}
        {%- set catalog = adapter.dispatch('connector_catalog', 'leadloop')(tool, place) -%}
        {%- set landed = adapter.dispatch('landed_tables', 'leadloop')(catalog, place['schema']) -%}
        {%- for source in graph.sources.values() if source.source_name == tool -%}
            {%- set name = first_landed([source.name] + source_meta(source).get('aliases', []), landed) -%}
            {%- if name -%}
                {%- do read.update({source.identifier: connector_table(source, catalog, place, name)}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if not read.values() | selectattr('tool', 'equalto', tool) | list -%}
            {%- do exceptions.raise_compiler_error(
                "connectors: '" ~ tool ~ "' has no table that we know in schema '" ~ place['schema'] ~ "'; there is: "
                ~ (landed.values() | sort | join(', ') or 'nothing')
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(read) }}
{% endmacro %}

{#- One of them. Where it is stands in _file, the number of the row in _line; it was seen when the build looked. -#}
{% macro connector_table(source, catalog, place, name) %}
    {%- set parts = [] -%}
    {%- for part in (catalog, place['schema'], name) if part -%}{%- do parts.append(adapter.quote(part)) -%}{%- endfor -%}
    {%- set relation = parts | join('.') -%}
    {%- set file = 'connector:' ~ place['schema'] ~ '.' ~ name -%}
    {%- set columns = connector_columns(source, relation, file) -%}
    {%- set number = adapter.dispatch('landed_row_number', 'leadloop')(catalog, place, name) -%}
    {%- do columns.extend([
        "'" ~ source.source_name ~ "' as _source",
        "'" ~ file ~ "' as _file",
        'cast(' ~ number ~ ' as bigint) as _line',
        as_of() | trim ~ ' as _loaded_at',
    ]) -%}
    {{ return({
        'tool': source.source_name,
        'file': file,
        'rows': run_query('select count(*) from ' ~ relation).columns[0].values()[0] | int,
        'sql': 'select ' ~ columns | join(', ') ~ ' from ' ~ relation ~ ' as landed',
    }) }}
{% endmacro %}

{#- Every column of the contract as text, found by its name or an alias, whatever their case. One that a row can do without
    is NULL where it is missing, with one warning a table; without another there is no build. -#}
{% macro connector_columns(source, relation, file) %}
    {%- set landed = {} -%}
    {%- set types = {} -%}
    {%- for row in run_query('describe ' ~ relation).rows -%}
        {#- Spark tells about partitions below the columns, after a blank or a `#` -#}
        {%- if not row[0] or (row[0] | string).startswith('#') -%}{%- break -%}{%- endif -%}
        {%- do landed.update({row[0] | string | lower: row[0] | string}) -%}
        {%- do types.update({row[0] | string: row[1] | string | upper}) -%}
    {%- endfor -%}
    {%- set columns = [] -%}
    {%- set missing = [] -%}
    {%- for column in source.columns.values() -%}
        {%- set names = [column.name] + source_meta(column).get('aliases', []) -%}
        {%- set found = first_landed(names, landed) -%}
        {%- if found -%}
            {%- do columns.append(landed_text(adapter.quote(found), types[found]) ~ ' as ' ~ adapter.quote(column.name)) -%}
        {%- elif source_meta(column).get('required') -%}
            {%- do exceptions.raise_compiler_error(
                file ~ ' (' ~ source.identifier ~ ') lacks the required column ' ~ column.name ~ '; the nearest it has is '
                ~ nearest_name(names, landed.values()) ~ '. Where that is it, add it to the aliases in ' ~ source.original_file_path
            ) -%}
        {%- else -%}
            {%- do missing.append(column.name) -%}
            {%- do columns.append('cast(null as ' ~ dbt.type_string() ~ ') as ' ~ adapter.quote(column.name)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if missing -%}
        {%- do exceptions.warn(file ~ ' (' ~ source.identifier ~ ') lacks optional columns, left empty: ' ~ missing | join(', ')) -%}
    {%- endif -%}
    {{ return(columns) }}
{% endmacro %}

{#- What the YAML says beside a table or column; dbt has moved it from `meta` to `config`. -#}
{% macro source_meta(node) %}
    {{ return(node.get('config', {}).get('meta') or node.get('meta') or {}) }}
{% endmacro %}

{#- The first of `names` that has landed, as it is written there; `landed` has them by their small letters. -#}
{% macro first_landed(names, landed) %}
    {%- for name in names if name | lower in landed -%}
        {{ return(landed[name | lower]) }}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}

{#- The text that an export would hold. Times in a warehouse are UTC, and say so here; a whole number is written without a
    point, because as an id it has to be found again; nothing is NULL, as the loader has it. -#}
{% macro landed_text(column, type) -%}
    {%- set text = dbt.type_string() -%}
    {%- if type.startswith('TIMESTAMP') or type.startswith('DATETIME') -%}
        {{ return('cast(cast(' ~ column ~ ' as timestamp) as ' ~ text ~ ") || 'Z'") }}
    {%- elif type.split('(')[0] in ('DOUBLE', 'FLOAT', 'REAL', 'DECIMAL') -%}
        {{ return(
            'case when ' ~ column ~ ' = floor(' ~ column ~ ') and abs(' ~ column ~ ') < 1e15'
            ~ ' then cast(cast(' ~ column ~ ' as bigint) as ' ~ text ~ ')'
            ~ ' else coalesce(cast(try_cast(' ~ column ~ ' as decimal(38, 9)) as ' ~ text ~ '), cast(' ~ column ~ ' as ' ~ text ~ ')) end'
        ) }}
    {%- endif -%}
    {{ return('nullif(cast(' ~ column ~ ' as ' ~ text ~ "), '')") }}
{%- endmacro %}

{#- Which of `candidates` is most like one of `names`, for a message. -#}
{% macro nearest_name(names, candidates) %}
    {%- set rows = [] -%}
    {%- set distances = ['1000'] -%}
    {%- for candidate in candidates -%}{%- do rows.append("select '" ~ candidate | replace("'", "''") ~ "' as candidate") -%}{%- endfor -%}
    {%- for name in names -%}{%- do distances.append("levenshtein(lower(candidate), '" ~ name | lower ~ "')") -%}{%- endfor -%}
    {%- set found = run_query(
        'select candidate from (' ~ rows | join(' union all ') ~ ') as candidates order by least('
        ~ distances | join(', ') ~ '), candidate limit 1'
    ) -%}
    {{ return(found.columns[0].values()[0]) }}
{% endmacro %}

{#- An account of the loader (load_files, load_rejects) without the tables that a connector has, and with what it has. -#}
{% macro load_account(table, columns, rows, read) %}
    {%- if table not in raw_load_columns() or not read -%} {{ return(rows) }} {%- endif -%}
    {%- set parts = ['select ' ~ columns | join(', ') ~ ' from (' ~ rows ~ ") as loaded where table_name not in ('"
        ~ read.keys() | join("', '") ~ "')"] -%}
    {%- if table == 'load_files' -%}
        {%- for name, one in read.items() -%}
            {%- set known = {
                'source': "'" ~ one.tool ~ "'", 'table_name': "'" ~ name ~ "'", 'file': "'" ~ one.file ~ "'",
                'rows_read': one.rows, 'rows_loaded': one.rows, 'rows_rejected': 0, 'loaded_at': as_of() | trim,
            } -%}
            {%- set cells = [] -%}
            {%- for column in columns -%}
                {%- do cells.append('cast(' ~ known.get(column, 'null') ~ ' as ' ~ raw_column_type(column) | trim ~ ') as ' ~ column) -%}
            {%- endfor -%}
            {%- do parts.append('select ' ~ cells | join(', ')) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(parts | join(' union all ')) }}
{% endmacro %}

{#- Tells what is read from where: `leadloop build` finds it in dbt's log (leadloop/publish/dbt_run.py). `rows` are those
    of the loader's load_files. -#}
{% macro log_connectors(rows, read) %}
    {%- set loaded = run_query('select distinct table_name from (' ~ rows ~ ') as loaded where rows_read > 0').columns[0].values() -%}
    {%- for name, one in read.items() -%}
        {%- do log('connector: ' ~ tojson({
            'source': one.tool, 'table_name': name, 'file': one.file, 'rows_read': one.rows,
        }), info=true) -%}
        {%- if name in loaded -%}
            {%- do log(name ~ ' has loaded files and a connector; the connector is read, the files are not', info=true) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}

{#- The catalogue in which the schema lies; a file is attached once, also where two tools share it. -#}
{% macro duckdb__connector_catalog(tool, place) %}
    {%- set path = place.get('path') -%}
    {%- if not path -%} {{ return(place.get('database') or target.database) }} {%- endif -%}
    {%- set quoted = "'" ~ path | replace("'", "''") ~ "'" -%}
    {%- set known = run_query('select database_name from duckdb_databases() where path = ' ~ quoted) -%}
    {%- if known.rows -%} {{ return(known.columns[0].values()[0]) }} {%- endif -%}
    {%- do run_query('attach ' ~ quoted ~ ' as connector_' ~ tool ~ ' (read_only)') -%}
    {{ return('connector_' ~ tool) }}
{% endmacro %}

{% macro spark__connector_catalog(tool, place) %}
    {%- if place.get('path') -%}
        {%- do exceptions.raise_compiler_error("connectors: Spark cannot read the DuckDB file of '" ~ tool ~ "'; give schema and database") -%}
    {%- endif -%}
    {{ return(place.get('database')) }}
{% endmacro %}

{#- What tells two rows with the same key apart, the same whenever the view is read. A table in a file numbers its rows;
    elsewhere they are put in order, by all that is read of them. -#}
{% macro duckdb__landed_row_number(catalog, place, name) %}
    {%- if place.get('path') and run_query(
        "select 1 from information_schema.tables where table_type = 'BASE TABLE' and table_catalog = '" ~ catalog
        ~ "' and lower(table_schema) = lower('" ~ place['schema'] ~ "') and table_name = '" ~ name | replace("'", "''") ~ "'"
    ).rows -%}
        {{ return('landed.rowid + 1') }}
    {%- endif -%}
    {{ return('row_number() over (order by landed)') }}
{% endmacro %}

{#- Given once, when the table is copied. -#}
{% macro spark__landed_row_number(catalog, place, name) %}
    {{ return('monotonically_increasing_id() + 1') }}
{% endmacro %}

{#- The tables of a schema, by their small letters. -#}
{% macro duckdb__landed_tables(catalog, schema) %}
    {%- set tables = {} -%}
    {%- set found = run_query(
        "select table_name from information_schema.tables where table_catalog = '" ~ catalog
        ~ "' and lower(table_schema) = lower('" ~ schema ~ "')"
    ) -%}
    {%- for name in found.columns[0].values() -%}{%- do tables.update({name | string | lower: name | string}) -%}{%- endfor -%}
    {{ return(tables) }}
{% endmacro %}

{% macro spark__landed_tables(catalog, schema) %}
    {%- set tables = {} -%}
    {%- set place = (adapter.quote(catalog) ~ '.' if catalog else '') ~ adapter.quote(schema) -%}
    {%- for row in run_query('show tables in ' ~ place).rows -%}
        {%- do tables.update({row['tableName'] | string | lower: row['tableName'] | string}) -%}
    {%- endfor -%}
    {{ return(tables) }}
{% endmacro %}
