{#- What staging makes of a raw table, whichever tool it came from: the same columns in the same types, and the first
    rule that a row breaks. A model of staging says which column of the tool stands for which of ours; this says
    the rest. -#}

{#- How the columns of each canonical table are read (those not named are words) and what refuses a row, in this
    order. A row without one of `required` is none. -#}
{% macro staged_rules() %}
    {{ return({
        'leads': {
            'times': ['created_at', 'updated_at'], 'whole_numbers': ['employee_count'], 'yes_or_no': ['is_opted_out', 'is_deleted'],
            'required': ['lead_id', 'created_at'], 'plausible': ['created_at', 'updated_at'],
            'more': [['negative', 'employee_count', 'raw_employee_count', 'employee_count < 0']],
        },
        'activities': {
            'times': ['occurred_at'],
            'required': ['activity_id', 'lead_id', 'activity_type', 'occurred_at'], 'plausible': ['occurred_at'],
        },
        'deals': {
            'times': ['created_at', 'closed_at', 'updated_at'], 'amounts': ['amount'], 'numbers': ['gross_margin_rate'],
            'yes_or_no': ['is_closed', 'is_won'], 'codes': ['currency'],
            'required': ['deal_id', 'created_at'], 'plausible': ['created_at', 'updated_at'], 'planned': ['closed_at'],
            'more': [
                ['negative', 'amount', 'raw_amount', 'amount < 0'],
                ['not_a_rate', 'gross_margin_rate', 'raw_gross_margin_rate', 'gross_margin_rate > 1'],
            ],
        },
        'deal_contacts': {'times': ['added_at'], 'required': ['deal_id', 'lead_id'], 'planned': ['added_at']},
        'stage_changes': {
            'times': ['changed_at'],
            'required': ['entity', 'entity_id', 'to_status', 'changed_at'], 'plausible': ['changed_at'],
            'more': [['unknown_entity', 'entity', 'entity', "entity not in ('lead', 'deal')"]],
        },
        'marketing_costs': {
            'days': ['starts_on', 'ends_on'], 'amounts': ['amount'], 'codes': ['currency'],
            'required': ['cost_id', 'channel', 'starts_on', 'amount'], 'planned_days': ['starts_on', 'ends_on'],
            'more': [
                ['negative', 'amount', 'raw_amount', 'amount < 0'],
                ['ends_before_start', 'ends_on', 'raw_ends_on', 'ends_on < starts_on'],
                ['period_too_long', 'ends_on', 'raw_ends_on', 'ends_on >= ' ~ add_months('starts_on', 120)],
            ],
        },
    }) }}
{% endmacro %}

{#- Readers of a text, and the rule that a text breaks which they cannot read. -#}
{% macro staged_readers(is_utc=false) %}
    {{ return({
        'times': [parse_utc_timestamp if is_utc else parse_timestamp, 'not_a_time'],
        'days': [parse_date, 'not_a_date'],
        'whole_numbers': [parse_bigint, 'not_a_number'],
        'amounts': [parse_decimal, 'not_a_number'],
        'numbers': [parse_double, 'not_a_number'],
        'yes_or_no': [parse_boolean, 'not_yes_or_no'],
    }) }}
{% endmacro %}

{#- CTEs `source`, `renamed`, `typed` and `final` over one table of a tool.
    table     the canonical table that its rows become
    relation  the source
    columns   {our column: SQL over the tool's columns}; a column that is not named is NULL
    where     which rows of the source are meant; the others are no rows of this kind
    linked    required columns that intermediate finds in another table of the tool
    counts    the raw table whose row a row of the source is; none where another model of the room
              counts it: one line of a file may say several things, and is one line
    is_utc    is a time without a zone UTC, as connectors write it? Else it is the company's own -#}
{% macro staged(table, relation, columns, where='', linked=[], counts=table, is_utc=false) -%}
{%- set rules = staged_rules()[table] -%}
with source as (

    select * from {{ relation }}

),

renamed as (

    select
        {%- for column in raw_columns()[table] %}
        {{ columns.get(column, 'cast(null as ' ~ dbt.type_string() ~ ')') }} as {{ column }},
        {%- endfor %}
        _source,
        _file,
        _line,
        _loaded_at
    from source
    {%- if where %}
    where {{ where }}
    {%- endif %}

),

typed as (

    select
        {%- for column in raw_columns()[table] %}
        {{ staged_column(rules, column, is_utc) }},
        {%- endfor %}
        {{ "'" ~ counts ~ "'" if counts else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as _table,
        _source,
        _file,
        _line,
        _loaded_at
    from renamed

),

final as (

    select
        *,
        {{ broken_columns(staged_checks(rules, linked)) }}
    from typed

)
{%- endmacro %}

{#- One column: a word trimmed, or its text (raw_*) and its value. -#}
{% macro staged_column(rules, column, is_utc) -%}
    {%- for kind, (reader, rule) in staged_readers(is_utc).items() if column in rules.get(kind, []) -%}
        {{ typed_columns(reader, [column]) }}
    {%- else -%}
        {%- if column in rules.get('codes', []) -%}
            upper({{ clean_text(column) }}) as {{ column }}
        {%- else -%}
            {{ clean_text(column) }} as {{ column }}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{% macro staged_checks(rules, linked) %}
    {%- set checks = [] -%}
    {%- set read = [] -%}
    {%- for kind in staged_readers() -%}
        {%- do read.extend(rules.get(kind, [])) -%}
    {%- endfor -%}
    {%- for column in rules.required if column not in linked -%}
        {%- set text = 'raw_' ~ column if column in read else column -%}
        {%- do checks.append(['required', column, text, text ~ ' is null']) -%}
    {%- endfor -%}
    {%- for kind, (reader, rule) in staged_readers().items() -%}
        {%- do checks.extend(unreadable_checks(rule, rules.get(kind, []))) -%}
    {%- endfor -%}
    {%- do checks.extend(implausible_time_checks(rules.get('plausible', []))) -%}
    {%- do checks.extend(sentinel_checks(rules.get('planned', []))) -%}
    {%- do checks.extend(sentinel_checks(rules.get('planned_days', []), 'date')) -%}
    {{ return(checks + rules.get('more', [])) }}
{% endmacro %}

{#- The canonical tables have our names already. -#}
{% macro same_columns(table) %}
    {%- set columns = {} -%}
    {%- for column in raw_columns()[table] -%}{%- do columns.update({column: column}) -%}{%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{#- The columns of a staged table in their order, as a model of intermediate hands them on; `replaced` says what it knows
    better from another table. -#}
{% macro staged_columns(table, alias, replaced={}) -%}
    {%- set rules = staged_rules()[table] -%}
    {%- set read = [] -%}
    {%- for kind in staged_readers() -%}{%- do read.extend(rules.get(kind, [])) -%}{%- endfor -%}
    {%- set columns = [] -%}
    {%- for column in raw_columns()[table] -%}
        {%- if column in read -%}{%- do columns.append(alias ~ '.raw_' ~ column) -%}{%- endif -%}
        {%- do columns.append(replaced[column] ~ ' as ' ~ column if column in replaced else alias ~ '.' ~ column) -%}
    {%- endfor -%}
    {%- for column in ['_table', '_source', '_file', '_line', '_loaded_at', 'broken_rule', 'broken_column', 'broken_value'] -%}
        {%- do columns.append(alias ~ '.' ~ column) -%}
    {%- endfor -%}
    {{ columns | join(',\n        ') }}
{%- endmacro %}

{#- An id of a tool: numbers of two tools are two ids. -#}
{% macro id_of(tool, column) -%}
    {{ return("'" ~ tool ~ ":' || " ~ clean_text(column)) }}
{%- endmacro %}

{#- Words with a blank between them; without any of them nothing. -#}
{% macro joined_text(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}{%- do parts.append("coalesce(" ~ clean_text(column) ~ ", '')") -%}{%- endfor -%}
    {{ return(clean_text(parts | join(" || ' ' || "))) }}
{%- endmacro %}

{#- The domain of an address on the web: https://www.example.jp/about is example.jp. -#}
{% macro domain_of(column) -%}
    {{ return("regexp_replace(split_part(regexp_replace(lower(" ~ clean_text(column) ~ "), '^https?://', ''), '/', 1), '^www[.]', '')") }}
{%- endmacro %}
