{#- How addresses are written before they are compared: plain width, lower case, no spaces around. NULL where it is none.
    NFKC of the letters and signs that an address may have; letters outside ASCII stay as they are. -#}
{% macro plain_address(email) -%}
    {%- set wide = '！＃＄％＆＊＋，－．／０１２３４５６７８９：；＝？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～　' -%}
    {%- set plain = '!#$%&*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~ ' -%}
    {%- set text -%}
        lower({{ trimmed("case when " ~ is_ascii(email) ~ " then " ~ email ~ " else translate(" ~ email ~ ", '" ~ wide ~ "', '" ~ plain ~ "') end") }})
    {%- endset -%}
    case when {{ matches(text, '^[^@ ]+@[^@ ]+[.][^@ ]+$') }} then {{ text }} end
{%- endmacro %}

{#- The part before the @, without what stands behind a plus. -#}
{% macro bare_local_part(address) -%}
    split_part(split_part({{ address }}, '@', 1), '+', 1)
{%- endmacro %}

{#- The address without its plus-tag; one that is nothing but a tag keeps it. -#}
{% macro without_plus_tag(address) -%}
    case when {{ bare_local_part(address) }} = '' then {{ address }}
        else {{ bare_local_part(address) }} || '@' || split_part({{ address }}, '@', 2) end
{%- endmacro %}

{#- Enough of an address to see why two leads are one, not enough to write to the person. -#}
{% macro masked_address(address) -%}
    (substring({{ address }}, 1, 1) || '***@' || split_part({{ address }}, '@', 2))
{%- endmacro %}
