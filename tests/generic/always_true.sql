{#- A sentence that holds for every row; a returned row is one for which it does not (or is unknown). -#}
{% test always_true(model, condition) %}

select *
from {{ model }}
where not coalesce({{ condition }}, false)

{% endtest %}
