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

{#- `expression` with `value` under a name: for what would otherwise be written out many times. -#}
{% macro let(name, value, expression) -%}
    {{ return(adapter.dispatch('let', 'leadloop')(name, value, expression)) }}
{%- endmacro %}

{% macro duckdb__let(name, value, expression) -%}
    list_transform([{{ value }}], lambda {{ name }}: {{ expression }})[1]
{%- endmacro %}

{% macro spark__let(name, value, expression) -%}
    element_at(transform(array({{ value }}), {{ name }} -> {{ expression }}), 1)
{%- endmacro %}

{#- Every match of a pattern, rewritten: what stood in its group (0: nothing of it) between `before` and `after`.
    [[b]] is the edge of a word. -#}
{% macro rewritten(text, pattern, group, before, after) -%}
    {{ return(adapter.dispatch('rewritten', 'leadloop')(text, pattern, group, before, after)) }}
{%- endmacro %}

{% macro duckdb__rewritten(text, pattern, group, before, after) -%}
    {%- set kept = '\\' ~ group if group else '' -%}
    regexp_replace({{ text }}, '{{ pattern | replace("[[b]]", "\\b") }}', '{{ before ~ kept ~ after }}', 'g')
{%- endmacro %}

{#- In a text of Spark a backslash is written twice. -#}
{% macro spark__rewritten(text, pattern, group, before, after) -%}
    {%- set kept = '$' ~ group if group else '' -%}
    regexp_replace({{ text }}, '{{ pattern | replace("[[b]]", "\\\\b") }}', '{{ before ~ kept ~ after }}')
{%- endmacro %}

{#- Without the spaces at both ends: Japanese files carry the full-width one, which Spark alone would keep. -#}
{% macro trimmed(text) -%}
    {{ return(adapter.dispatch('trimmed', 'leadloop')(text)) }}
{%- endmacro %}

{% macro duckdb__trimmed(text) -%}
    trim({{ text }})
{%- endmacro %}

{#- Every space of Unicode, which is what DuckDB takes off. -#}
{% macro spark__trimmed(text) -%}
    {%- set spaces = ' \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000' -%}
    trim(both '{{ spaces }}' from {{ text }})
{%- endmacro %}

{#- Has the text no letter outside ASCII (as many bytes as letters)? -#}
{% macro is_ascii(text) -%}
    {{ return(adapter.dispatch('is_ascii', 'leadloop')(text)) }}
{%- endmacro %}

{% macro duckdb__is_ascii(text) -%}
    strlen({{ text }}) = length({{ text }})
{%- endmacro %}

{% macro spark__is_ascii(text) -%}
    octet_length({{ text }}) = char_length({{ text }})
{%- endmacro %}

{#- Is `item` one of the values in `list`, which are separated by a vertical bar? A text with a bar of its own is none. -#}
{% macro in_list(item, list) -%}
    (instr('|' || {{ list }} || '|', '|' || {{ item }} || '|') > 0 and instr({{ item }}, '|') = 0)
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

{#- The same list with its values in order, so that two lists of the same values are the same text. -#}
{% macro sorted_list(list) -%}
    {{ return(adapter.dispatch('sorted_list', 'leadloop')(list)) }}
{%- endmacro %}

{% macro duckdb__sorted_list(list) -%}
    array_to_string(list_sort(string_split({{ list }}, '|')), '|')
{%- endmacro %}

{% macro spark__sorted_list(list) -%}
    array_join(array_sort(split({{ list }}, '[|]')), '|')
{%- endmacro %}

{#- A 64-bit hash of some columns, for finding candidates fast; never published, the engines' hashes differ. -#}
{% macro hash_of(columns) -%}
    {{ return(adapter.dispatch('hash_of', 'leadloop')(columns)) }}
{%- endmacro %}

{% macro duckdb__hash_of(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__hash_of(columns) -%}
    xxhash64({{ columns | join(', ') }})
{%- endmacro %}
