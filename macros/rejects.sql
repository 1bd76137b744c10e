{#- Rows of a resolved table that belong to nothing we know, in the one shape that `quarantine` has. Column,
    rule and value are SQL expressions. -#}
{% macro unresolved_rows(relation, table_name, column_name, rule, value) -%}
    select
        _source as source,
        '{{ table_name }}' as table_name,
        _file as file,
        cast(_line as bigint) as line,
        {{ column_name }} as column_name,
        {{ rule }} as rule,
        {{ masked(value) }} as value
    from {{ relation }}
    where row_status = 'quarantined'
{%- endmacro %}
