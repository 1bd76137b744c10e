{#- CTE `letters`: old and variant forms of characters and what stands for them, as two texts of the same length for
    `translate`; both in the same order, one character of the one for one of the other. -#}
{% macro character_forms() -%}
letters as (

    select
        coalesce({{ texts_in_order('old_form', 'old_form') }}, '') as old_forms,
        coalesce({{ texts_in_order('new_form', 'old_form') }}, '') as new_forms
    from {{ ref('character_forms') }}

)
{%- endmacro %}
