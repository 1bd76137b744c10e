-- How far the rows of each source and table reach, and how far that is behind as_of. What is planned for later says nothing
-- about it, nor does a row that was refused.

with leads as (

    select * from {{ ref('int_lead_records') }}

),

activities as (

    select * from {{ ref('int_activities_resolved') }}

),

deals as (

    select * from {{ ref('int_deals_resolved') }}

),

changes as (

    select * from {{ ref('int_stage_changes_resolved') }}

),

instants as (

    select
        _source as source,
        _table as table_name,
        max(changed_at) as newest_at
    from leads
    where broken_rule is null and changed_at <= {{ as_of() }}
    group by _source, _table

    union all

    select
        _source as source,
        _table as table_name,
        max(occurred_at) as newest_at
    from activities
    where row_status <> 'quarantined' and occurred_at <= {{ as_of() }}
    group by _source, _table

    union all

    select
        _source as source,
        _table as table_name,
        max(coalesce(updated_at, created_at)) as newest_at
    from deals
    where row_status <> 'quarantined' and coalesce(updated_at, created_at) <= {{ as_of() }}
    group by _source, _table

    union all

    select
        _source as source,
        _table as table_name,
        max(changed_at) as newest_at
    from changes
    where row_status <> 'quarantined' and changed_at <= {{ as_of() }}
    group by _source, _table

),

newest as (

    select
        source,
        table_name,
        max(newest_at) as newest_at
    from instants
    where table_name is not null
    group by source, table_name

),

final as (

    select
        '{{ var("run_id") }}' as run_id,
        source,
        table_name as {{ adapter.quote('table') }},
        newest_at,
        cast({{ days_between('newest_at', as_of()) }} * 24 as double) as behind_hours
    from newest

)

select * from final
