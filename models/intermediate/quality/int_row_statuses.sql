-- What became of every row that the loader passed on. A row that says several things is counted where it says its
-- first (_table); rows of tables in which others look things up are loaded, and rows that their tool deleted are suppressed.

with counted as (

    {%- for table_name, model in resolved_models().items() %}

    select
        _source as source,
        _table as table_name,
        row_status,
        count(*) as row_count
    from {{ ref(model) }}
    where _table is not null
    group by _source, _table, row_status
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}
    {%- for tool in tools_on() %}
    {%- for model, table in lookup_tables().get(tool, {}).items() %}

    union all

    select
        _source as source,
        '{{ tool }}__{{ table }}' as table_name,
        '{{ "suppressed" if model.startswith("deleted_") else "loaded" }}' as row_status,
        count(*) as row_count
    from {{ ref('stg_' ~ tool ~ '__' ~ model) }}
    group by _source
    {%- endfor %}
    {%- for model in accounted_rows().get(tool, []) %}

    union all

    select
        _source as source,
        _table as table_name,
        row_status,
        count(*) as row_count
    from {{ ref(model) }}
    group by _source, _table, row_status
    {%- endfor %}
    {%- endfor %}

),

final as (

    select
        source,
        table_name,
        row_status,
        cast(sum(row_count) as bigint) as row_count
    from counted
    group by source, table_name, row_status

)

select * from final
