{#- Rows of a table of HubSpot, each once for every number of a list with semicolons, which is then in `listed_id`. A
    record has at most 250 merges, and seldom many associations. -#}
{% macro hubspot_listed(relation, column) -%}
    (
        select
            listing.*,
            {{ clean_text('split_part(listing.' ~ column ~ ", ';', steps.n + 1)") }} as listed_id
        from {{ relation }} as listing
        inner join ({{ numbers(250) }}) as steps
            on steps.n <= length(listing.{{ column }}) - length(replace(listing.{{ column }}, ';', ''))
        where {{ clean_text('split_part(listing.' ~ column ~ ", ';', steps.n + 1)") }} is not null
    )
{%- endmacro %}
