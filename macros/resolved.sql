{#- What becomes of a row after staging. Every `int_*_resolved` model says it in the same columns: row_status
    (loaded, quarantined, duplicate, merged, suppressed), and for a refused row the rule, column and value. -#}

{#- CTEs `repeated_keys` and `numbered` over a staging model: copy_no is 1 for the row that is kept. The
    newest by its own word, then the one loaded last, then the one further down in the file; the order of
    reading plays no part. Only rows whose key occurs more than once are sorted, because few do and the rows
    are wide; repeated keys are looked for by a 64-bit hash, and a chance collision only sorts two rows more.
    Broken rows are not asked about before they are sorted: to read every time once more would cost as much
    as all the rest. The model is named three times and not once in a CTE: DuckDB keeps a CTE that is used
    twice in memory with all its columns. -#}
{% macro copies_numbered(model, key, newest_first) -%}
{%- set columns = [] -%}
{%- for column in key -%}{%- do columns.append('staged.' ~ column) -%}{%- endfor -%}
repeated_keys as (

    select {{ hash_of(columns) }} as key_hash
    from {{ model }} as staged
    group by {{ hash_of(columns) }}
    having count(*) > 1

),

numbered as (

    select
        staged.*,
        cast(1 as bigint) as copy_no
    from {{ model }} as staged
    left join repeated_keys on {{ hash_of(columns) }} = repeated_keys.key_hash
    where repeated_keys.key_hash is null

    union all

    select
        staged.*,
        row_number() over (
            partition by {{ columns | join(', ') }}, staged.broken_rule is null
            order by {{ newest_first }} desc nulls last,
                staged._loaded_at desc, staged._file desc, staged._line desc
        ) as copy_no
    from {{ model }} as staged
    inner join repeated_keys on {{ hash_of(columns) }} = repeated_keys.key_hash

)
{%- endmacro %}

{#- The refused rows of a resolved model in the one shape that `quarantine` has. -#}
{% macro refused_rows(relation, table_name) -%}
    select
        _source as source,
        '{{ table_name }}' as table_name,
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
