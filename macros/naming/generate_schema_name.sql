{#- The folder's schema as it stands, without the profile's prefix: `marts` is part of the
    interface. On Spark, where a schema is a database for everybody, the prefix stays. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ return(adapter.dispatch('schema_for', 'leadloop')(custom_schema_name)) }}
{%- endmacro %}

{% macro default__schema_for(custom_schema_name) -%}
    {{ return((custom_schema_name or target.schema) | trim) }}
{%- endmacro %}

{% macro spark__schema_for(custom_schema_name) -%}
    {{ return(target.schema ~ '_' ~ (custom_schema_name | trim) if custom_schema_name else target.schema) }}
{%- endmacro %}
