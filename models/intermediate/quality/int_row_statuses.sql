-- What became of every row that the loader passed on.

with final as (

    {%- for table_name, model in resolved_models().items() %}

    select
        _source as source,
        '{{ table_name }}' as table_name,
        row_status,
        cast(count(*) as bigint) as row_count
    from {{ ref(model) }}
    group by _source, row_status
    {%- if not loop.last %}

    union all
    {%- endif -%}
    {%- endfor %}

)

select * from final
