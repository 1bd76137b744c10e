{#- Every operator that a row names is one of macros/rules/operators.sql. -#}
{% test known_operator(model, column_name) %}

select *
from {{ model }}
where {{ column_name }} is not null
    and {{ column_name }} not in (
        {%- for name in operators() %}
        '{{ name }}'{% if not loop.last %},{% endif %}
        {%- endfor %}
    )

{% endtest %}
