{#- Text, where the two engines differ. -#}

{% macro matches(text, pattern) -%}
    {{ return(adapter.dispatch('matches', 'leadloop')(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__matches(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro spark__matches(text, pattern) -%}
    ({{ text }} rlike '{{ pattern }}')
{%- endmacro %}

{#- Is `item` one of the values in `list`, which are separated by a vertical bar? -#}
{% macro in_list(item, list) -%}
    (instr('|' || {{ list }} || '|', '|' || {{ item }} || '|') > 0)
{%- endmacro %}

{% macro contains_text(text, part) -%}
    (instr({{ text }}, {{ part }}) > 0)
{%- endmacro %}

{% macro starts_with_text(text, part) -%}
    (substring({{ text }}, 1, length({{ part }})) = {{ part }})
{%- endmacro %}

{#- The n-th value of a list separated by vertical bars. -#}
{% macro list_item(list, n) -%}
    split_part({{ list }}, '|', {{ n }})
{%- endmacro %}
