-- What was loaded and is odd: counted, with the first place and what to do, and never changed or left out for it.

with segments as (

    select distinct
        dimension,
        value
    from {{ ref('funnel_kpi_cells') }}

),

warned as (

    select _source, 'leads' as table_name, rule, _file, _line
    from {{ ref('int_lead_warnings') }}

    union all

    select _source, table_name, rule, _file, _line
    from {{ ref('int_event_warnings') }}

    union all

    select _source, table_name, 'copies_at_odds' as rule, _file, _line
    from {{ ref('int_copies_at_odds') }}

    union all

    -- a target for a segment in which nobody is judges nobody: a misspelt value, most often
    select
        'agreement' as _source, 'targets' as table_name, 'target_of_nobody' as rule,
        'targets.csv' as _file, null as _line
    from {{ ref('targets') }} as targets
    left join segments
        on targets.dimension = segments.dimension
        and targets.value = segments.value
    where segments.value is null

),

rules as (

    select * from {{ ref('warning_rules') }}

),

first_files as (

    select
        _source, table_name, rule,
        min(_file) as first_file
    from warned
    group by _source, table_name, rule

),

counted as (

    select
        warned._source, warned.table_name, warned.rule,
        first_files.first_file,
        count(*) as row_count,
        min(case when warned._file = first_files.first_file then warned._line end) as first_line
    from warned
    inner join first_files
        on warned._source = first_files._source
        and warned.table_name = first_files.table_name
        and warned.rule = first_files.rule
    group by warned._source, warned.table_name, warned.rule, first_files.first_file

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        counted._source as source,
        counted.table_name as {{ adapter.quote('table') }},
        counted.rule,
        cast(counted.row_count as bigint) as row_count,
        counted.first_file,
        cast(counted.first_line as bigint) as first_line,
        rules.message_ja,
        rules.message_en
    from counted
    left join rules on counted.rule = rules.rule

)

select * from final
