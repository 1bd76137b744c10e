{#- How names and domains of companies are written before they are compared. -#}

{#- A company's name in plain width and lower case; commas and full stops are spaces, and spaces are single. -#}
{% macro plain_company(name) -%}
    {%- set text = "translate(" ~ narrow(name) ~ ", '（），、．。,.', '()      ')" -%}
    {%- set text = "replace(replace(lower(" ~ text ~ "), '㈱', '(株)'), '㈲', '(有)')" -%}
    {{ trimmed("replace(replace(replace(" ~ text ~ ", '  ', ' '), '  ', ' '), '  ', ' ')") }}
{%- endmacro %}

{#- A domain as an address names it: https://www.Example.co.jp/about is example.co.jp. NULL where it is none. -#}
{% macro plain_domain(text) -%}
    {%- set host = "split_part(replace(replace(lower(" ~ trimmed(narrow(text)) ~ "), 'https://', ''), 'http://', ''), '/', 1)" -%}
    {%- set bare = "case when " ~ starts_with_text(host, "'www.'") ~ " then substring(" ~ host ~ ", 5) else " ~ host ~ " end" -%}
    case when {{ matches(bare, '^[^@:/ ]+[.][^@:/ ]+$') }} then {{ bare }} end
{%- endmacro %}
