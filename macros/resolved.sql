{#- What becomes of a row after staging. Every `int_*_resolved` model says it in the same columns: row_status
    (loaded, quarantined, duplicate, merged, suppressed), and for a refused row the rule, column and value. -#}

{#- CTE `numbered` over a staging model: copy_no is 1 for the row that is kept. The newest by its own word, then the one
    loaded last, then the one further down in the file; the order of reading plays no part. Rows are wide and few keys
    repeat: repeated keys are looked for by a 64-bit hash (a chance collision only ranks two rows more), and what is
    ranked is no more than where a row stands. One line read twice by two mappings is two rows that stand in one place
    (twins); only their keys are ranked with all their columns. Broken rows are not asked about before they are ranked:
    to read every time once more would cost as much as all the rest. The model is named four times and not once in a
    CTE: DuckDB keeps a CTE that is used twice in memory with all its columns. -#}
{% macro copies_numbered(model, key, newest_first) -%}
{%- set columns = [] -%}
{%- for column in key -%}{%- do columns.append('staged.' ~ column) -%}{%- endfor -%}
{%- set ranking -%}
        row_number() over (
            partition by {{ columns | join(', ') }}, staged.broken_rule is null
            order by {{ newest_first }} desc nulls last,
                staged._loaded_at desc, staged._file desc, staged._line desc
        ) as copy_no
{%- endset -%}
repeated_keys as (

    select {{ hash_of(columns) }} as key_hash
    from {{ model }} as staged
    group by {{ hash_of(columns) }}
    having count(*) > 1

),

ranked as (

    select
        repeated_keys.key_hash,
        staged._file,
        staged._line,
        staged._loaded_at,
{{ ranking }}
    from {{ model }} as staged
    inner join repeated_keys on {{ hash_of(columns) }} = repeated_keys.key_hash

),

copies as (

    select key_hash, _file, _line, _loaded_at, min(copy_no) as copy_no, count(*) as twin_count
    from ranked
    group by key_hash, _file, _line, _loaded_at

),

twins as (

    select distinct key_hash
    from copies
    where twin_count > 1

),

numbered as (

    select
        staged.*,
        coalesce(copies.copy_no, 1) as copy_no
    from {{ model }} as staged
    left join copies
        on {{ hash_of(columns) }} = copies.key_hash
        and staged._file is not distinct from copies._file
        and staged._line is not distinct from copies._line
        and staged._loaded_at is not distinct from copies._loaded_at
    where copies.key_hash is null or copies.key_hash not in (select key_hash from twins)

    union all

    select
        staged.*,
{{ ranking }}
    from {{ model }} as staged
    inner join twins on {{ hash_of(columns) }} = twins.key_hash

)
{%- endmacro %}

{#- The refused rows of a resolved model in the one shape that `quarantine` has. -#}
{% macro refused_rows(relation, table_name) -%}
    select
        _source as source,
        coalesce(_table, '{{ table_name }}') as table_name,
        _file as file,
        cast(_line as bigint) as line,
        broken_column as column_name,
        broken_rule as rule,
        {{ masked('broken_value') }} as value
    from {{ relation }}
    where row_status = 'quarantined'
{%- endmacro %}

{#- The resolved model of each raw table: a new table is a new line. -#}
{% macro resolved_models() %}
    {{ return({
        'leads': 'int_lead_ids',
        'activities': 'int_activities_resolved',
        'deals': 'int_deals_resolved',
        'deal_contacts': 'int_deal_people_resolved',
        'stage_changes': 'int_stage_changes_resolved',
        'marketing_costs': 'int_costs_resolved',
    }) }}
{% endmacro %}
