{#- What sentences are put together with. Their texts are rows of seeds/vocabulary/sentence_parts.csv; values of leads are
    text and nothing in them is looked for. -#}

{% macro languages() -%}
    {{ return(['ja', 'en']) }}
{%- endmacro %}

{#- The columns that hold the named parts, one row in all: score_for_ja, score_for_en. -#}
{% macro part_columns(names) -%}
    {%- for name in names %}
        {%- set last_name = loop.last %}
        {%- for language in languages() %}
        coalesce(max(case when part = '{{ name }}' then text_{{ language }} end), '') as {{ name }}_{{ language }}
        {%- if not (last_name and loop.last) %},{% endif %}
        {%- endfor %}
    {%- endfor %}
{%- endmacro %}

{#- `text` with its placeholders filled, one after the other. Numbers come first and text from data last, because what is
    filled in would be searched for the placeholders that follow. -#}
{% macro filled(text, values) -%}
    {%- set result = namespace(sql=text) -%}
    {%- for name, value in values.items() -%}
        {%- set result.sql = 'replace(' ~ result.sql ~ ", '{" ~ name ~ "}', coalesce(" ~ value ~ ", ''))" -%}
    {%- endfor -%}
    {{ result.sql }}
{%- endmacro %}

{#- A number as people write it: 15, 12.5. -#}
{% macro points_as_text(number) -%}
    case
        when round({{ number }}, 1) = round({{ number }}) then cast(cast(round({{ number }}) as bigint) as {{ dbt.type_string() }})
        else cast(cast(round({{ number }}, 1) as decimal(18, 1)) as {{ dbt.type_string() }})
    end
{%- endmacro %}

{#- The columns of a list: its first three items by item_no, and how many there are. -#}
{% macro item_columns() -%}
    {%- for language in languages() %}
        max(case when item_no = 1 then item_{{ language }} end) as first_{{ language }},
        max(case when item_no = 2 then item_{{ language }} end) as second_{{ language }},
        max(case when item_no = 3 then item_{{ language }} end) as third_{{ language }},
    {%- endfor %}
        max(item_no) as item_count
{%- endmacro %}

{#- The list in words, without a comma where an item is missing. -#}
{% macro listed(language, says_more=true) -%}
    first_{{ language }}
        || case when second_{{ language }} is null then '' else {{ filled('item_next_' ~ language, {'item': 'second_' ~ language}) }} end
        || case when third_{{ language }} is null then '' else {{ filled('item_next_' ~ language, {'item': 'third_' ~ language}) }} end
    {%- if says_more %}
        || case
            when item_count > 3
                then {{ filled('items_more_' ~ language, {'count': 'cast(item_count - 3 as ' ~ dbt.type_string() ~ ')'}) }}
            else ''
        end
    {%- endif %}
{%- endmacro %}

{#- What was lost, to caps and to time: either of cap_text and decay_text may be NULL. -#}
{% macro lost_items(language) -%}
    {%- set to_cap = filled('parts.lost_to_cap_' ~ language, {'points': 'told.cap_text'}) -%}
    {%- set to_decay = filled('parts.lost_to_decay_' ~ language, {'points': 'told.decay_text'}) -%}
    case
        when told.decay_text is null then {{ to_cap }}
        when told.cap_text is null then {{ to_decay }}
        else {{ to_cap }} || {{ filled('parts.item_next_' ~ language, {'item': to_decay}) }}
    end
{%- endmacro %}
