{#- JSON, where the two engines differ. -#}

{#- The value under a name of a JSON object, as text; NULL where the text is none, or has no such name. -#}
{% macro json_text(text, name) -%}
    {{ return(adapter.dispatch('json_text', 'leadloop')(text, name)) }}
{%- endmacro %}

{% macro duckdb__json_text(text, name) -%}
    case when json_valid({{ text }}) then nullif(json_extract_string({{ text }}, '$."{{ name }}"'), '') end
{%- endmacro %}

{% macro spark__json_text(text, name) -%}
    nullif(get_json_object({{ text }}, "$['{{ name }}']"), '')
{%- endmacro %}
