{#- None of the columns is NULL: one test for all of them, because every test costs a query and its overhead. -#}
{% test filled(model, columns) %}

select *
from {{ model }}
where
    {%- for column in columns %}
    {{ column }} is null{% if not loop.last %} or{% endif %}
    {%- endfor %}

{% endtest %}
