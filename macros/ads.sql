{#- What the texts of ad platforms need before they are read. -#}

{#- The first letters of a text: of 2026-10-31 00:00:00 the day, whichever zone its midnight is in. -#}
{% macro first_letters(column, count) -%}
    {{ return('substring(' ~ clean_text(column) ~ ', 1, ' ~ count ~ ')') }}
{%- endmacro %}

{#- 507515057 of urn:li:sponsoredAccount:507515057. -#}
{% macro number_of_urn(column) -%}
    {{ return('regexp_replace(' ~ clean_text(column) ~ ", '^urn:li:[A-Za-z]+:', '')") }}
{%- endmacro %}

{#- A number as it is read: platforms write 0.30000000000000004, 144. and .5 as well. -#}
{% macro cut_decimals(column) -%}
    {%- set text = "regexp_replace(regexp_replace(" ~ clean_text(column) ~ ", '[.]$', ''), '^[.]', '0.')" -%}
    {{ return('substring(' ~ text ~ ', 1, case when instr(' ~ text ~ ", '.') > 0 then instr(" ~ text ~ ", '.') + 9 else length(" ~ text ~ ') end)') }}
{%- endmacro %}

{#- The newest version of each thing of a history table, as a CTE's body. -#}
{% macro newest_version(relation, key, columns) -%}
    select {{ ([key] + columns) | join(', ') }}
    from {{ relation }}
    where {{ key }} is not null
    qualify row_number() over (partition by {{ key }} order by changed_at desc nulls last, _loaded_at desc, _file desc, _line desc) = 1
{%- endmacro %}
