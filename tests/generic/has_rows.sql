{#- A table that must not be empty: tests on nothing pass on nothing. -#}
{% test has_rows(model) %}

select 1 as is_empty
from (select count(*) as row_count from {{ model }}) as counted
where row_count = 0

{% endtest %}
