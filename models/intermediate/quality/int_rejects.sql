-- Everything refused before the marts: by the loader, or because a value could not be read, or because the row
-- belongs to nothing we know.

with load_rejects as (

    select * from {{ source('raw', 'load_rejects') }}

),

refused as (

    {%- for table_name, model in resolved_models().items() %}

    {{ refused_rows(ref(model), table_name) }}
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

),

final as (

    select source, table_name, file, line, column_name, rule, value
    from load_rejects

    union all

    select source, table_name, file, line, column_name, rule, value
    from refused

)

select * from final
