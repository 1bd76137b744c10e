{#- What staging does to every value: trim, widths, types; and how it says that a row is broken. -#}

{#- Trimmed text; empty becomes NULL. -#}
{% macro clean_text(column) -%}
    nullif({{ trimmed(column) }}, '')
{%- endmacro %}

{#- Full-width letters, digits and signs to their plain form. A text that is plain already is left in peace:
    to translate letter by letter is slow. -#}
{% macro narrow(column) -%}
    case
        when {{ is_ascii(column) }} then {{ column }}
        else translate({{ column }}, '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ．，－＋＠＿　', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,-+@_ ')
    end
{%- endmacro %}

{#- The plain form of a number as Japanese offices write it: 1,000  ¥1,000  １０００  1000円  300名  △1,000; NULL when it
    is none. Commas stand before three digits: 1,5 and 1.000,00 are numbers of other countries and would change their
    value. A yen sign is a backslash (92) in the CP932 files of some tools. -#}
{% macro number_text(column) -%}
    {%- set plain = "translate(replace(" ~ trimmed(narrow(column)) ~ ", chr(92), '¥'), '￥△▲−', '¥---')" -%}
    {{ let('plain', plain, 'case when '
        ~ matches('plain', '^[-+]?(¥ ?)?[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]+)?( ?[円人名])?$')
        ~ " then translate(plain, '-¥円人名, ', '-') end") }}
{%- endmacro %}

{#- What a number has to look like is asked of the text as it is first: most are plain, and to make one plain is slow. -#}
{% macro parsed_number(column, shape, type) -%}
    case
        when {{ matches(column, shape) }} then try_cast({{ column }} as {{ type }})
        when {{ matches(number_text(column), shape) }} then try_cast({{ number_text(column) }} as {{ type }})
    end
{%- endmacro %}

{% macro parse_decimal(column) -%}
    {{ parsed_number(column, '^[+-]?[0-9]{1,15}([.][0-9]{1,9})?$', 'decimal(18, 2)') }}
{%- endmacro %}

{% macro parse_double(column) -%}
    {{ parsed_number(column, '^[+-]?[0-9]{1,15}([.][0-9]{1,15})?$', 'double') }}
{%- endmacro %}

{% macro parse_bigint(column) -%}
    cast({{ parsed_number(column, '^[+-]?[0-9]{1,15}([.]0+)?$', 'double') }} as bigint)
{%- endmacro %}

{% macro parse_boolean(column) -%}
    case
        when lower({{ trimmed(column) }}) in ('true', 't', '1', 'yes', 'y') then true
        when lower({{ trimmed(column) }}) in ('false', 'f', '0', 'no', 'n') then false
    end
{%- endmacro %}

{#- A typed column beside the text it came from: `raw_created_at` and `created_at`. -#}
{% macro typed_columns(parser, columns) -%}
    {%- for column in columns %}
        {{ clean_text(column) }} as raw_{{ column }},
        {{ parser(clean_text(column)) }} as {{ column }}{% if not loop.last %},{% endif %}
    {%- endfor %}
{%- endmacro %}

{#- The first check that a row fails, as three columns. `checks` is a list of
    [rule, raw column, the text to show, condition under which the row is broken]. -#}
{% macro broken_columns(checks) -%}
    case
        {%- for rule, column, text, condition in checks %}
        when {{ condition }} then '{{ rule }}'
        {%- endfor %}
    end as broken_rule,
    case
        {%- for rule, column, text, condition in checks %}
        when {{ condition }} then '{{ column }}'
        {%- endfor %}
    end as broken_column,
    case
        {%- for rule, column, text, condition in checks %}
        when {{ condition }} then {{ text }}
        {%- endfor %}
    end as broken_value
{%- endmacro %}

{#- Columns no row can do without. A typed column is asked by its text: unreadable is another rule. -#}
{% macro required_checks(text_columns, typed_columns=[]) -%}
    {%- set checks = [] -%}
    {%- for column in text_columns -%}
        {%- do checks.append(['required', column, column, column ~ ' is null']) -%}
    {%- endfor -%}
    {%- for column in typed_columns -%}
        {%- do checks.append(['required', column, 'raw_' ~ column, 'raw_' ~ column ~ ' is null']) -%}
    {%- endfor -%}
    {{ return(checks) }}
{%- endmacro %}

{% macro unreadable_checks(rule, columns) -%}
    {%- set checks = [] -%}
    {%- for column in columns -%}
        {%- do checks.append([rule, column, 'raw_' ~ column, 'raw_' ~ column ~ ' is not null and ' ~ column ~ ' is null']) -%}
    {%- endfor -%}
    {{ return(checks) }}
{%- endmacro %}

{#- Dates that tools write when they mean "none" (1900, 1970, 9999). A planned day may lie ahead. -#}
{% macro sentinel_checks(columns, type='timestamp') -%}
    {%- set checks = [] -%}
    {%- for column in columns -%}
        {%- do checks.append(['sentinel_date', column, 'raw_' ~ column,
            column ~ " < cast('1990-01-01' as " ~ type ~ ") or " ~ column ~ " >= cast('2200-01-01' as " ~ type ~ ")"]) -%}
    {%- endfor -%}
    {{ return(checks) }}
{%- endmacro %}

{#- Instants of what has happened: no sentinels, and none that had not come yet when the row was loaded. -#}
{% macro implausible_time_checks(columns) -%}
    {%- set checks = [] -%}
    {%- for column in columns -%}
        {%- do checks.extend(sentinel_checks([column])) -%}
        {%- do checks.append(['future_time', column, 'raw_' ~ column,
            column ~ ' > ' ~ add_minutes('_loaded_at', var('future_tolerance_minutes'))]) -%}
    {%- endfor -%}
    {{ return(checks) }}
{%- endmacro %}

{#- The instants that a source may write in local time: raw table, the rows of all tools, column. -#}
{% macro local_times() %}
    {{ return([
        ('leads', 'int_lead_rows', 'created_at'),
        ('activities', 'int_activity_rows', 'occurred_at'),
        ('deals', 'int_deal_rows', 'created_at'),
        ('deals', 'int_deal_rows', 'closed_at'),
        ('stage_changes', 'int_stage_change_rows', 'changed_at'),
    ]) }}
{% endmacro %}

{#- Enough of a refused value to find it in the file, not enough to know the person. -#}
{% macro masked(value) -%}
    (substring({{ value }}, 1, 1) || '***(' || cast(length({{ value }}) as {{ dbt.type_string() }}) || ')')
{%- endmacro %}
